"""How a programme closes: reports, rating, jury, awards, practices, full cycles, and what goes on."""

import uuid
from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.practices import PracticeStatus
from webapp import tables
from webapp.pages.programmes.blueprint import pages
from webapp.pages.programmes.desk import Desk, desk_for, show
from webapp.transaction import work
from webapp.words.papers import PRACTICES, REPORT_STATUSES, REPORTS, name
from workflows.queries.programmes import closing as queries

BEST = 10


@pages.get("/programmes/<uuid:programme_id>/closing")
def closing(programme_id: uuid.UUID) -> ResponseReturnValue:
    desk = desk_for(programme_id)
    return show("closing.html", desk, **shown(desk))


def shown(desk: Desk) -> dict[str, Any]:
    """Read all that a programme closes with, for this page and for the report."""
    programme_id = desk.view.id
    kinds = queries.award_names(work(), desk.view)
    practices = queries.count_practices(work(), programme_id)
    ranked = queries.list_ranked(work(), programme_id)
    reports = queries.list_reported(work(), programme_id)
    published = queries.list_published(work(), programme_id)
    return {
        "ranked": ranked[:BEST],
        "has_more_ranked": len(ranked) > BEST,
        "jury": queries.find_jury(work(), programme_id),
        "awarded": [
            (one, desk.say(kinds[one.kind]) if one.kind in kinds else _("Award"))
            for one in queries.list_awarded(work(), programme_id)
        ],
        "published": published,
        "practices": [
            (name(PRACTICES, status.value), practices[status])
            for status in PracticeStatus
            if status in practices and status is not PracticeStatus.PUBLISHED
        ],
        "hidden": practices.get(PracticeStatus.PUBLISHED, 0) - len(published),
        "cycles": queries.count_cycles(work(), programme_id),
        "following": queries.get_following(work(), desk.view.programme),
        "reports": [
            (one, name(REPORTS, one.kind, _("Report")), name(REPORT_STATUSES, one.status.value))
            for one in reports
        ],
    }


@pages.get("/programmes/<uuid:programme_id>/rating.csv", endpoint="closing_rating")
def rating(programme_id: uuid.UUID) -> ResponseReturnValue:
    desk_for(programme_id)
    ranked = queries.list_ranked(work(), programme_id)
    rows = ((str(one.place), one.title, str(one.points), str(one.votes), str(one.total)) for one in ranked)
    head = [_("Place"), _("Pair"), _("Points for achievements"), _("Points of the jury"), _("Total")]
    return tables.table("rating", head, rows)
