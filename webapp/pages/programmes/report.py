"""The end report of a programme on one page, made for paper."""

import uuid

from flask.typing import ResponseReturnValue

from webapp.pages.programmes import closing, indicators
from webapp.pages.programmes.blueprint import pages
from webapp.pages.programmes.desk import desk_for, show
from webapp.pages.programmes.roadmap import count_words
from webapp.pages.programmes.stages import stage_shown
from webapp.pages.programmes.team import duty_words
from webapp.transaction import work
from workflows.queries.programmes.roadmap import count_measures
from workflows.queries.programmes.showing import list_forms
from workflows.queries.programmes.stages import get_way
from workflows.queries.programmes.team import list_appointed


@pages.get("/programmes/<uuid:programme_id>/report")
def report(programme_id: uuid.UUID) -> ResponseReturnValue:
    desk = desk_for(programme_id)
    way = get_way(work(), desk.view)
    counts = count_measures(work(), desk.view)
    forms = {form.code: desk.say(form.title) for form in list_forms(work(), programme_id)}
    return show(
        "report.html",
        desk,
        stages=[stage_shown(desk, stage, way.now) for stage in way.stages],
        forms=list(forms.values()),
        roadmap_words=count_words(counts) if counts.all else "",
        team=[(one, duty_words(one, forms)) for one in list_appointed(work(), desk.view)],
        **indicators.shown(desk),
        **closing.shown(desk),
    )
