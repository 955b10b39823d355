"""A programme that has come to its end, made of rows: pairs that completed, what they met and answered."""

import uuid
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.consents import Consent, ConsentPurpose
from models.goals import Goal
from models.meetings import Meeting, MeetingAttendance, MeetingKind
from models.pairs import Pair, PairMember, PairStatus
from models.people import Person
from models.programmes import Programme
from tests.programmes import add_programme
from tests.workflows.mentoring.conftest import PACK
from tests.workflows.mentoring.plays import Play
from workflows.operations import packs
from workflows.operations.cases import start_case
from workflows.pack_files import read_source
from workflows.records import full_cycles, surveys


def make_programme(play: Play, college: SimpleNamespace, variant: str = "college", **more: Any) -> Programme:
    """Make a running programme with its curator."""
    return add_programme(
        play.session,
        college.id,
        curator_id=college.curator.person_id,
        title="Наставники колледжа",
        variant=variant,
        ends_on=date(2027, 5, 31),
        **more,
    )


def make_pair(
    play: Play,
    college: SimpleNamespace,
    programme: Programme,
    n: int = 0,
    status: PairStatus = PairStatus.COMPLETED,
    source: str = "learner",
    form: str = "learner_learner",
) -> SimpleNamespace:
    """Make a pair of the mentor and the mentee of this number, with the curator."""
    mentor, mentee = college.mentors[n].person_id, college.mentees[n].person_id
    is_over = status is PairStatus.COMPLETED
    base = {
        "organisation_id": college.id,
        "programme_id": programme.id,
        "status": EntryStatus.COMPLETED if is_over else EntryStatus.MATCHED,
        "applied_at": play.clock(),
    }
    mentor_entry = MentorEntry(id=uuid.uuid4(), person_id=mentor, source=source, forms=[form], **base)
    mentee_entry = MenteeEntry(id=uuid.uuid4(), person_id=mentee, form=form, **base)
    today = play.clock().date()
    pair = Pair(
        id=uuid.uuid4(),
        organisation_id=college.id,
        programme_id=programme.id,
        case_id=uuid.uuid4(),
        title=f"{name_of(play, mentor)} – {name_of(play, mentee)}",
        status=status,
        form=form,
        type="pair",
        formed_on=date(2026, 9, 1),
        ended_on=today if is_over else None,
        last_met_on=today,
    )
    play.session.add_all([mentor_entry, mentee_entry, pair])
    play.session.flush()
    days = {"since_on": pair.formed_on, "until_on": today if is_over else None}
    seats = (
        ("mentor", mentor, {"mentor_entry_id": mentor_entry.id}),
        ("mentee", mentee, {"mentee_entry_id": mentee_entry.id}),
        ("curator", college.curator.person_id, {}),
    )
    play.session.add_all(
        PairMember(pair_id=pair.id, person_id=who, role=role, **days, **entry) for role, who, entry in seats
    )
    play.session.flush()
    return SimpleNamespace(
        id=pair.id,
        pair=pair,
        mentor=mentor,
        mentee=mentee,
        mentor_entry=mentor_entry,
        mentee_entry=mentee_entry,
    )


def name_of(play: Play, person_id: uuid.UUID) -> str:
    return play.session.get_one(Person, person_id).full_name


def meet(play: Play, pair: SimpleNamespace, college: SimpleNamespace, *kinds: MeetingKind) -> None:
    """Let a pair have met so often, and both have come."""
    for n, kind in enumerate(kinds):
        meeting_id = uuid.uuid4()
        play.session.add(
            Meeting(
                id=meeting_id,
                pair_id=pair.id,
                cycle=1,
                kind=kind,
                held_on=pair.pair.formed_on + timedelta(days=7 * n),
                contact="in_person",
                recorded_by_id=college.curator.person_id,
                recorded_at=play.clock(),
            )
        )
        play.session.flush()
        play.session.add_all(
            MeetingAttendance(meeting_id=meeting_id, person_id=who, role=role, has_come=True)
            for role, who in (("mentor", pair.mentor), ("mentee", pair.mentee))
        )
    play.session.flush()


def reach_goal(play: Play, pair: SimpleNamespace) -> None:
    """Let a pair have reached a goal."""
    day = pair.pair.formed_on
    play.session.add(Goal(pair_id=pair.id, cycle=1, position=1, result="Проект", due_on=day, reached_on=day))
    play.session.flush()


def agree_to_publicity(play: Play, programme: Programme, *people: uuid.UUID) -> None:
    """Let these people agree to be shown."""
    for person_id in people:
        play.session.add(
            Consent(
                programme_id=programme.id,
                person_id=person_id,
                purpose=ConsentPurpose.PUBLICITY,
                text="Можно показать мою историю",
                text_version="1",
                signed_by_id=person_id,
                signed_as="self",
                way="in_product",
                is_given=True,
                signed_at=play.clock(),
            )
        )
    play.session.flush()


def take_consent_back(play: Play, person_id: uuid.UUID) -> None:
    """Let somebody not want to be shown any more."""
    wanted = select(Consent).where(
        Consent.person_id == person_id, Consent.purpose == ConsentPurpose.PUBLICITY
    )
    for consent in play.session.scalars(wanted):
        consent.withdrawn_at = play.clock()
    play.session.flush()


def answer(
    play: Play, college: SimpleNamespace, programme: Programme, person_id: uuid.UUID, **given: Any
) -> None:
    """Let somebody have answered a questionnaire."""
    given = {"instrument": "mentee_survey", "role": "mentee", "moment": "entry", "answers": {}} | given
    surveys.respond(
        play.work(), programme.id, person_id, pack_version_id=college.pack.pack_version_id, **given
    )


def begin(
    play: Play, college: SimpleNamespace, programme: Programme, process: str, **variables: Any
) -> uuid.UUID:
    """Start a case of the programme with the people who answer for it."""
    case_id = uuid.uuid4()
    start_case(
        play.work(),
        college.id,
        process,
        programme.title,
        participants=variables.pop("participants", {"curator": [college.curator.person_id]}),
        variables={"programme_id": str(programme.id), "variant": programme.variant, **variables},
        case_id=case_id,
    )
    if programme.case_id is None and process in ("completion", "monitoring", "stage_6"):
        programme.case_id = case_id
        play.session.flush()
    play.settle()
    return case_id


def begin_stage_6(play: Play, college: SimpleNamespace, programme: Programme) -> uuid.UUID:
    """Begin stage 6 by itself; in the pack as it is, only a programme comes there."""
    files = dict(read_source(PACK))
    files["pack.toml"] = files["pack.toml"].replace(b'"programme",', b'"programme", "stage_6",', 1)
    files["stage_6.bpmn"] = files["stage_6.bpmn"].replace(b"=programme_rules.stage_6", b"P60D")
    packs.install_pack(play.work(college.administrator), college.id, files)
    return begin(play, college, programme, "stage_6")


REVIEW = {"rate_result": 9, "rate_relation": 8, "rate_independence": 7, "contribution": "Оба не сдавались."}
WEIGHED = {"conclusions": "Эксперт строже участников."}
MENTEE = {f"rate_{one}": 8 for one in ("comfort", "support", "use", "growth", "confidence", "organisation")}
MENTOR = {
    f"rate_{one}": 8 for one in ("contact", "involvement", "plan", "result", "training", "organisation")
}


def answer_exit(play: Play, wish: str = "enough") -> None:
    """Let everybody who is asked at the end answer; the mentors wish this."""
    while play.find("fill_mentee_survey"):
        play.do("fill_mentee_survey", **MENTEE, go_on="enough")
    while play.find("fill_mentor_survey"):
        play.do("fill_mentor_survey", **MENTOR, go_on=wish)
    while play.find("review_pair"):
        play.do("review_pair", **REVIEW)


def mark_all(play: Play, case_id: uuid.UUID, programme: Programme) -> None:
    """Let the curator decide all marks that are missing, if any are."""
    found = full_cycles.list_unmarked(play.work(), programme.id)
    passed = [str(one["entry_id"]) for one in found if one["finals"]]
    others = [str(one["entry_id"]) for one in found if not one["finals"]]
    if found:
        play.do("mark_full_cycles", case_id, passed=passed, not_passed=others)


def come_to_meeting(play: Play, college: SimpleNamespace, programme: Programme) -> uuid.UUID:
    """Sum the pairs up, and let the day come on which all meet."""
    case_id = begin(play, college, programme, "completion")
    answer_exit(play)
    play.do("weigh_up", case_id, **WEIGHED)
    mark_all(play, case_id, programme)
    play.do("plan_meeting", case_id, held_on="2026-09-10", place="Библиотека")
    play.pass_days(10)
    return case_id


def come_to_festival(play: Play, college: SimpleNamespace, programme: Programme) -> uuid.UUID:
    """Sum the pairs up and meet, so that the festival can be planned."""
    case_id = come_to_meeting(play, college, programme)
    play.do("record_reflection", case_id, came=4, inspired="Успехи")
    return case_id
