"""The festival: points by the scheme, votes of the jury, awards by the catalogue."""

from collections.abc import Mapping

import pytest
from sqlalchemy import func, select

from models.awards import Award, AwardPoint, Festival, JuryVote
from models.tasks import Task, TaskStatus
from tests.workflows.mentoring import conftest
from tests.workflows.mentoring.bases import guard
from tests.workflows.mentoring.conftest import PACK
from tests.workflows.mentoring.ends import (
    agree_to_publicity,
    come_to_festival,
    make_pair,
    make_programme,
    meet,
    reach_goal,
)
from workflows.operations import packs
from workflows.operations.awards import give_points
from workflows.operations.jury import vote
from workflows.operations.tasks import complete_task
from workflows.queries.readings import READERS, read_facts
from workflows.queries.readings import awards as readings_of_awards
from workflows.queries.readings.options import listed
from workflows.records import awards
from workflows.refusals import Conflict, Invalid, NotFound, Refusal

PLAN = {"held_on": "2026-12-20", "place": "Актовый зал", "audiences": ["learners", "partners"]}
OVER = {"guests": 80, "story": "Было тепло."}


def _festival(play, college, variant="college", pairs=2, jury=(), source="learner"):
    programme = make_programme(play, college, variant)
    made = [make_pair(play, college, programme, n, source=source) for n in range(pairs)]
    for pair in made:
        agree_to_publicity(play, programme, pair.mentor, pair.mentee)
    case_id = come_to_festival(play, college, programme)
    shown = [str(one.id) for one in made]
    play.do("plan_festival", case_id, **PLAN, pairs=shown, jury=[str(one.person_id) for one in jury])
    return programme, made, case_id


def _total(play, programme, pair):
    return next((one for one in awards.rank(play.work(), programme.id) if one["pair_id"] == pair.id), None)


def test_festival_goes_from_the_plan_to_the_story_of_the_day(play, college):
    programme, made, case_id = _festival(play, college, jury=[college.methodist, college.psychologist])
    rows = [{"pair": str(made[0].id), "points": 9}, {"pair": str(made[1].id), "points": 5}]
    for judge in (college.methodist, college.psychologist):
        task = next(one for one in _tasks(play, "vote") if one.assignee_id == judge.person_id)
        complete_task(play.work(judge), task.id, {"votes": rows})
    award = {"who": f"pair:{made[0].id}", "kind": "diploma", "reason": "Лучшая пара года"}
    play.do("grant_awards", case_id, awards=[award], words="Спасибо вам!")
    play.do("record_festival", case_id, **OVER, address="https://kolledzh.example/festival")
    assert "record_festival" not in play.waits(case_id)
    festival = play.session.scalars(select(Festival)).one()
    assert (festival.guests, festival.audiences) == (80, ["learners", "partners"])
    assert awards.rank(play.work(), programme.id)[0]["votes"] == 18


def _tasks(play, element):
    wanted = select(Task).where(Task.element == element, Task.status == TaskStatus.OPEN)
    return play.session.scalars(wanted).all()


def test_late_votes_are_not_waited_for(play, college):
    _, _, case_id = _festival(play, college, jury=[college.methodist])
    play.pass_days(11)
    assert play.waits(case_id) == {"grant_awards"}


def test_the_sheet_of_the_jury_says_how_many_pairs_it_cannot_hold(play, college, monkeypatch):
    monkeypatch.setattr(readings_of_awards, "MOST_ROWS", 1)
    _, _, case_id = _festival(play, college, jury=[college.methodist])
    facts = read_facts(play.work(), ["awards.sheet"], case_id)
    assert (len(facts["votes"]), facts["not_listed"]) == (1, 1)


def test_a_list_of_a_form_holds_so_many_and_counts_the_rest():
    assert listed(range(1100)) == (range(1000), 100)
    assert listed(range(3)) == (range(3), 0)


def test_a_pair_without_consent_is_not_presented(play, college):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme)
    case_id = come_to_festival(play, college, programme)
    assert READERS["awards.plan"].read(play.work(), case_id)["pairs_to_show"] == []
    with pytest.raises(Invalid):
        play.do("plan_festival", case_id, **PLAN, pairs=[str(pair.id)], jury=[])


def test_points_come_from_what_the_system_saw_and_what_people_told(play, college):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme)
    meet(play, pair, college, "working", "working", "final")
    reach_goal(play, pair)
    give_points(play.work(college.curator), pair.id, "contest", note="Олимпиада")
    case_id = come_to_festival(play, college, programme)
    play.do("plan_festival", case_id, **PLAN, pairs=[], jury=[])
    assert _total(play, programme, pair)["points"] == 3 * 1 + 5 + 5


def test_counting_again_gives_the_same_points(play, college):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme)
    meet(play, pair, college, "working")
    scheme = [{"activity": "meeting", "points": 4, "most": 100}]
    for _ in range(2):
        awards.count_points(play.work(), programme.id, scheme)
    assert _total(play, programme, pair)["points"] == 4


def _changed(files: Mapping[str, bytes], old: str, new: str) -> dict[str, bytes]:
    table = files["award_scheme.dmn"].decode()
    assert old in table
    return {**files, "award_scheme.dmn": table.replace(old, new, 1).encode()}


def test_points_change_with_the_scheme_of_the_pack(play, college):
    files = conftest.read_source(PACK)
    changed = _changed(files, "<text>1</text>", "<text>7</text>")
    packs.install_pack(play.work(college.administrator), college.id, changed)
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme)
    meet(play, pair, college, "working")
    case_id = come_to_festival(play, college, programme)
    play.do("plan_festival", case_id, **PLAN, pairs=[], jury=[])
    assert _total(play, programme, pair)["points"] == 7


def test_only_those_who_lead_note_achievements(play, college):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme)
    with pytest.raises(NotFound):
        give_points(play.work(college.mentors[0]), pair.id, "contest")
    give_points(play.work(college.curator), pair.id, "contest")
    assert play.session.scalar(select(func.count()).select_from(AwardPoint)) == 1


def test_a_member_of_the_jury_votes_once_for_a_pair(play, college):
    _, made, _ = _festival(play, college, jury=[college.methodist])
    judge = play.work(college.methodist)
    vote(judge, made[0].id, 8)
    with pytest.raises(Conflict):
        vote(judge, made[0].id, 10)
    assert play.session.scalars(select(JuryVote.points)).all() == [8]


def test_a_second_vote_on_the_sheet_is_refused_too(play, college):
    _, made, case_id = _festival(play, college, jury=[college.methodist])
    vote(play.work(college.methodist), made[0].id, 8)
    with pytest.raises(Conflict):
        play.do("vote", case_id, votes=[{"pair": str(made[0].id), "points": 1}])
    play.do("vote", case_id, votes=[{"pair": str(made[1].id), "points": 1}])


def test_nobody_judges_a_pair_of_their_own(play, college):
    _, made, case_id = _festival(play, college, jury=[college.mentors[0]])
    with pytest.raises(Conflict):
        vote(play.work(college.mentors[0]), made[0].id, 10)
    with pytest.raises(Invalid):
        play.do("vote", case_id, votes=[{"pair": str(made[0].id), "points": 10}])
    play.do("vote", case_id, votes=[{"pair": str(made[1].id), "points": 6}])


def test_whoever_is_not_in_the_jury_does_not_vote(play, college):
    _, made, _ = _festival(play, college, jury=[college.methodist])
    for actor in (college.mentees[0], college.mentors[1]):
        with pytest.raises(Refusal):
            vote(play.work(actor), made[0].id, 5)


@pytest.mark.parametrize("points", [-1, 11])
def test_votes_stay_between_nothing_and_ten(play, college, points):
    _, made, _ = _festival(play, college, jury=[college.methodist])
    with pytest.raises(Invalid):
        vote(play.work(college.methodist), made[0].id, points)


def _grant(play, case_id, who, kind, **more):
    play.do("grant_awards", case_id, awards=[{"who": who, "kind": kind, "reason": "За год работы"} | more])


def test_the_same_award_is_not_given_twice_to_the_same_pair(play, college):
    _, made, case_id = _festival(play, college)
    award = {"who": f"pair:{made[0].id}", "kind": "diploma", "reason": "Лучшая пара года"}
    with pytest.raises(Invalid) as refused:
        play.do("grant_awards", case_id, awards=[award, award | {"reason": "За дружбу"}])
    assert {key: [one.key for one in said] for key, said in refused.value.problems.items()} == {
        "awards.1.who": ["awarded_twice"]
    }
    other = award | {"who": f"pair:{made[1].id}"}
    play.do("grant_awards", case_id, awards=[award, other])
    assert play.session.scalar(select(func.count()).select_from(Award)) == 2


def test_cfg_20_each_category_has_awards_of_its_own(play, college):
    _, made, case_id = _festival(play, college)
    learner = f"person:{made[0].mentor}"
    with pytest.raises(Invalid):
        _grant(play, case_id, learner, "bonus")
    with pytest.raises(Invalid):
        _grant(play, case_id, learner, "partner_letter")
    _grant(play, case_id, learner, "certificate_of_honour")
    award = play.session.scalars(select(Award)).one()
    assert (award.person_id, award.kind, award.number) == (made[0].mentor, "certificate_of_honour", "1")


def test_cfg_20_material_rewards_exist_only_where_the_catalogue_has_them(play, college):
    _, made, case_id = _festival(play, college, source="pedagogue")
    _grant(play, case_id, f"person:{made[0].mentor}", "bonus", number="5-к")
    assert play.session.scalars(select(Award.number)).one() == "5-к"


def test_cfg_20_the_school_names_no_material_rewards(play, college):
    _, made, case_id = _festival(play, college, "school", source="pedagogue")
    with pytest.raises(Invalid):
        _grant(play, case_id, f"person:{made[0].mentor}", "bonus")


def test_partners_get_letters_of_their_own(play, college):
    _, made, case_id = _festival(play, college, source="partner")
    _grant(play, case_id, f"person:{made[0].mentor}", "partner_letter")
    assert play.session.scalars(select(Award.kind)).one() == "partner_letter"


def test_a_teacher_who_had_a_mentor_gets_what_is_meant_for_the_staff(play, college):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme, source="pedagogue", form="teacher_teacher")
    case_id = come_to_festival(play, college, programme)
    play.do("plan_festival", case_id, **PLAN, pairs=[], jury=[])
    with pytest.raises(Invalid):
        _grant(play, case_id, f"person:{pair.mentee}", "certificate_of_honour")
    _grant(play, case_id, f"person:{pair.mentee}", "staff_gratitude")
    assert play.session.scalars(select(Award.person_id)).one() == pair.mentee


def test_guardians_of_mentees_and_of_mentors_who_learn_are_thanked(play, college):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme)
    guard(play, pair.mentee, college.guardian.person_id)
    guard(play, pair.mentor, college.tutor.person_id)
    case_id = come_to_festival(play, college, programme)
    offered = READERS["awards.rating"].read(play.work(), case_id)["people_to_award"]
    parents = {one["value"] for one in offered if one["category"] == "parent"}
    assert parents == {f"person:{one.person_id}" for one in (college.guardian, college.tutor)}
