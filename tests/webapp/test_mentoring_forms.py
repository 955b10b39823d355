"""Which forms of mentoring an organisation uses, read from its methodology by those who look after it."""

from pathlib import Path

import pytest

import bpmn
from tests.webapp.readers import parsed
from workflows.engine.packs import read_pack
from workflows.operations.packs import install_pack

FORMS = "/organisation/forms"


def test_the_forms_say_who_may_be_a_mentor_who_decides_and_how_a_pair_meets(reader, town, work):
    install_pack(work, town.other.id, read_pack(Path(bpmn.__file__).parent / "target-model"))
    work.session.commit()
    curator = reader(town.stranger)
    page = curator.get(f"{FORMS}?variant=college")
    parsed(page)
    rows = parsed(page).findall(".//table[@class='table forms-table']/tbody/tr")
    first = " ".join("".join(rows[0].itertext()).split())
    assert "от 14 лет" in first
    assert "обучающиеся" in first
    assert "Новатор – консерватору" in page.text
    school = curator.get(f"{FORMS}?variant=school")
    assert school.text != page.text
    assert curator.get(f"{FORMS}?variant=unheard-of").status_code == 200


def test_without_such_a_methodology_the_page_says_what_is_missing(reader, town):
    page = reader(town.administrator).get(FORMS)
    parsed(page)
    assert "методики с формами наставничества" in page.text


@pytest.mark.parametrize(
    ("who", "status"), [("methodist", 200), ("auditor", 200), ("mentor", 403), ("mentee", 403)]
)
def test_whoever_reads_methodologies_reads_the_forms(reader, town, who, status):
    assert reader(getattr(town, who)).get(FORMS).status_code == status
    assert reader(getattr(town, who)).get(f"{FORMS}?organisation={town.other.id}").status_code == 404
