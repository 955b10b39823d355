"""A concern is looked into at once, by few people, and comes to one of three ends."""

import pytest
from sqlalchemy import select

from models.cases import Case
from models.concerns import Concern
from models.journal import JournalEntry
from models.notices import Notice
from models.people import Guardianship
from models.tasks import Task
from tests.workflows.mentoring.conftest import PACK
from tests.workflows.mentoring.pair_plays import PairPlay
from workflows.engine.state import unpack
from workflows.operations import packs
from workflows.operations.concerns import raise_concern
from workflows.pack_files import read_source
from workflows.queries.cases import list_cases
from workflows.queries.concerns import list_concerns
from workflows.refusals import Forbidden, Invalid, NotFound

SECRET = "Наставник кричит на встречах"
NOTE = "Поговорили с обоими отдельно"
LOOKED = {"talked_to": ["mentor"], "note": NOTE}


@pytest.fixture
def pair(play, college):
    pair = PairPlay(play, college)
    pair.start_working()
    return pair


@pytest.fixture
def worry(pair, college, play):
    """Raise a concern, as the mentee unless told otherwise, and return its case."""

    def worry(severity="serious", by=None, kind="conflict", text=SECRET):
        concern_id = raise_concern(play.work(by or college.mentees[0]), pair.pair_id, kind, severity, text)
        play.settle()
        return play.session.get_one(Concern, concern_id).case_id

    return worry


def concern(play, case_id):
    play.session.expire_all()
    return play.session.scalars(select(Concern).where(Concern.case_id == case_id)).one()


def test_the_curator_looks_into_it_as_fast_as_it_is_severe(worry, play):
    started = play.clock.at
    due = {}
    for severity in ("urgent", "serious", "low"):
        case_id = worry(severity)
        due[severity] = play.find("look_into", case_id).due_at - started
    assert due["urgent"] < due["serious"] < due["low"]
    assert due["urgent"].total_seconds() == 4 * 3600


def test_measures_help_and_the_concern_is_settled(worry, pair, college, play):
    case_id = worry()
    play.do("look_into", case_id, **LOOKED, decision="measures", measures=["style_advice"])
    play.do("follow_up", case_id, note="Стало спокойнее", result="settled")
    assert play.is_over(case_id)
    assert (concern(play, case_id).outcome, concern(play, case_id).closed_by_id) == (
        "settled",
        college.curator.person_id,
    )
    assert pair.pair.status == "planned"


def test_what_remains_is_looked_into_again(worry, play):
    case_id = worry()
    play.do("look_into", case_id, **LOOKED, decision="measures", measures=["mediation"])
    play.do("follow_up", case_id, note="Без перемен", result="remains")
    assert play.waits(case_id) == {"look_into"}
    assert concern(play, case_id).closed_at is None


def test_the_psychologist_takes_over(worry, college, play):
    case_id = worry(kind="health")
    play.do("look_into", case_id, **LOOKED, decision="specialists")
    play.do("take_over", case_id, college.psychologist, note="Встречи раз в неделю")
    assert play.is_over(case_id)
    assert concern(play, case_id).outcome == "handed_over"
    found, _more = list_cases(play.work(college.psychologist))
    assert [one.id for one in found] == [case_id]


def test_a_concern_may_end_the_pair(worry, pair, play):
    case_id = worry()
    play.do("look_into", case_id, **LOOKED, decision="end_pair")
    assert play.is_over(case_id)
    assert play.is_over(pair.case_id)
    assert pair.pair.status == "ended_early"
    assert concern(play, case_id).outcome == "pair_ended"


def test_an_urgent_concern_stops_the_pair_and_calls_the_psychologist_and_the_head(worry, pair, college, play):
    before = pair.pair.status
    case_id = worry("urgent")
    assert pair.pair.status == "paused"
    for actor in (college.psychologist, college.head):
        assert any("Срочная тревога" in text for text in pair.told(actor))
    play.do("look_into", case_id, **LOOKED, decision="measures", measures=["style_advice"])
    play.do("follow_up", case_id, note="Всё хорошо", result="settled")
    assert pair.pair.status == before


def test_whom_an_urgent_concern_calls_is_a_matter_of_the_diagram(worry, pair, college, play):
    files = dict(read_source(PACK))
    called = b"[&#34;psychologist&#34;, &#34;head&#34;]"
    assert called in files["concern.bpmn"]
    files["concern.bpmn"] = files["concern.bpmn"].replace(called, b"[&#34;tutor&#34;]")
    packs.install_pack(play.work(college.administrator), college.id, files)
    worry("urgent")
    assert any("Срочная тревога" in text for text in pair.told(college.tutor))
    assert not any("Срочная тревога" in text for text in pair.told(college.head))


def test_another_mentor_is_looked_for_when_that_is_the_measure(worry, pair, play):
    case_id = worry("urgent")
    play.do("look_into", case_id, **LOOKED, decision="measures", measures=["replacement"])
    assert pair.waits == {"choose_mentor"}


@pytest.mark.parametrize("who", ["curator", "psychologist", "head"])
def test_three_roles_read_what_was_written(worry, pair, college, play, who):
    play.do("look_into", worry(), **LOOKED, decision="measures", measures=["mediation"])
    (row,) = list_concerns(play.work(getattr(college, who)), pair.pair_id)
    assert (row.text, row.raised_by, [one.text for one in row.notes]) == (SECRET, "Соня Ромашкина", [NOTE])


def test_nobody_else_reads_it(worry, pair, college, play):
    worry()
    for actor in (college.mentors[0], college.mentees[0], college.administrator):
        with pytest.raises(Forbidden):
            list_concerns(play.work(actor), pair.pair_id)
    with pytest.raises(NotFound):
        list_concerns(play.work(college.mentors[1]), pair.pair_id)


def test_the_texts_of_a_concern_are_nowhere_but_in_the_concern(worry, college, play):
    case_id = worry("urgent")
    play.do("look_into", case_id, **LOOKED, decision="specialists")
    play.do("take_over", case_id, college.psychologist, note=NOTE)
    told = [str(details) for details in play.session.scalars(select(JournalEntry.details))]
    told += [str(answers) for answers in play.session.scalars(select(Task.answers)) if answers]
    told += list(play.session.scalars(select(Notice.text)))
    told += list(play.session.scalars(select(Case.title)))
    states = [str(unpack(state)) for state in play.session.scalars(select(Case.state))]
    assert any("specialists" in state for state in states), "the case knows what was decided"
    told += states
    assert not [text for text in told if SECRET in text or NOTE in text]


def test_a_guardian_and_a_colleague_may_raise_a_concern(worry, college, play):
    play.session.add(
        Guardianship(
            child_id=college.mentees[0].person_id, guardian_id=college.guardian.person_id, kin="мама"
        )
    )
    play.session.flush()
    assert concern(play, worry(by=college.guardian)).raised_by_id == college.guardian.person_id
    assert concern(play, worry(by=college.tutor)).raised_by_id == college.tutor.person_id


def test_a_stranger_learns_nothing_and_raises_nothing(worry, college):
    with pytest.raises(NotFound):
        worry(by=college.mentors[2])


def test_a_concern_without_words_is_refused(worry):
    with pytest.raises(Invalid) as refused:
        worry(text=" ", kind="gossip", severity="huge")
    assert set(refused.value.problems) == {"kind", "severity", "text"}
