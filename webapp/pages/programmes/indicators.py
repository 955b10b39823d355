"""The numbers of a programme: each in words, beside its aim; charts that are their own tables."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.pairs import PairStatus
from webapp import tables
from webapp.pages.programmes.blueprint import pages
from webapp.pages.programmes.desk import Desk, desk_for, show
from webapp.pages.programmes.stages import entry_words, pair_words
from webapp.transaction import work
from webapp.words.papers import INSTRUMENTS, name
from workflows.queries.programmes import indicators as queries
from workflows.queries.programmes.indicators import ENOUGH, Mean, Numbers, SurveyRow
from workflows.queries.programmes.showing import list_forms


@dataclass(frozen=True)
class Indicator:
    """One number in words; `look` says how it stands to its aim, and words say it too."""

    name: str
    value: str
    of: str = ""
    aim: str = ""
    standing: str = ""
    look: str = ""


@pages.get("/programmes/<uuid:programme_id>/indicators")
def indicators(programme_id: uuid.UUID) -> ResponseReturnValue:
    desk = desk_for(programme_id)
    return show("indicators.html", desk, **shown(desk))


@pages.get("/programmes/<uuid:programme_id>/indicators.csv", endpoint="indicators_export")
def export(programme_id: uuid.UUID) -> ResponseReturnValue:
    desk = desk_for(programme_id)
    numbers = queries.get_numbers(work(), desk.view)
    rows = ((one.name, one.value, one.of, one.aim, one.standing) for one in list_indicators(numbers))
    return tables.table("indicators", [_("Indicator"), _("Value"), _("Of what"), _("Aim"), _("Status")], rows)


def shown(desk: Desk) -> dict[str, Any]:
    """Put all numbers into words, for this page and for the report."""
    programme_id = desk.view.id
    numbers = queries.get_numbers(work(), desk.view)
    forms = {form.code: desk.say(form.title) for form in list_forms(work(), programme_id)}
    by_status = queries.count_pairs_by_status(work(), programme_id)
    by_form = queries.count_pairs_by_form(work(), programme_id)
    by_month = queries.count_meetings_by_month(work(), programme_id)
    return {
        "indicators": list_indicators(numbers),
        "figures": list_figures(numbers),
        "has_pairs": bool(by_status),
        "pairs_by_status": bars(
            (pair_words(status), by_status[status]) for status in PairStatus if status in by_status
        ),
        "pairs_by_form": bars((forms.get(form, form), number) for form, number in by_form.items()),
        "meetings_by_month": bars((month_words(month), number) for month, number in by_month.items()),
        "mentees": base(queries.count_base(work(), MenteeEntry, programme_id)),
        "mentors": base(queries.count_base(work(), MentorEntry, programme_id)),
        "surveys": [survey_row(desk, one) for one in queries.list_survey_rows(work(), programme_id)],
        "enough": ENOUGH,
        "counts_full_cycle": numbers.rules.get("counts") == "full_cycle",
    }


def bars(rows: Iterable[tuple[str, int]]) -> list[dict[str, Any]]:
    """Draw numbers as bars, the longest as long as there is room beside its number."""
    known = list(rows)
    longest = max((number for _name, number in known), default=0) or 1
    return [{"name": name, "number": number, "share": round(88 * number / longest)} for name, number in known]


def base(counted: Mapping[EntryStatus, int]) -> list[dict[str, Any]]:
    """Draw how far the people of a base have come."""
    return bars((entry_words(status), counted[status]) for status in EntryStatus if status in counted)


def month_words(month: str) -> str:
    """Name a month with its year."""
    return str(format_date(date.fromisoformat(f"{month}-01"), "LLLL y", locale=get_locale()))


def list_indicators(numbers: Numbers) -> list[Indicator]:
    """Say every fact in words."""
    facts, aims = numbers.facts, numbers.aims
    found = [
        Indicator(_("Pairs and groups"), str(facts["pairs"]), at_work(facts["pairs_active"])),
        Indicator(_("Pairs that came to their end"), str(facts["pairs_completed"])),
        Indicator(_("Pairs that ended early"), str(facts["pairs_unfinished"])),
        Indicator(_("Pairs with partners"), str(facts["pairs_with_partners"])),
        silent(facts["pairs_silent"], numbers.rules),
        Indicator(_("Mentees in pairs"), str(facts["mentees"])),
        Indicator(_("Mentors in pairs"), str(facts["mentors"])),
        Indicator(_("Involved"), str(facts["involved"]), counted_as(numbers.rules)),
        Indicator(_("Meetings held"), str(facts["meetings"])),
        Indicator(_("Came to the meetings"), percent(facts["attendance_share"], facts["meetings"])),
        Indicator(_("Goals reached"), str(facts["goals_reached"]), out_of(facts["goals"])),
        aimed(_("Went through the full cycle"), "full_cycle_share", facts, aims, facts["mentees"]),
        aimed(_("Measures of the roadmap done"), "roadmap_share", facts, aims, facts["roadmap_items"]),
        Indicator(_("Answered the questionnaires"), percent(facts["answered_share"], facts["asked"])),
    ]
    few = 0 < facts["scored"] < ENOUGH
    found.append(
        Indicator(_("Are satisfied"), too_few(), answers(facts["scored"]))
        if few
        else aimed(_("Are satisfied"), "satisfied_share", facts, aims, facts["scored"])
    )
    return found


def list_figures(numbers: Numbers) -> list[dict[str, Any]]:
    """Choose what one looks for first."""
    facts = numbers.facts
    pairs, silent_ones = facts["pairs_active"], facts["pairs_silent"]
    late = facts["roadmap_items"] - facts["roadmap_done"]
    return [
        {"number": pairs, "words": ngettext("pair at work", "pairs at work", pairs)},
        {
            "number": silent_ones,
            "words": ngettext("silent pair", "silent pairs", silent_ones),
            "look": "is-bad" if silent_ones else "is-good",
        },
        {"number": facts["meetings"], "words": ngettext("meeting held", "meetings held", facts["meetings"])},
        {
            "number": facts["goals_reached"],
            "words": ngettext("goal reached", "goals reached", facts["goals_reached"]),
        },
        {"number": late, "words": ngettext("measure still to be done", "measures still to be done", late)},
    ]


def aimed(title: str, key: str, facts: Mapping[str, Any], aims: Mapping[str, int], whole: int) -> Indicator:
    """Put a share beside its aim, if the methodology has one and there is something to measure."""
    if not whole:
        return Indicator(title, "–", _("nothing to measure yet"))
    if key not in aims:
        return Indicator(title, percent(facts[key]), out_of(whole))
    is_reached = facts[key] >= aims[key]
    standing, look = (_("reached"), "is-good") if is_reached else (_("not reached yet"), "is-warning")
    aim = _("at least %(share)s %%", share=aims[key])
    return Indicator(title, percent(facts[key]), out_of(whole), aim, standing, look)


def silent(number: int, rules: Mapping[str, Any]) -> Indicator:
    """Say how many pairs are silent, and from when a pair counts as silent."""
    days = int(rules.get("silent_after", 14))
    after = ngettext("no meeting for more than %(num)d day", "no meeting for more than %(num)d days", days)
    look = "is-bad" if number else "is-good"
    return Indicator(_("Silent pairs"), str(number), after, "", _("need attention") if number else "", look)


def percent(share: int, whole: int = 1) -> str:
    """Write a share; of nothing there is none."""
    return _("%(share)s %%", share=share) if whole else "–"


def at_work(number: int) -> str:
    """Say how many pairs are at work."""
    return ngettext("%(num)d is at work", "%(num)d are at work", number)


def out_of(number: int) -> str:
    """Say of how many."""
    return _("of %(number)s", number=number)


def answers(number: int) -> str:
    """Say how many answered."""
    return ngettext("%(num)d answer", "%(num)d answers", number)


def too_few() -> str:
    """Say why nothing is said."""
    return _("too few answers")


def counted_as(rules: Mapping[str, Any]) -> str:
    """Say who counts as involved."""
    if rules.get("counts") == "full_cycle":
        return _("whoever went through the full cycle counts")
    return _("everybody in a pair counts")


def survey_row(desk: Desk, row: SurveyRow) -> dict[str, Any]:
    """Put a questionnaire into words."""
    change = mean_words(row.change)
    if row.change.value is not None and row.change.value > 0:
        change = f"+{change}"
    return {
        "name": name(INSTRUMENTS, row.instrument, _("Questionnaire")),
        "role": desk.role(row.role),
        "cells": [
            (mean_words(one), answers(one.number) if one.number else "")
            for one in (row.entry, row.middle, row.exit)
        ],
        "change": (change, ngettext("%(num)d person", "%(num)d people", row.change.number)),
        "is_known": row.change.number > 0,
    }


def mean_words(mean: Mean) -> str:
    """Write a mean; too few answers say nothing."""
    if not mean.number:
        return "–"
    if mean.value is None:
        return too_few()
    return f"{mean.value:.1f}".replace(".", "," if str(get_locale()).startswith("ru") else ".")
