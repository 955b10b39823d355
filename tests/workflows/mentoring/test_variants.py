"""What differs between organisations is in the tables of the pack: other rows, another conduct."""

import pytest
from sqlalchemy import select

from models.pairs import Pair
from models.programmes import MentoringForm
from tests.workflows.mentoring.bases import MAP, apply, bring_into_base, entry_of, open_programme, propose
from tests.workflows.mentoring.conftest import PACK
from tests.workflows.mentoring.programme_way import Way
from tests.workflows.mentoring.waiting import Cohort, learners
from workflows.operations import packs
from workflows.operations.mentees import apply_as_mentee
from workflows.operations.mentors import propose_mentor
from workflows.pack_files import read_source
from workflows.queries.definitions import load_pack
from workflows.refusals import Invalid

VARIANTS = ("college", "school")


def decide(play, table, **facts):
    definitions = load_pack(play.work(), play.college.pack.pack_version_id).definitions
    return definitions.decide(table, facts, now=play.clock())


def forms_of(play, way):
    return set(play.session.scalars(select(MentoringForm.code).where(MentoringForm.programme_id == way.id)))


@pytest.mark.parametrize("variant", VARIANTS)
def test_cfg_03_students_do_not_guide_pupils_where_the_variant_has_no_such_form(play, variant):
    way = Way(play, variant)
    assert "student_pupil" not in forms_of(play, way)
    mentee = play.college.mentees[0]
    with pytest.raises(Invalid):
        apply_as_mentee(play.work(mentee), way.id, mentee.person_id, "student_pupil")


def test_cfg_03_a_row_of_the_table_brings_students_to_pupils(play):
    files = read_source(PACK)
    told = files["programme_rules.dmn"].decode()
    changed = told.replace('"employer_learner"', '"student_pupil"')
    assert changed != told
    files["programme_rules.dmn"] = changed.encode()
    packs.install_pack(play.work(play.college.administrator), play.college.id, files)
    assert "student_pupil" in forms_of(play, Way(play, "college"))


def test_cfg_04_employers_guide_learners_of_a_college_and_not_of_a_school(play):
    college, school = Way(play), Way(play, "school")
    mentor = play.college.mentors[0]
    propose_mentor(play.work(mentor), college.id, mentor.person_id, "partner", ["employer_learner"])
    with pytest.raises(Invalid):
        propose_mentor(play.work(mentor), school.id, mentor.person_id, "partner", ["employer_learner"])


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize(("source", "is_fit"), [("pedagogue", True), ("partner", False)])
def test_cfg_05_teachers_of_the_house_guide_learners(play, variant, source, is_fit):
    found = decide(play, "eligibility", variant=variant, form="teacher_learner", source=source)
    assert found["is_allowed"] is is_fit


def test_cfg_06_the_roles_chosen_for_a_mentee_are_kept(play):
    entry_id, _case_id = bring_into_base(play, open_programme(play))
    assert entry_of(play, entry_id).role_model == MAP["role_model"]


def test_cfg_06_equals_are_paired_only_when_their_roles_say_so(play):
    free = Cohort(play)
    free.add_form("learner_learner")
    (own, *_), _theirs = learners(free, mentees=1, mentors=1)
    own.study_level, own.role_model = 3, "equal"
    play.session.flush()
    free.choose(own, _theirs[0])
    case_id = free.begin()
    play.fill("plan_general_meeting", case_id)
    play.pass_days(1)
    play.fill("record_attendance", case_id, absent=[])
    play.do("close_choices", case_id, closes=True)
    play.do("review_proposals", case_id, decision="approve")
    play.fill("decide_as_curator", case_id, refused=[])
    assert play.session.scalars(select(Pair.role_model)).one() == "equal"


def test_cfg_13_both_variants_go_through_the_same_seven_stages(play):
    def stages(way):
        way.appoint()
        return [way.stage(number) is not None for number in range(1, 8)]

    assert stages(Way(play)) == stages(Way(play, "school"))
    rows = decide(play, "roadmap_template", variant="college")
    assert {one["stage"] for one in rows} == set(range(1, 8))


@pytest.mark.parametrize("variant", VARIANTS)
def test_cfg_19_the_ages_are_numbers_of_a_table(play, variant):
    learners_rule = decide(play, "entry_rules", variant=variant, form="learner_learner")
    teachers_rule = decide(play, "entry_rules", variant=variant, form="teacher_teacher")
    assert (learners_rule["least_age"], teachers_rule["least_age"]) == (10, 18)


@pytest.mark.parametrize("variant", VARIANTS)
def test_cfg_22_the_curator_of_the_organisation_keeps_both_bases(play, variant):
    programme = open_programme(play, variant)
    _, mentee_case = apply(play, programme)
    play.fill("fill_request", mentee_case, wants_to_join="yes", born_on="2006-01-03")
    play.fill("sign_consents", mentee_case, participation="yes", personal_data="yes")
    play.fill("assess_person", mentee_case)
    play.fill("assess_studies", mentee_case)
    assert play.find("map_request", mentee_case).role == "curator"
    _, mentor_case = propose(play, programme)
    play.fill(
        "fill_mentor_profile",
        mentor_case,
        wants_to_join="yes",
        born_on="1990-01-03",
        experience_years=9,
        mentee_age_from=14,
        mentee_age_to=20,
    )
    play.fill("sign_consents", mentor_case, participation="yes", personal_data="yes")
    play.fill("tell_about_yourself", mentor_case)
    assert play.find("record_interview", mentor_case).role in ("curator", "psychologist")
