"""A programme is started by the head, led by a curator, and ends in one of three ways."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.cases import Case, CaseParticipant, CaseStatus
from models.journal import JournalEntry
from models.programmes import Appointment, MentoringForm, ProgrammeStatus, RoadmapItem
from tests.workflows.mentoring.programme_way import ENDS_ON, RESULT, STARTS_ON, Way
from workflows.operations import organisations, people
from workflows.operations.partners import add_contract, add_partner
from workflows.operations.programmes import appoint, replace_curator, start_programme, stop_programme
from workflows.operations.roadmap import mark_roadmap_item, unmark_roadmap_item
from workflows.queries.people import get_actor_of_person
from workflows.records import programmes
from workflows.refusals import Complaint, Conflict, Forbidden, Invalid, NotFound


@pytest.fixture
def way(play):
    return Way(play)


@pytest.fixture
def second_curator(play, college):
    return _person(play, college.id, "curator", "Инна Дроздова")


@pytest.fixture
def stranger(play):
    other_id = organisations.add_organisation(play.work(), "Другой колледж")
    return _person(play, other_id, "head", "Егор Воронцов")


def _person(play, organisation_id, role, name):
    person_id = people.add_person(play.work(), organisation_id, name)
    people.grant_membership(play.work(), person_id, organisation_id, role)
    return get_actor_of_person(play.session, person_id, play.clock())


def start(play, by, **changed):
    given = {"title": "Год", "variant": "college", "starts_on": STARTS_ON, "ends_on": ENDS_ON, **changed}
    return start_programme(play.work(by), play.college.id, **given)


def problems_of(act, *arguments, **named):
    with pytest.raises(Invalid) as refusal:
        act(*arguments, **named)
    return refusal.value.problems


def seats(play, case_id):
    rows = select(CaseParticipant.role, CaseParticipant.person_id).where(
        CaseParticipant.case_id == case_id, CaseParticipant.until_at.is_(None)
    )
    return set(play.session.execute(rows).tuples())


def test_the_head_starts_a_programme_and_its_first_stage_begins(way, college, play):
    assert way.waits == {"appoint_team"}
    assert seats(play, way.case_id) == {("head", college.head.person_id)}
    assert way.stage(1).closed_at is None


@pytest.mark.parametrize(
    ("variant", "titles"),
    [
        (
            "college",
            [
                "Педагог – обучающийся",
                "Педагог – педагог",
                "Обучающийся – обучающийся",
                "Работодатель – обучающийся",
            ],
        ),
        ("school", ["Учитель – учитель", "Учитель – ученик", "Ученик – ученик"]),
    ],
)
def test_cfg_01_cfg_02_a_variant_brings_its_forms_under_its_own_names(play, variant, titles):
    way = Way(play, variant)
    found = play.session.scalars(select(MentoringForm.title).where(MentoringForm.programme_id == way.id))
    assert sorted(found) == sorted(titles)


def test_cfg_23_a_school_programme_lasts_a_school_year_and_a_college_one_several(play, college):
    longer = {"ends_on": date(2028, 5, 31)}
    assert problems_of(start, play, college.head, variant="school", **longer) == {
        "ends_on": [Complaint("programme_too_long", latest=date(2027, 9, 1))]
    }
    assert start(play, college.head, variant="college", **longer)


@pytest.mark.parametrize(
    ("changed", "field", "complaint"),
    [
        ({"title": " "}, "title", Complaint("required")),
        ({"title": "Я" * 201}, "title", Complaint("too_long", maximum=200)),
        ({"variant": "kindergarten"}, "variant", Complaint("out_of_choices")),
        ({"ends_on": STARTS_ON}, "ends_on", Complaint("programme_ends_before_it_starts")),
        (
            {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 8, 31)},
            "ends_on",
            Complaint("programme_over_already"),
        ),
        ({"ends_on": STARTS_ON + timedelta(days=26)}, "ends_on", Complaint("programme_too_short", weeks=4)),
        (
            {"starts_on": date(2037, 1, 1), "ends_on": date(2037, 5, 1)},
            "starts_on",
            Complaint("programme_too_far_away", years=10),
        ),
    ],
)
def test_a_programme_that_makes_no_sense_is_not_started(play, college, changed, field, complaint):
    assert problems_of(start, play, college.head, **changed) == {field: [complaint]}


def test_only_the_head_starts_a_programme(play, college, stranger):
    with pytest.raises(Forbidden):
        start(play, college.curator)
    with pytest.raises(NotFound):
        start(play, stranger)


def test_the_head_of_another_organisation_sees_nothing_of_it(way, play, stranger):
    with pytest.raises(NotFound):
        stop_programme(play.work(stranger), way.id, "Так надо")
    with pytest.raises(NotFound):
        appoint(
            play.work(stranger),
            way.id,
            stranger.person_id,
            "curator",
            order_number="1",
            since_on=STARTS_ON,
        )


def test_the_next_cycle_knows_the_one_before_it(way, play, college):
    following = start(play, college.head, previous_id=way.id)
    assert play.session.get_one(type(way.programme), following).previous_id == way.id


def test_an_appointed_curator_and_deputy_take_part_in_the_case(way, play, college, second_curator):
    way.appoint(deputy=str(second_curator.person_id))
    assert seats(play, way.case_id) == {
        ("head", college.head.person_id),
        ("curator", college.curator.person_id),
        ("curator", second_curator.person_id),
    }
    order = programmes.list_documents(play.work(), way.id, "curator_order")
    assert [(one.number, one.dated_on) for one in order] == [("14-к", date(2026, 9, 1))]


def test_the_deputy_is_somebody_else_than_the_curator(way, college):
    same = str(college.curator.person_id)
    assert problems_of(way.appoint, deputy=same) == {"deputy": [Complaint("deputy_is_the_curator")]}


def test_cfg_07_a_curator_who_works_at_a_partner_is_for_colleges_only(play, college):
    partner_id = organisations.add_organisation(play.work(), "Завод")
    guest = people.add_person(play.work(), partner_id, "Роман Скворцов")
    people.grant_membership(play.work(), guest, college.id, "curator")
    answers = {"curator": str(guest), "order_number": "1", "order_on": "2026-09-01"}
    school = Way(play, "school")
    assert problems_of(school.do, "appoint_team", **answers) == {"curator": [Complaint("out_of_choices")]}
    Way(play, "college").do("appoint_team", **answers)


def test_a_new_curator_takes_over_the_tasks_and_cases_of_the_former_one(way, play, college, second_curator):
    way.appoint()
    play.clock.advance(days=1)
    new_id = replace_curator(
        play.work(college.head),
        way.id,
        second_curator.person_id,
        order_number="20",
        since_on=date(2026, 9, 2),
    )
    assert ("curator", second_curator.person_id) in seats(play, way.case_id)
    assert ("curator", college.curator.person_id) not in seats(play, way.case_id)
    task = play.find("inform_staff", way.case_id)
    play.session.refresh(task)
    assert task.assignee_id == second_curator.person_id
    held = play.session.scalars(
        select(Appointment).where(Appointment.programme_id == way.id, Appointment.until_on.is_(None))
    ).all()
    assert [one.id for one in held] == [new_id]


def test_a_curator_is_replaced_and_not_appointed_twice(way, play, college, second_curator):
    given = {"order_number": "2", "since_on": STARTS_ON}
    with pytest.raises(Conflict, match="curator_not_appointed"):
        replace_curator(play.work(college.head), way.id, second_curator.person_id, **given)
    way.appoint()
    with pytest.raises(Conflict, match="curator_is_there"):
        appoint(play.work(college.head), way.id, second_curator.person_id, "curator", **given)
    assert problems_of(
        replace_curator, play.work(college.head), way.id, college.curator.person_id, **given
    ) == {"person": [Complaint("already_answers_for_programme")]}


def test_somebody_answers_for_a_form_that_the_programme_has(way, play, college):
    given = {"order_number": "5", "since_on": STARTS_ON}
    head, methodist = play.work(college.head), college.methodist.person_id
    assert appoint(head, way.id, methodist, "form_lead", form="teacher_teacher", **given)
    assert problems_of(appoint, head, way.id, methodist, "form_lead", form="student_pupil", **given) == {
        "form": [Complaint("out_of_choices")]
    }


def test_a_programme_that_the_head_refuses_does_not_begin(way, play):
    way.prepare()
    way.draft()
    way.consider()
    way.do("sign_package", decision="refused", remarks="Нет людей на этот год")
    assert play.is_over(way.case_id)
    assert (way.programme.status, way.programme.stopped_because) == (
        ProgrammeStatus.STOPPED,
        "Нет людей на этот год",
    )


def test_a_stopped_programme_takes_everything_around_it_along(way, play, college):
    way.stage_1()
    entry = way.add_mentee()
    with pytest.raises(Invalid):
        stop_programme(play.work(college.head), way.id, " ")
    stop_programme(play.work(college.head), way.id, "Ремонт здания")
    assert play.session.get_one(Case, way.case_id, populate_existing=True).status is CaseStatus.CANCELLED
    assert play.session.get_one(Case, entry.case_id, populate_existing=True).status is CaseStatus.CANCELLED
    assert (way.programme.status, way.programme.stopped_because) == (ProgrammeStatus.STOPPED, "Ремонт здания")
    with pytest.raises(Conflict, match="programme_is_over"):
        stop_programme(play.work(college.head), way.id, "Ещё раз")


def test_only_the_head_stops_a_programme(way, play, college):
    with pytest.raises(Forbidden):
        stop_programme(play.work(college.curator), way.id, "Устали")


def test_a_measure_of_the_roadmap_is_marked_as_done(way, play, college):
    way.prepare()
    way.draft()
    item = play.session.scalars(
        select(RoadmapItem).where(RoadmapItem.programme_id == way.id).order_by(RoadmapItem.position)
    ).first()
    curator = play.work(college.curator)
    assert problems_of(mark_roadmap_item, curator, item.id, date(2026, 9, 2), "Готово") == {
        "done_on": [Complaint("day_not_come")]
    }
    mark_roadmap_item(curator, item.id, date(2026, 9, 1), "Готово")
    assert (item.done_on, item.outcome) == (date(2026, 9, 1), "Готово")


def test_a_mark_is_taken_back_and_the_journal_keeps_what_it_said(way, play, college):
    way.prepare()
    way.draft()
    item = play.session.scalars(select(RoadmapItem).where(RoadmapItem.programme_id == way.id)).first()
    curator = play.work(college.curator)
    with pytest.raises(Conflict, match="measure_not_done"):
        unmark_roadmap_item(curator, item.id)
    mark_roadmap_item(curator, item.id, date(2026, 9, 1), "Готово")
    unmark_roadmap_item(curator, item.id)
    assert (item.done_on, item.outcome) == (None, "")
    entry = play.session.scalars(select(JournalEntry).where(JournalEntry.act == "roadmap.unmarked")).one()
    assert entry.details["outcome"] == "Готово"
    with pytest.raises(NotFound):
        unmark_roadmap_item(play.work(college.mentors[0]), item.id)


def test_partners_and_contracts_are_added_once(play, college, stranger):
    curator = play.work(college.curator)
    partner_id = add_partner(curator, college.id, "Завод «Прогресс»", "enterprise")
    with pytest.raises(Conflict, match="partner_is_there"):
        add_partner(curator, college.id, "завод «прогресс»", "enterprise")
    assert add_contract(curator, partner_id, "practice", "12", STARTS_ON)
    assert problems_of(add_contract, curator, partner_id, "practice", "13", ENDS_ON, STARTS_ON) == {
        "expires_on": [Complaint("contract_ends_before_it_begins")]
    }
    with pytest.raises(NotFound):
        add_contract(play.work(stranger), partner_id, "practice", "14", STARTS_ON)


def test_a_gate_marks_what_the_roadmap_wanted(way, play):
    way.prepare()
    way.draft()
    way.consider()
    way.sign_and_publish()
    way.announce_outside()
    item = programmes.list_roadmap(play.work(), way.id, 1)[0]
    way.do("close_stage_1", measures_done=[str(item.id)], **RESULT)
    assert item.done_on == date(2026, 9, 1)
