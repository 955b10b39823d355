"""Every measure of the method is somewhere in the pack, and the table of the pack says where."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import bpmn
from workflows.engine.check.building import read_document

FOLDER = Path(bpmn.__file__).parent / "target-model"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
CODE = re.compile(r"`([a-z][a-z0-9_]*)`")
LEAST = {1: 7, 2: 5, 3: 6, 4: 6, 5: 6, 6: 7, 7: 12}
"""How many measures the method has at each stage, inside and outside."""


def measures() -> Iterator[tuple[int, str, list[str]]]:
    """Give the stage, the process and the tasks of each line of the table."""
    stage = 0
    for line in README.split("## Где каждое мероприятие")[1].splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 3 or not CODE.search(cells[1]):
            continue
        begun = re.match(r"\*\*Этап (\d)", cells[0])
        stage = int(begun[1]) if begun else stage
        yield stage, CODE.findall(cells[1])[0], CODE.findall(cells[2])


def elements() -> dict[str, set[str]]:
    """Give the ids of the nodes of every process of the pack."""
    found: dict[str, set[str]] = {}
    for path in FOLDER.glob("*.bpmn"):
        document, problems = read_document(path.name, path.read_bytes())
        assert document is not None, problems
        for process in document.processes:
            found[process.id] = {node.id for node in process.sheet.nodes}
    return found


def test_every_place_that_the_table_names_is_there() -> None:
    known = elements()
    missing = [(process, one) for _, process, ones in measures() for one in ones if one not in known[process]]
    assert missing == []


def test_every_stage_has_its_measures_in_the_table() -> None:
    counted = Counter(stage for stage, _, _ in measures())
    assert {stage: counted[stage] >= least for stage, least in LEAST.items()} == dict.fromkeys(LEAST, True)


def test_every_process_of_the_pack_is_on_the_map() -> None:
    drawn = README.split("## Карта процессов")[1].split("## Роли")[0]
    stages = {f"stage_{number}" for number in range(2, 7)}
    assert elements().keys() - set(CODE.findall(drawn)) - stages == set()


def test_stages_with_two_contours_have_parallel_branches() -> None:
    known = elements()
    for number in (1, 3, 4, 5, 6, 7):
        assert f"two_contours_{number}" in known[f"stage_{number}"]
