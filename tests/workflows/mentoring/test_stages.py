"""Each stage of a programme has its measures, their results, and a gate that nothing incomplete passes."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from models.contours import Announcement, Audience, Contour, Invitation, MeasureResult, PreliminaryRequest
from models.partners import Contract, Partner
from models.programmes import ProgrammeDocument, ProgrammeStatus
from tests.conftest import Statements, _listening
from tests.workflows.mentoring.programme_way import HEARD, LINKS, RESULT, SIGNED, TOLD, Way
from workflows.operations.consents import give_consent
from workflows.operations.mentors import propose_mentor
from workflows.queries.definitions import load_pack
from workflows.queries.readings import READERS, stages
from workflows.queries.tasks import get_task
from workflows.records import programmes
from workflows.records.gates import PAPERS
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks import programmes as gates
from workflows.service_tasks.place import Done, Place

MOST_STATEMENTS_OF_A_READER = 4


@pytest.fixture
def way(play):
    return Way(play)


@pytest.fixture
def school(play):
    return Way(play, "school")


def problems_of(act, *arguments, **named):
    with pytest.raises(Invalid) as refusal:
        act(*arguments, **named)
    return refusal.value.problems


def rows(play, table, programme_id):
    return play.session.scalars(select(table).where(table.programme_id == programme_id)).all()


def pass_gate(way, number):
    """Ask the gate of a stage as its task would."""
    programme = way.programme
    place = Place(way.case_id, programme.organisation_id, way.college.pack, programme.title, ())
    done = Done(
        task_id=way.case_id,
        element=f"close_stage_{number}",
        by_id=way.college.curator.person_id,
        answers=RESULT,
        form=f"close_stage_{number}",
        role="curator",
        settings=load_pack(way.play.work(), way.college.pack.pack_version_id).definitions.settings(
            f"close_stage_{number}"
        ),
        known={"stage": {"number": number}},
        now=way.play.clock(),
    )
    gates.pass_gate(way.play.work(way.college.curator), place, done)


def test_stage_1_comes_to_its_gate_by_both_contours(way):
    way.prepare()
    assert way.waits == {"draft_package", "choose_audiences"}
    way.announce_outside()
    assert way.waits == {"draft_package"}
    way.draft()
    way.consider()
    way.sign_and_publish()
    assert way.waits == {"close_stage_1"}
    way.do("close_stage_1", **RESULT)
    assert way.waits == {"inform_families", "choose_methods"}
    assert (way.stage(1).result, way.stage(2).closed_at) == (RESULT["result"], None)


def test_the_results_of_stage_1_are_rows(way, play):
    way.stage_1()
    told = {(one.contour, one.audience, one.reached) for one in rows(play, Announcement, way.id)}
    assert told == {(Contour.INNER, "staff", 40), (Contour.OUTER, "graduates", 25)}
    assert [one.requests for one in rows(play, PreliminaryRequest, way.id)] == [12]
    assert [one.name for one in rows(play, Audience, way.id)] == ["Выпускники"]
    assert way.programme.expected_results == "Меньше отчислений"
    signed = {one.kind: one.number for one in rows(play, ProgrammeDocument, way.id)}
    assert signed == {
        **dict.fromkeys(("act", "regulation", "programme", "roadmap"), "15-н"),
        "curator_order": "14-к",
        "protocol": "3",
        "agreement": "7",
        "publication": "",
    }


def test_stage_2_does_not_begin_without_papers_and_a_curator(way, play):
    assert problems_of(pass_gate, way, 1) == {"result": [Complaint("papers_not_signed")]}
    for kind in PAPERS:
        programmes.add_document(
            play.work(),
            way.programme,
            kind,
            stage=1,
            by_id=way.college.head.person_id,
            dated_on=date(2026, 9, 1),
        )
    assert problems_of(pass_gate, way, 1) == {"result": [Complaint("curator_not_appointed")]}


def test_a_college_asks_its_council_and_a_school_does_not(way, school):
    for one in (way, school):
        one.prepare()
        one.draft()
    assert "consider_package" in way.waits
    assert "sign_package" in school.waits


def test_the_council_sends_the_papers_back_and_its_remarks_are_read(way, play, college):
    way.prepare()
    way.draft()
    way.consider("rework", remarks="Нет порядка отбора")
    known = get_task(play.work(college.curator), play.find("draft_package", way.case_id).id).known
    assert (known["remarks"], known["act_link"]) == ("Нет порядка отбора", LINKS["act_link"])
    way.draft()
    way.consider()
    assert "sign_package" in way.waits


def test_the_head_returns_the_papers_with_remarks_and_signs_them_after_rework(school, play):
    school.prepare()
    school.draft()
    assert "remarks" in problems_of(school.do, "sign_package", decision="returned")
    school.do("sign_package", decision="returned", remarks="Срок дорожной карты мал")
    assert "draft_package" in school.waits
    school.draft()
    school.do("sign_package", **SIGNED)
    assert "amend_contract" in school.waits
    assert len(programmes.list_documents(play.work(), school.id, "act")) == 1


@pytest.mark.parametrize(
    ("roadmap", "problems"),
    [
        (lambda way: way.roadmap()[:6], {"roadmap": [Complaint("stage_without_measure", stage=7)]}),
        (
            lambda way: [*way.roadmap()[:6], {**way.roadmap()[6], "due_on": "2028-01-01"}],
            {
                "roadmap.6.due_on": [
                    Complaint("outside_of_programme", earliest=date(2026, 9, 1), latest=date(2027, 5, 31))
                ]
            },
        ),
    ],
)
def test_a_roadmap_covers_all_stages_within_the_programme(way, roadmap, problems):
    way.prepare()
    way.do("draft_package", **LINKS)
    assert problems_of(way.do, "make_roadmap", roadmap=roadmap(way)) == problems


def test_the_methodology_proposes_a_roadmap_for_the_days_of_the_programme(way, play, college):
    way.prepare()
    way.do("draft_package", **LINKS)
    known = get_task(play.work(college.curator), play.find("make_roadmap", way.case_id).id).known
    assert {row["stage"] for row in known["roadmap"]} == {str(number) for number in range(1, 8)}
    assert known["roadmap"][-1]["due_on"] == "2027-05-31"


def test_cfg_12_the_roadmap_says_when_a_stage_is_due(way, play):
    way.prepare()
    way.do("draft_package", **LINKS)
    way.do("make_roadmap", roadmap=way.roadmap("2026-12-15"))
    way.consider()
    way.sign_and_publish()
    way.announce_outside()
    way.do("close_stage_1", **RESULT)
    way.do("inform_families", told=[TOLD])
    way.do("choose_methods", methods=[{"name": "Шкала", "measures": "anxiety"}])
    due = play.find("organise_collection", way.case_id).due_at
    assert due == datetime(2026, 12, 15, 15, tzinfo=UTC)


def test_nobody_is_told_in_the_future(way):
    way.appoint()
    tomorrow = {**TOLD, "told_on": "2026-09-02"}
    assert "told.0.told_on" in problems_of(way.do, "inform_staff", told=[tomorrow], requests=[])
    assert problems_of(way.do, "inform_staff", told=[], requests=[]) == {
        "told": [Complaint("nobody_was_told")]
    }


@pytest.mark.parametrize(
    ("number", "complaint"),
    [
        (2, "mentee_base_empty"),
        (3, "mentor_base_empty"),
        (4, "no_mentor_ready"),
        (5, "no_pair_formed"),
    ],
)
def test_a_stage_without_its_result_is_not_closed(way, number, complaint):
    assert problems_of(pass_gate, way, number) == {"result": [Complaint(complaint)]}


def test_a_programme_goes_through_its_first_four_stages(way, play):
    way.stage_1()
    way.stage_2()
    way.stage_3()
    way.stage_4()
    assert [way.stage(number).closed_at is not None for number in range(1, 6)] == [True] * 4 + [False]
    assert "invite_helpers" in way.waits
    assert [(one.name, one.reply) for one in rows(play, Invitation, way.id)] == [("Ольга Синицына", "agreed")]
    kept = {one.activity for one in rows(play, MeasureResult, way.id)}
    assert kept >= {"choose_methods", "organise_collection", "set_criteria", "draw_up_training"}


def test_a_proposed_mentor_gets_an_intake(way, play, college):
    way.stage_1()
    way.stage_2()
    way.stage_3()
    assert way.mentor_entry().person_id == college.mentors[0].person_id
    assert "fill_mentor_profile" in play.waits(way.mentor_entry().case_id)


def test_somebody_proposed_for_two_forms_gets_one_intake_for_both(way, college):
    way.stage_1()
    way.stage_2()
    way.do("announce_start", told=[TOLD])
    row = {"person": str(college.mentors[0].person_id), "source": "learner"}
    rows = [{**row, "form": form} for form in way.forms]
    way.do("propose_mentors", candidates=rows)
    assert way.mentor_entry().forms == list(way.forms)


def test_an_agreement_with_a_partner_becomes_a_partner_and_a_contract(way, play):
    way.stage_1()
    way.stage_2()
    way.do("meet_audiences", told=[HEARD], interested=1)
    way.do("motivate_mentors", offered=["growth"], agreed=1)
    agreed = {"name": "Завод", "kind": "enterprise", "contract": "practice"}
    problems = problems_of(way.do, "agree_with_partners", partners=[agreed])
    assert set(problems) == {"partners.0.number", "partners.0.signed_on"}
    way.do("agree_with_partners", partners=[{**agreed, "number": "8", "signed_on": "2026-09-01"}])
    found = select(Partner.name, Contract.number).join(Contract, Contract.partner_id == Partner.id)
    assert play.session.execute(found).all() == [("Завод", "8")]


def test_stage_6_is_not_closed_while_a_pair_is_at_work(way):
    way.stage_1()
    way.stage_2()
    way.stage_3()
    pair_id = way.form_pair()
    assert problems_of(pass_gate, way, 6) == {"result": [Complaint("pairs_still_active", count=1)]}
    way.close_pair(pair_id)
    pass_gate(way, 6)
    assert way.stage(6).closed_at is not None


def test_a_programme_that_came_through_is_closed(way, play):
    place = Place(way.case_id, way.college.id, way.college.pack, "", ())
    gates.close(play.work(), place, programme_id=str(way.id))
    assert way.programme.status is ProgrammeStatus.CLOSED


@pytest.mark.parametrize(
    "name", sorted(name for name in READERS if name.startswith(("programmes.", "stages.")))
)
def test_a_reader_asks_few_questions_and_gives_what_it_names(way, play, database, name):
    way.stage_1()
    play.session.expire_all()
    reader = READERS[name]
    with _listening(database.engine) as heard:
        facts = reader.read(play.work(), way.case_id)
    assert isinstance(heard, Statements)
    assert len(heard.other) <= MOST_STATEMENTS_OF_A_READER
    assert set(facts) <= set(reader.gives)


def test_a_long_list_of_those_who_agreed_says_how_many_more_there_are(way, play, monkeypatch):
    monkeypatch.setattr(stages, "MOST_AGREED", 1)
    for mentor in play.college.mentors[:2]:
        propose_mentor(play.work(mentor), way.id, mentor.person_id, "pedagogue", ["teacher_learner"])
        give_consent(play.work(mentor), way.id, mentor.person_id, "publicity")
    facts = READERS["stages.agreed_to_publicity"].read(play.work(), way.case_id)
    assert [one["label"] for one in facts["agreed_people"]] == ["Артём Стрижов"]
    assert facts["agreed_more"] == 1


def test_measures_leave_one_entry_each(way, play):
    way.stage_1()
    activities = select(func.count()).select_from(Announcement).where(Announcement.programme_id == way.id)
    assert play.session.scalar(activities) == 2
