"""The habits of the invented people for the tasks of the target model, task by task."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from workflows.demonstration.habits import (
    Habit,
    NotYet,
    Turn,
    all_of,
    both,
    fixed,
    in_days,
    mostly,
)

LAST_MEETINGS = 215
"""The day of the year after which pairs come to their end."""
STAFF_IS_DONE = 245
SIDE_BY_SIDE = frozenset(
    {
        *("mentee_admission", "mentee_baseline", "consents", "choice", "survey", "support_contacts"),
        *("mentor_admission", "mentor_selection", "mentor_training", "practice", "pair_silence"),
        *("pair_acquaintance", "pair_trial", "pair_planning", "pair_meetings", "pair_final"),
        *("mentee_intake", "mentor_intake", "pair", "support", "check_renewal", "concern"),
    }
)
"""Processes of one person or one pair: what is done in one of them concerns no other."""
BY_FORM = frozenset({"unmatched_support", "mentor_search", "approval"})
"""Processes in which mentees compete for the mentors of their form, and with nobody else."""
RULES = ["code", "terms", "confidentiality", "exceptions", "honesty", "boundaries"]


def choose_partners(turn: Turn) -> Mapping[str, Any]:
    """Like some of those one has met, one of them most."""
    met = turn.values("met")
    liked = turn.chance.sample(met, min(3, len(met)))
    return dict(zip(("first", "second", "third"), liked, strict=False))


def go_on_searching(turn: Turn) -> Mapping[str, Any]:
    """Take the first candidate; without any, look on until the year is nearly over."""
    candidates = turn.values("candidate_choices")
    if candidates and turn.day < LAST_MEETINGS - 110:
        return {"outcome": "found", "mentor": candidates[0], "mentee_agrees": True, "mentor_agrees": True}
    if turn.day < LAST_MEETINGS:
        raise NotYet
    return {"outcome": "carried_over", "because": "Мест у наставников больше не было."}


def find_replacement(turn: Turn) -> Mapping[str, Any]:
    """Ask the first candidate, if there is one."""
    candidates = turn.values("candidates")
    return {"decision": "found", "mentor_entry_id": candidates[0]} if candidates else {"decision": "nobody"}


def record_meeting(turn: Turn) -> Mapping[str, Any]:
    """Meet on, until it has been enough or the year nears its end."""
    enough = turn.number >= turn.chance.randint(9, 16) or turn.day > LAST_MEETINGS
    in_person = turn.chance.random() < 0.8
    answers = {
        "contact": "in_person" if in_person else "video",
        "minutes": 60 + 5 * turn.chance.randint(0, 6),
        "came": turn.values("people"),
        "outcome": "final" if enough and _may_conclude(turn) else "next",
    }
    return {**answers, **in_days("next_on", 6, 13)(turn)}


def _may_conclude(turn: Turn) -> bool:
    earliest = turn.known.get("conclude_from")
    return not isinstance(earliest, str) or turn.now.date().isoformat() >= earliest


def talk(turn: Turn) -> Mapping[str, Any]:
    """Ask on the phone how things go."""
    said = ("Всё идёт по плану.", "Просят не менять день встреч.", "Устали перед сессией, но держатся.")
    today = turn.now.date().isoformat()
    return {"made_on": today, "channel": "phone", "summary": turn.chance.choice(said), "is_worried": False}


def award_the_best(turn: Turn) -> Mapping[str, Any]:
    """Give a diploma to each of the pairs that are proposed."""
    best = turn.known.get("awards") or []
    return {"awards": [{**row, "kind": "diploma", "reason": "Лучшая пара года"} for row in best]}


def list_wishes(turn: Turn) -> Mapping[str, Any]:
    """Wish five things; the first or second matters most."""
    return {"main_wish": turn.chance.randint(1, 2)}


def set_goals(turn: Turn) -> Mapping[str, Any]:
    """Aim at a day some months ahead."""
    goals = [
        {
            "result": turn.chance.choice(
                ("Выступить на конференции", "Сдать проект", "Подтянуть физику", "Собрать портфолио")
            ),
            "steps": "Выбрать тему\nСобрать материал\nПоказать наставнику",
            "due_on": (turn.now + timedelta(days=turn.chance.randint(45, 90))).date().isoformat(),
            "indicators": "Готовая работа и отзыв того, кто её видел",
        }
    ]
    more = {"came": turn.values("people"), "goals": goals, "schedule": "По вторникам после занятий"}
    return {**more, **in_days("until_on", 110, 150)(turn)}


def agree_plan(turn: Turn) -> Mapping[str, Any]:
    """Return some plans once."""
    if turn.number == 1 and turn.chance.random() < 0.1:
        return {"decision": "rework", "advice": "Добавьте, по чему станет видно движение."}
    return {"decision": "agreed"}


def show_checks(turn: Turn) -> Mapping[str, Any]:
    """Show every document that is asked for."""
    today = turn.now.date().isoformat()
    kinds = (turn.known.get("required") or {}).get("kinds") or []
    return {"checks": [{"kind": kind, "document": "№ 17", "issued_on": today} for kind in kinds]}


def came(turn: Turn) -> Mapping[str, Any]:
    """Everybody was there."""
    return {"came": turn.values("people")}


def record_final(turn: Turn) -> Mapping[str, Any]:
    """Finish; a few who have time go on for another cycle."""
    goes_on = turn.number == 1 and turn.day < 140 and turn.chance.random() < 0.5
    return {
        "came": turn.values("people"),
        "decision": "new_cycle" if goes_on else "finish",
        "full_cycle": turn.values("mentees_to_mark"),
        "prepares_case": turn.chance.random() < 0.3,
    }


def hold_interview(turn: Turn) -> Mapping[str, Any]:
    """See most of the principles in most of the candidates."""
    principles = ("acceptance", "listening", "hearing", "asking", "equality", "honesty", "reliability")
    seen = dict.fromkeys((*principles, "consistency"), "yes")
    decision = mostly("decision", ready=0.9, extra_check=0.04, reserve=0.03, rejected=0.03)(turn)
    return {**seen, "has_time": "yes", "knows_tasks": "yes", **decision}


def start_meeting(turn: Turn) -> Mapping[str, Any]:
    """Call everybody together in a few days."""
    held = (turn.now + timedelta(days=turn.chance.randint(2, 3))).replace(hour=12, minute=0, second=0)
    return {"held_at": held.isoformat(), "format": "in_person", "minutes_per_round": 5, "tables": 20}


_FEELS = mostly("feeling", good=0.86, so_so=0.133, bad=0.007)
_GATE = 2.0

CUSTOMS: Mapping[str, Habit] = {
    # The programme, stage by stage.
    "appoint_team": Habit(days=(0.1, 0.6), wanted=fixed(team=[])),
    "define_programme": Habit(
        wanted=lambda turn: {"chosen_forms": [one["form"] for one in turn.known.get("forms", [])]}
    ),
    "consider_package": Habit(wanted=fixed(opinion="supported")),
    "sign_package": Habit(
        wanted=lambda turn: {"decision": "returned" if turn.number == 1 else "signed"},
    ),
    "close_stage_1": Habit(again_after=_GATE, wanted=all_of(measures_done="stage_measures")),
    "close_stage_2": Habit(not_before=45, again_after=_GATE, wanted=all_of(measures_done="stage_measures")),
    "close_stage_3": Habit(not_before=55, again_after=_GATE, wanted=all_of(measures_done="stage_measures")),
    "close_stage_4": Habit(not_before=66, again_after=_GATE, wanted=all_of(measures_done="stage_measures")),
    "close_stage_5": Habit(again_after=_GATE, wanted=all_of(measures_done="stage_measures")),
    "close_stage_6": Habit(
        not_before=STAFF_IS_DONE, again_after=_GATE, wanted=all_of(measures_done="stage_measures")
    ),
    "close_stage_7": Habit(again_after=_GATE, wanted=all_of(measures_done="stage_measures")),
    "propose_mentors": Habit(wanted=fixed(candidates=[])),
    "share_progress": Habit(not_before=170),
    # Into the bases.
    "fill_request": Habit(days=(0.1, 3), rests=False, wanted=mostly("wants_to_join", yes=0.98, no=0.02)),
    "sign_consents": Habit(
        days=(0.1, 3),
        rests=False,
        wanted=both(fixed(participation="yes", personal_data="yes"), mostly("publicity", yes=0.8, no=0.2)),
    ),
    "enter_consents": Habit(wanted=mostly("outcome", signed=0.97, refused=0.03)),
    "map_request": Habit(again_after=0.5),
    "decide_admission": Habit(wanted=mostly("outcome", accepted=0.97, declined=0.03)),
    "fill_mentor_profile": Habit(
        days=(0.2, 4),
        rests=False,
        wanted=both(
            fixed(wants_to_join="yes"), lambda turn: {"capacity": turn.chance.choice((2, 3, 3, 3, 4))}
        ),
    ),
    "accept_checks": Habit(wanted=show_checks),
    "record_interview": Habit(wanted=hold_interview),
    "check_more": Habit(wanted=mostly("decision", ready=0.8, reserve=0.1, rejected=0.1)),
    "plan_training": Habit(wanted=in_days("held_on", 2, 4)),
    "record_training": Habit(
        days=(3, 6), wanted=both(fixed(with_ethics=True), mostly("outcome", passed=0.97, failed=0.03))
    ),
    # Pairs come about.
    "plan_general_meeting": Habit(wanted=start_meeting),
    "record_attendance": Habit(days=(3, 4)),
    "choose_partners": Habit(days=(0.1, 3), forgets=0.05, rests=False, wanted=choose_partners),
    "close_choices": Habit(days=(3, 4), wanted=fixed(closes=True)),
    "review_proposals": Habit(wanted=fixed(decision="approve", unfit=[], groups=[])),
    "give_opinion": Habit(wanted=fixed(opinion="support")),
    "agree_pairs": Habit(wanted=fixed(refused=[])),
    "decide_pairs": Habit(wanted=fixed(refused=[])),
    "decide_as_curator": Habit(by_heart=True, wanted=both(fixed(refused=[]), in_days("decided_on", 0, 0))),
    "continue_search": Habit(days=(2, 6), wanted=go_on_searching, again_after=30),
    # A pair.
    "record_acquaintance": Habit(
        days=(2, 9), wanted=both(came, fixed(minutes=40, seems_ready="yes", rules_discussed=RULES))
    ),
    "answer_as_mentor": Habit(
        days=(0.1, 3), rests=False, wanted=mostly("readiness", ready=0.98, not_ready=0.02)
    ),
    "answer_as_mentee": Habit(
        days=(0.1, 3), rests=False, wanted=mostly("readiness", ready=0.97, not_ready=0.03)
    ),
    "record_trial": Habit(
        days=(3, 10), rests=False, wanted=both(came, fixed(minutes=50), mostly("activity", talk=2, task=3))
    ),
    "reflect_as_mentor": Habit(days=(0.1, 3), rests=False, wanted=mostly("goes_on", yes=9, unsure=1)),
    "reflect_as_mentee": Habit(
        days=(0.1, 3), rests=False, wanted=both(_FEELS, mostly("goes_on", yes=9, unsure=1))
    ),
    "review_trial": Habit(wanted=mostly("decision", **{"continue": 0.96, "part": 0.04})),
    "list_wishes": Habit(days=(0.2, 5), rests=False, wanted=list_wishes),
    "set_goals": Habit(days=(1, 6), rests=False, wanted=set_goals),
    "agree_plan": Habit(wanted=agree_plan),
    "record_meeting": Habit(days=(8, 13), forgets=0.012, at_last=45, rests=False, wanted=record_meeting),
    "reflect_on_meeting": Habit(
        days=(0.1, 4),
        forgets=0.12,
        rests=False,
        by_heart=True,
        wanted=both(fixed(took_place="yes"), mostly("closer", yes=6, a_little=3, no=1), _FEELS),
    ),
    "check_on_pair": Habit(wanted=mostly("decision", **{"continue": 0.6, "stop": 0.4})),
    "appoint_final": Habit(wanted=in_days("meet_on", 2, 6)),
    "look_back_as_mentee": Habit(days=(0.1, 4), rests=False, wanted=_FEELS),
    "record_final": Habit(days=(2, 6), wanted=record_final),
    "choose_mentor": Habit(wanted=find_replacement),
    "agree_to_replace": Habit(days=(0.2, 2), rests=False, wanted=mostly("answer", yes=0.9, no=0.1)),
    "look_into": Habit(
        days=(0.1, 0.9), rests=False, wanted=fixed(decision="measures", measures=["style_advice"])
    ),
    "follow_up": Habit(days=(5, 9), wanted=fixed(result="settled")),
    "support_contact": Habit(by_heart=True, wanted=talk),
    # The end of the year.
    "plan_meeting": Habit(wanted=in_days("held_on", 3, 6)),
    "plan_festival": Habit(
        wanted=both(
            in_days("held_on", 8, 12),
            lambda turn: {
                "pairs": turn.values("pairs_to_show")[:8],
                "jury": turn.values("people_for_jury")[:5],
            },
        )
    ),
    "grant_awards": Habit(wanted=award_the_best),
    "mark_full_cycles": Habit(wanted=all_of(passed="unmarked")),
    "agree_to_story": Habit(forgets=0.05, wanted=mostly("decision", agree=0.93, refuse=0.07)),
    "write_story": Habit(days=(1, 9), forgets=0.1, rests=False),
    "publish_story": Habit(wanted=mostly("decision", publish=0.9, keep=0.1)),
    "share_interim": Habit(wanted=both(fixed(decision="share"), all_of(people="people_to_show"))),
    "check_as_head": Habit(wanted=fixed(decision="accept")),
    "check_as_methodist": Habit(wanted=lambda turn: {"decision": "return" if turn.number == 1 else "accept"}),
}

_OF_ROLES: Mapping[str, Habit] = {
    "mentor": Habit(days=(0.5, 5), rests=False),
    "mentee": Habit(days=(0.2, 4), rests=False),
    "participant": Habit(days=(0.2, 5), forgets=0.1, rests=False),
    "guardian": Habit(days=(0.5, 4), rests=False),
    "jury": Habit(days=(0.2, 5), forgets=0.1),
}


def habit_of(element: str, role: str) -> Habit:
    """Return how this task is gone about: its own way, or the way of whoever does it."""
    return CUSTOMS.get(element) or _OF_ROLES.get(role) or Habit()
