"""Pairs come about: the system proposes, people decide."""

import uuid

import pytest
from sqlalchemy import select

from models.bases import EntryStatus
from models.journal import JournalEntry
from models.organisations import Organisation, OrganisationKind
from models.pairing import Avoidance, MarkKind, Proposal, ProposalRun
from models.people import Guardianship
from tests.workflows.mentoring.ends_reached import PACK
from tests.workflows.mentoring.waiting import Cohort, learners
from workflows.matching import Rules, list_alternatives
from workflows.operations import packs, pairing
from workflows.operations.organisations import add_organisation
from workflows.operations.people import add_person, grant_membership
from workflows.pack_files import read_source
from workflows.queries.pairing import get_pairing, list_candidates
from workflows.queries.people import get_actor_of_person
from workflows.records import cohorts
from workflows.records.avoidances import avoid
from workflows.refusals import Conflict, Forbidden, Invalid, NotFound


@pytest.fixture
def cohort(play):
    """A programme of the college whose bases are filled by the test."""
    return Cohort(play)


@pytest.fixture
def free(play):
    """A programme whose curator appoints pairs without choices."""
    made = Cohort(play, "school")
    made.add_form("learner_learner")
    return made


def test_a_proposal_has_reasons_and_names_who_is_left_over_with_why(cohort):
    one, other = cohort.mentee(0, problems=["low_results"]), cohort.mentee(1)
    mentor = cohort.mentor(0, helps_with=["low_results"])
    cohort.choose(one, mentor)
    pairing.propose_pairs(cohort.work(), cohort.programme.id)
    (view,) = get_pairing(cohort.work(), cohort.programme.id).proposals
    assert (view.mentee_entry_id, view.mentor_entry_id) == (one.id, mentor.id)
    assert [reason["code"] for reason in view.reasons] == ["mutual_choice", "helps_with"]
    assert cohort.left() == {other.id: ["all_not_chosen"]}


def test_rule_14_nobody_is_paired_with_somebody_they_did_not_choose_where_the_route_asks_for_it(cohort):
    one, mentor = cohort.mentee(0), cohort.mentor(0)
    cohort.choose(one, mentor, by=("mentee",))
    pairing.propose_pairs(cohort.work(), cohort.programme.id)
    assert cohort.proposed() == set()
    with pytest.raises(Invalid) as refused:
        pairing.pin(cohort.work(), cohort.programme.id, one.id, mentor.id)
    assert refused.value.problems["mentor_entry_id"][0].key == "cannot_pin_not_chosen"


def test_a_pin_stays_and_the_rest_is_arranged_around_it(free):
    (one, other), (first, second) = learners(free)
    pairing.pin(free.work(), free.programme.id, one.id, second.id)
    assert free.proposed() == {(one.id, second.id), (other.id, first.id)}
    pairing.pin(free.work(), free.programme.id, one.id, second.id)
    assert len(get_pairing(free.work(), free.programme.id).marks) == 1


def test_what_is_forbidden_does_not_come_again_until_it_is_taken_back(free):
    (one,), (first,) = learners(free, 1, 1)
    pairing.forbid(free.work(), free.programme.id, one.id, first.id)
    assert free.proposed() == set()
    assert free.left()[one.id] == ["all_forbidden"]
    pairing.unmark(free.work(), free.programme.id, one.id, first.id)
    assert free.proposed() == {(one.id, first.id)}
    pairing.unmark(free.work(), free.programme.id, one.id, first.id)
    assert free.proposed() == {(one.id, first.id)}


def test_a_mentee_is_moved_and_the_other_takes_the_place(free):
    (one, other), (first, second) = learners(free)
    pairing.pin(free.work(), free.programme.id, one.id, first.id)
    pairing.move(free.work(), free.programme.id, one.id, from_mentor_id=first.id, to_mentor_id=second.id)
    assert free.proposed() == {(one.id, second.id), (other.id, first.id)}


def test_nobody_is_moved_to_the_same_mentor(free):
    (one,), (first,) = learners(free, 1, 1)
    with pytest.raises(Invalid):
        pairing.move(free.work(), free.programme.id, one.id, from_mentor_id=first.id, to_mentor_id=first.id)


def test_more_cannot_be_pinned_to_a_mentor_than_there_is_room_for(free):
    (one, other), (first,) = learners(free, 2, 1)
    pairing.pin(free.work(), free.programme.id, one.id, first.id)
    with pytest.raises(Invalid) as refused:
        pairing.pin(free.work(), free.programme.id, other.id, first.id)
    assert refused.value.problems["mentor_entry_id"][0].key == "mentor_has_no_room"


def test_a_mentee_is_pinned_to_one_mentor_only(free):
    (one,), (first, second) = learners(free, 1, 2)
    pairing.pin(free.work(), free.programme.id, one.id, first.id)
    with pytest.raises(Invalid) as refused:
        pairing.pin(free.work(), free.programme.id, one.id, second.id)
    assert refused.value.problems["mentor_entry_id"][0].key == "mentee_is_pinned_already"


def test_rule_11_a_mentee_may_have_several_mentors_and_a_mentor_several_mentees(free):
    own = [free.mentee(n, "learner_learner", study_level=1, most_mentors=2) for n in range(2)]
    theirs = [free.mentor(n, ("learner_learner",), study_level=3, capacity=2) for n in range(2)]
    pairing.propose_pairs(free.work(), free.programme.id)
    assert free.proposed() == {(a.id, b.id) for a in own for b in theirs}


def test_rule_12_a_group_has_a_mentor_and_at_least_two_mentees(free):
    own, theirs = learners(free, 3, 2, capacity=3)
    pairing.propose_pairs(free.work(), free.programme.id, groups=["learner_learner"])
    assert len({mentor for _mentee, mentor in free.proposed()}) == 1
    run = get_pairing(free.work(), free.programme.id)
    assert {one.type for one in run.proposals} == {"group"}
    pairing.forbid(free.work(), free.programme.id, own[0].id, theirs[0].id)
    assert get_pairing(free.work(), free.programme.id).run.groups == ["learner_learner"]


def test_rule_13_a_young_specialist_comes_before_a_colleague_of_long_standing(cohort):
    cohort.add_form("teacher_teacher")
    old = cohort.mentee(0, "teacher_teacher", experience_years=9)
    young = cohort.mentee(1, "teacher_teacher", experience_years=2)
    mentor = cohort.mentor(0, ("teacher_teacher",), experience_years=20)
    cohort.choose(old, mentor)
    cohort.choose(young, mentor)
    pairing.propose_pairs(cohort.work(), cohort.programme.id)
    assert cohort.proposed() == {(young.id, mentor.id)}


def test_rule_19_a_learner_mentor_stands_on_a_higher_level_unless_they_are_equals(free):
    one = free.mentee(0, "learner_learner", study_level=3)
    mentor = free.mentor(0, ("learner_learner",), study_level=2)
    pairing.propose_pairs(free.work(), free.programme.id)
    assert free.left()[one.id] == ["all_level_not_higher"]
    one.role_model = "equal"
    pairing.propose_pairs(free.work(), free.programme.id)
    assert free.proposed() == {(one.id, mentor.id)}


def test_rule_20_a_parent_is_never_mentor_of_the_own_child(cohort):
    cohort.add_form("partner_learner")
    one = cohort.mentee(0, "partner_learner")
    parent = cohort.mentor(0, ("partner_learner",), source="parent")
    cohort.session.add(
        Guardianship(id=uuid.uuid4(), child_id=one.person_id, guardian_id=parent.person_id, kin="мама")
    )
    cohort.choose(one, parent)
    pairing.propose_pairs(cohort.work(), cohort.programme.id)
    assert cohort.left()[one.id] == ["all_own_child"]
    with pytest.raises(Invalid):
        pairing.pin(cohort.work(), cohort.programme.id, one.id, parent.id)


def test_who_parted_is_not_paired_again(free):
    (one,), (first,) = learners(free, 1, 1)
    free.session.add(
        Avoidance(
            id=uuid.uuid4(),
            organisation_id=free.college.id,
            mentor_person_id=first.person_id,
            mentee_person_id=one.person_id,
            noted_at=free.play.clock(),
        )
    )
    pairing.propose_pairs(free.work(), free.programme.id)
    assert free.left()[one.id] == ["all_kept_apart"]


def test_who_is_to_be_kept_apart_is_so_in_every_organisation(free):
    (one,), (first,) = learners(free, 1, 1)
    elsewhere = add_organisation(free.play.work(), "Школа у реки")
    for organisation_id in (elsewhere, free.college.id):
        avoid(free.work(), organisation_id, [(first.person_id, one.person_id)], "Родня")
    assert free.session.scalars(select(Avoidance.organisation_id)).all() == [elsewhere]
    pairing.propose_pairs(free.work(), free.programme.id)
    assert free.left()[one.id] == ["all_kept_apart"]


def test_progress_is_told(free):
    learners(free)
    heard = []
    pairing.propose_pairs(free.work(), free.programme.id, progress=lambda _share, step: heard.append(step))
    assert heard == ["scoring", "assigning", "explaining", "done"]


def test_a_proposal_nobody_decided_on_gives_way_to_the_next(free):
    learners(free)
    for _ in range(3):
        pairing.propose_pairs(free.work(), free.programme.id)
    assert len(list(free.session.scalars(select(ProposalRun)))) == 1
    assert len(list(free.session.scalars(select(Proposal)))) == 2


@pytest.mark.parametrize("role", ["mentors", "mentees"])
def test_mentors_and_mentees_do_not_learn_who_is_proposed_to_whom(free, role):
    learners(free)
    outsider = free.play.work(getattr(free.college, role)[0])
    with pytest.raises(NotFound):
        get_pairing(outsider, free.programme.id)
    with pytest.raises(NotFound):
        pairing.propose_pairs(outsider, free.programme.id)


def test_an_administrator_sees_the_proposals_and_leaves_them_to_the_curator(free):
    (one,), (first,) = learners(free, 1, 1)
    administrator = free.play.work(free.college.administrator)
    assert get_pairing(administrator, free.programme.id).run is None
    with pytest.raises(Forbidden):
        pairing.pin(administrator, free.programme.id, one.id, first.id)


def test_a_curator_of_another_organisation_finds_nothing(free, work):
    elsewhere = add_organisation(work, "Лицей", OrganisationKind.ORGANISATION)
    place = work.session.get_one(Organisation, elsewhere)
    person = add_person(work, place.id, "Лидия Перепёлкина")
    grant_membership(work, person, place.id, "curator")
    stranger = free.play.work(get_actor_of_person(work.session, person, work.now()))
    (one,), (first,) = learners(free, 1, 1)
    for act in (pairing.pin, pairing.forbid, pairing.unmark):
        with pytest.raises(NotFound):
            act(stranger, free.programme.id, one.id, first.id)


def test_people_of_another_programme_cannot_be_pinned(free, play):
    (one,), _mentors = learners(free, 1, 1)
    other = Cohort(play, "school").mentor(1, ("learner_learner",), study_level=3)
    with pytest.raises(NotFound):
        pairing.pin(free.work(), free.programme.id, one.id, other.id)


def test_whoever_is_left_over_has_candidates_without_having_chosen(cohort):
    one, fit = cohort.mentee(0, problems=["low_results"]), cohort.mentor(0, helps_with=["low_results"])
    other = cohort.mentor(1)
    found = list_candidates(cohort.work(), one.id)
    assert [uuid.UUID(each.mentor) for each in found] == [fit.id, other.id]


def test_nobody_waits_and_the_case_says_so(cohort):
    case_id = cohort.begin()
    assert cohort.play.is_over(case_id)


def test_the_curator_appoints_after_talks_and_the_pairs_begin(free):
    (one, other), (first, second) = learners(free)
    case_id = free.begin()
    assert free.play.waits(case_id) == {"record_talks"}
    free.play.do(
        "record_talks", case_id, talks=[{"mentee": str(one.id), "mentor": str(second.id), "said": "both"}]
    )
    assert free.proposed() == {(one.id, second.id), (other.id, first.id)}
    free.play.do("review_proposals", case_id, decision="approve")
    free.play.do("decide_as_curator", case_id, decided_on="2026-09-01")
    assert free.play.is_over(case_id)
    assert len(free.pairs()) == 2
    assert free.status(one) is EntryStatus.MATCHED


def test_talks_name_two_people_once(free):
    (one,), (first,) = learners(free, 1, 1)
    case_id = free.begin()
    talk = {"mentee": str(one.id), "mentor": str(first.id), "said": "both"}
    with pytest.raises(Invalid) as refused:
        free.play.do("record_talks", case_id, talks=[talk, talk])
    assert "talks.1.mentor" in refused.value.problems


def test_the_curator_takes_pairs_out_and_the_rest_is_proposed_anew(free):
    (one, other), (first, second) = learners(free)
    case_id = free.begin()
    free.play.do(
        "record_talks", case_id, talks=[{"mentee": str(one.id), "mentor": str(first.id), "said": "both"}]
    )
    wrong = next(
        p for p in get_pairing(free.work(), free.programme.id).proposals if p.mentor_entry_id == first.id
    )
    free.play.do("review_proposals", case_id, unfit=[str(wrong.id)], decision="approve")
    assert free.play.waits(case_id) == {"review_proposals"}
    assert free.proposed() == {(one.id, second.id), (other.id, first.id)}
    keep = [str(one.id) for one in get_pairing(free.work(), free.programme.id).proposals]
    with pytest.raises(Invalid):
        free.play.do("review_proposals", case_id, keep=keep, unfit=keep, decision="again")


def test_rule_12_groups_are_formed_with_one_mentor(free):
    own, theirs = learners(free, 3, 1, capacity=3)
    talk = {"mentee": str(own[0].id), "mentor": str(theirs[0].id), "said": "both"}
    case_id = free.begin()
    free.play.do("record_talks", case_id, talks=[talk])
    free.play.do("review_proposals", case_id, groups=["learner_learner"], decision="again")
    free.play.do("review_proposals", case_id, groups=["learner_learner"], decision="approve")
    free.play.do("decide_as_curator", case_id, decided_on="2026-09-01")
    (group,) = free.pairs()
    assert group.type == "group"
    assert free.members(group, "mentee") == {one.person_id for one in own}


@pytest.mark.parametrize(("least", "sizes"), [(2, [2]), (3, [1, 1])])
def test_rule_12_the_table_says_how_many_make_a_group(free, least, sizes):
    files = read_source(PACK)
    table = files["matching_rules.dmn"].decode()
    row = 'id="matching_rules_appointed_least_mentees">\n          <text>2<'
    files["matching_rules.dmn"] = table.replace(row, row.replace("2<", f"{least}<")).encode()
    assert least == 2 or files["matching_rules.dmn"].decode() != table
    packs.install_pack(free.play.work(free.college.administrator), free.college.id, files)
    own, theirs = learners(free, 3, 1, capacity=3)
    talk = {"mentee": str(own[0].id), "mentor": str(theirs[0].id), "said": "both"}
    case_id = free.begin()
    free.play.do("record_talks", case_id, talks=[talk])
    free.play.do("review_proposals", case_id, groups=["learner_learner"], decision="again")
    free.play.do("review_proposals", case_id, groups=["learner_learner"], decision="approve")
    refused = get_pairing(free.work(), free.programme.id).proposals[0].id
    answers = {"refused": [str(refused)], "refused_because": "Живёт далеко."}
    free.play.do("decide_as_curator", case_id, decided_on="2026-09-01", **answers)
    assert [len(free.members(one, "mentee")) for one in free.pairs()] == sizes
    assert {one.type for one in free.pairs()} == {"group" if least == 2 else "pair"}


def test_while_others_decide_nothing_is_moved(free):
    (one,), (first,) = learners(free, 1, 1)
    case_id = free.begin()
    talk = {"mentee": str(one.id), "mentor": str(first.id), "said": "both"}
    free.play.do("record_talks", case_id, talks=[talk])
    free.play.do("review_proposals", case_id, decision="approve")
    with pytest.raises(Conflict) as refused:
        pairing.forbid(free.work(), free.programme.id, one.id, first.id)
    assert refused.value.key == "pairing_is_being_decided"


def test_what_the_curator_says_is_in_the_journal_once(free):
    (one,), (first,) = learners(free, 1, 1)
    for _ in range(2):
        pairing.pin(free.work(), free.programme.id, one.id, first.id)
    pairing.unmark(free.work(), free.programme.id, one.id, first.id)
    acts = free.session.scalars(
        select(JournalEntry.act).where(JournalEntry.act.like("pairing.%")).order_by(JournalEntry.id)
    )
    written = [act for act in acts if act != "pairing.proposed"]
    assert written == ["pairing.pinned", "pairing.unmarked"]


def test_whom_a_mentee_might_have_instead_is_told_with_what_stands_in_the_way(free):
    (one,), (first, second, third) = learners(free, 1, 3)
    second.study_level, third.helps_with, one.problems = 1, ["low_results"], ["low_results"]
    free.session.flush()
    cohort = cohorts.gather(free.work(), free.programme)
    rules = {"learner_learner": Rules.read({"higher_level": True})}
    found = list_alternatives(cohort, rules, [str(one.id)])[str(one.id)]
    assert [(uuid.UUID(each.mentor), each.obstacle) for each in found] == [
        (third.id, None),
        (first.id, None),
        (second.id, "level_not_higher"),
    ]


def test_the_last_word_is_taken_back_and_what_stood_before_stands_again(free):
    (one, _other), (first, second) = learners(free)
    pairing.pin(free.work(), free.programme.id, one.id, first.id)
    free.play.clock.advance(minutes=1)
    at = free.play.clock()
    pairing.move(free.work(), free.programme.id, one.id, from_mentor_id=first.id, to_mentor_id=second.id)
    free.play.clock.advance(minutes=1)
    pairing.undo(free.work(), free.programme.id, at)
    standing = {
        (mark.mentor_entry_id, mark.kind) for mark in get_pairing(free.work(), free.programme.id).marks
    }
    assert standing == {(first.id, MarkKind.PINNED)}
    assert (one.id, first.id) in free.proposed()
    with pytest.raises(Conflict) as refused:
        pairing.undo(free.work(), free.programme.id, at)
    assert refused.value.key == "last_act_is_another"


def test_what_was_said_before_proposals_were_handed_on_is_not_taken_back(free):
    (one,), (first,) = learners(free, 1, 1)
    case_id = free.begin()
    talk = {"mentee": str(one.id), "mentor": str(first.id), "said": "both"}
    free.play.do("record_talks", case_id, talks=[talk])
    at = free.play.clock()
    pairing.pin(free.work(), free.programme.id, one.id, first.id)
    free.play.clock.advance(minutes=1)
    free.play.do("review_proposals", case_id, decision="approve")
    free.play.do("decide_as_curator", case_id, decided_on="2026-09-01")
    with pytest.raises(Conflict):
        pairing.undo(free.work(), free.programme.id, at)
