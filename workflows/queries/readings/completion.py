"""What the forms of completion, reports and stories show."""

import uuid
from typing import Any

from sqlalchemy import func, select

from models.meetings import Meeting
from models.pairs import Pair, PairStatus
from models.surveys import SurveyMoment, SurveyResponse
from workflows.queries.readings.options import options
from workflows.queries.readings.reader import Reader
from workflows.records import full_cycles, practices, programmes, reports, survey_rounds
from workflows.work import Work

MOST_ROWS = 500


def comparison(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Show beside each other what the people of a pair and those who evaluate it said at the end."""
    programme = programmes.programme_of(work, case_id)

    def mean(role: str) -> Any:
        is_end = SurveyResponse.moment == SurveyMoment.EXIT
        return func.round(func.avg(SurveyResponse.score).filter(is_end, SurveyResponse.role == role))

    expert = SurveyResponse.answers["expert_score"].astext
    wanted = (
        select(Pair.title, mean("mentee"), mean("mentor"), mean("curator"), func.max(expert))
        .outerjoin(SurveyResponse, SurveyResponse.pair_id == Pair.id)
        .where(Pair.programme_id == programme.id, Pair.status == PairStatus.COMPLETED)
        .group_by(Pair.id, Pair.title)
        .order_by(Pair.title, Pair.id)
        .limit(MOST_ROWS)
    )
    keys = ("pair", "mentee", "mentor", "curator", "expert")
    return {"comparison": [dict(zip(keys, row, strict=True)) for row in work.session.execute(wanted)]}


def reviewed_pair(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Show the pair of which the curator is asked: how often it met and how long it worked."""
    pair = survey_rounds.find_pair(work, case_id)
    if pair is None:
        return {}
    met = select(func.count(Meeting.held_on), func.max(Meeting.held_on)).where(Meeting.pair_id == pair.id)
    meetings, last_on = work.session.execute(met).one()
    return {"pair_title": pair.title, "pair_meetings": meetings, "pair_last_met_on": last_on}


def full_cycle(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Propose the marks: whoever has come to the final meeting went through the whole cycle."""
    programme_id = programmes.programme_of(work, case_id).id
    found = full_cycles.list_unmarked(work, programme_id)
    return {
        "unmarked_later": full_cycles.count_unmarked(work, programme_id) - len(found),
        "unmarked": options((one["entry_id"], one["name"]) for one in found),
        "passed": [str(one["entry_id"]) for one in found if one["finals"]],
        "not_passed": [str(one["entry_id"]) for one in found if not one["finals"]],
    }


def draft(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Fill in the report as it was given back, with what was said of it."""
    report = reports.find_of_case(work, case_id)
    return {} if report is None else {**report.answers, "remarks_on_it": report.remarks}


def story(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Show the story that the pair has written."""
    practice = practices.find_of_case(work, case_id)
    if practice is None:
        return {}
    return {"title": practice.title, "summary": practice.summary}


def roadmap(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Show what of the roadmap was not done."""
    programme = programmes.programme_of(work, case_id)
    undone = [one for one in programmes.list_roadmap(work, programme.id) if one.done_on is None]
    rows = [{"measure": one.measure, "due_on": one.due_on, "responsible": one.responsible} for one in undone]
    return {"undone": rows}


READERS = {
    "completion.comparison": Reader(comparison, gives=("comparison",)),
    "completion.pair": Reader(reviewed_pair, gives=("pair_title", "pair_meetings", "pair_last_met_on")),
    "completion.full_cycle": Reader(full_cycle, gives=("unmarked", "passed", "not_passed", "unmarked_later")),
    "completion.undone": Reader(roadmap, gives=("undone",)),
    "reports.draft": Reader(draft, gives=("conclusions", "difficulties", "plans", "remarks_on_it")),
    "practices.story": Reader(story, gives=("title", "summary")),
}
