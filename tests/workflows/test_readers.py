"""The form of a task knows what our tables know: it is shown, offered, filled in and checked with that."""

import json
import uuid
from datetime import date
from decimal import Decimal

import pytest

from tests.workflows.changing import read_for, redrawn
from workflows.operations.packs import install_pack
from workflows.operations.tasks import complete_task
from workflows.queries.readings import READERS, Reader
from workflows.queries.tasks import get_task
from workflows.refusals import Complaint, Invalid

MENTOR = str(uuid.uuid4())
CHOOSES = json.dumps(
    {
        "type": "default",
        "id": "record_meeting",
        "components": [
            {"type": "textfield", "id": "f_topic", "key": "topic", "label": "Тема"},
            {
                "type": "select",
                "id": "f_with",
                "key": "with",
                "label": "С кем",
                "valuesExpression": "=people",
                "validate": {"required": True},
            },
        ],
    },
    ensure_ascii=False,
)


def people(work, case_id):
    return {"people": [{"label": "Ольга Рябинина", "value": uuid.UUID(MENTOR)}]}


@pytest.fixture
def read(monkeypatch, as_, town, pack_files, start_pair):
    """Start a pair for whose first task something is read."""

    def read(forms=None, **readers):
        for name, reader in readers.items():
            monkeypatch.setitem(READERS, f"pair.{name}", Reader(reader, gives=(name,)))
        files = redrawn(pack_files, read_for(", ".join(f"pair.{name}" for name in readers)), forms=forms)
        install_pack(as_(town.administrator), town.school.id, files)
        return start_pair()

    return read


def test_what_is_read_is_known_beside_what_the_case_knows_and_a_later_reader_wins(read, as_, town):
    asked = []

    def plan(work, case_id):
        asked.append(case_id)
        return {"topic": "Из плана", "days": [date(2026, 9, 1)], "share": Decimal("0.5")}

    def wishes(work, case_id):
        return {"topic": "Из пожеланий", "case_id": "другое"}

    case = read(plan=plan, wishes=wishes)
    known = get_task(as_(town.mentor), case.opened[0]).known
    assert (known["topic"], known["case_id"]) == ("Из пожеланий", "другое")
    assert (known["days"], known["share"]) == (["2026-09-01"], 0.5)
    assert asked == [case.id]


def test_an_answer_may_be_chosen_among_what_is_read_and_nothing_else(read, as_, town):
    case = read({"record_meeting": CHOOSES}, people=people)
    mentor = as_(town.mentor)
    with pytest.raises(Invalid) as refusal:
        complete_task(mentor, case.opened[0], {"topic": "", "with": str(uuid.uuid4())})
    assert refusal.value.problems == {"with": [Complaint("out_of_choices")]}
    complete_task(mentor, case.opened[0], {"topic": "", "with": MENTOR})
    done = get_task(mentor, case.opened[0])
    assert done.answers["with"] == MENTOR
    assert done.known["people"] == [{"label": "Ольга Рябинина", "value": MENTOR}]
    assert complete_task(mentor, case.opened[0], {"topic": "", "with": MENTOR}).was_done_before


def test_who_may_not_read_the_answers_is_read_nothing(read, as_, town):
    case = read(people=people)
    assert get_task(as_(town.mentee), case.opened[0]).known == {}


def test_a_form_that_only_answers_decide_needs_no_reader_to_be_checked(read, as_, town):
    def fail(work, case_id):
        raise AssertionError("nobody needs this")

    case = read(plan=fail)
    complete_task(as_(town.mentor), case.opened[0], {"topic": "Знакомство"})


def test_a_reader_that_the_house_no_longer_has_gives_nothing(read, as_, town, monkeypatch):
    case = read(people=people)
    monkeypatch.delitem(READERS, "pair.people")
    assert "people" not in get_task(as_(town.mentor), case.opened[0]).known
