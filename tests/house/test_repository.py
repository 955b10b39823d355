"""What lies in the repository: no machine's paths, no hosts to load from, nothing built, no dead links."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
LONGEST_LINE = 2_000
LARGEST_FILE = 600_000
"""The sentences of all places in Russian lie in one file."""
# Written in two halves so that the rules do not find themselves.
MACHINE_PATH = re.compile(r"(?<![\w.:}/-])/(?:home|Us" + r"ers|root|work)/\w|[A-Z]:\\Us" + r"ers\\")
HOSTS = ("pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "npmjs" + ".com", "unpkg" + ".com")
HOSTS += ("jsdelivr" + ".net", "cdnjs" + ".cloudflare", "googleapis" + ".com")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
LOCKS = ("requirements.lock", "requirements-server.lock", "webapp/frontend/package-lock.json")


def _offenders(texts: dict[str, str], pattern: re.Pattern[str]) -> list[str]:
    return [path for path, text in texts.items() if pattern.search(text)]


def _built(texts: dict[str, str]) -> list[str]:
    return [
        path
        for path, text in texts.items()
        if re.search(r"\.min\.(js|css)$|\.map$", path)
        or max(map(len, text.splitlines()), default=0) > LONGEST_LINE
    ]


def _dead_links(texts: dict[str, str]) -> list[str]:
    return [
        f"{path} → {target}"
        for path, text in texts.items()
        if path.endswith(".md")
        for target in LINK.findall(text)
        if "://" not in target and not (HOUSE / path).parent.joinpath(target).exists()
    ]


def _cited_decisions(texts: dict[str, str]) -> set[str]:
    return {number for text in texts.values() for number in re.findall(r"decisions/(\d{4})", text)}


def test_no_path_of_somebodys_machine(kept_texts):
    assert _offenders(kept_texts, MACHINE_PATH) == []


def test_nothing_is_loaded_from_another_host(kept_texts):
    assert _offenders(kept_texts, re.compile("|".join(map(re.escape, HOSTS)))) == []


def test_the_locks_name_no_host(kept_texts):
    assert [path for path in LOCKS if re.search(r"://|\"resolved\"", kept_texts[path])] == []


def test_nothing_built_is_kept(kept_texts):
    assert _built(kept_texts) == []


def test_no_file_is_too_large_to_be_read(kept_files):
    assert [str(file) for file in kept_files if file.stat().st_size > LARGEST_FILE] == []


def test_every_link_between_our_pages_leads_somewhere(kept_texts):
    assert _dead_links(kept_texts) == []


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(file.name[:4] for file in (HOUSE / "docs" / "decisions").glob("*.md"))
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_every_decision_that_code_cites_exists(kept_texts):
    cited = _cited_decisions({path: text for path, text in kept_texts.items() if path.endswith(".py")})
    assert cited
    assert cited <= {file.name[:4] for file in (HOUSE / "docs" / "decisions").glob("*.md")}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("open('/ho" + "me/anna/tandem')", lambda texts: _offenders(texts, MACHINE_PATH)),
        ("x" * (LONGEST_LINE + 1), _built),
        ("[the plan](no-such-page.md)", _dead_links),
    ],
    ids=["machine path", "minified", "dead link"],
)
def test_each_offence_is_found(text, rule):
    assert rule({"docs/planted.md": text})
