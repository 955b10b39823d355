"""The first page of a programme: its seven stages, what holds the present one, what concerns the reader."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from models.bases import EntryStatus
from models.cases import CaseStatus
from models.contours import Contour
from models.pairs import PairStatus
from models.programmes import ProgrammeStatus
from webapp import dates, words
from webapp.pages.programmes.blueprint import pages
from webapp.pages.programmes.desk import Desk, desk_for, show
from webapp.transaction import work
from workflows.queries.programmes.showing import list_forms, list_own_entries, list_own_pairs
from workflows.queries.programmes.stages import Holding, StageView, Step, Way, get_way

IN_BASE = frozenset(set(EntryStatus) - {EntryStatus.DECLINED, EntryStatus.LEFT})


@dataclass(frozen=True)
class StepShown:
    """A task of a stage in words."""

    id: uuid.UUID
    name: str
    who: str
    when: str
    is_done: bool
    is_late: bool


@dataclass(frozen=True)
class StageShown:
    """A stage in words."""

    number: int
    title: str
    state: str
    state_words: str
    days: str
    plan: str
    gate: str
    result: str
    inside: list[StepShown] = field(default_factory=list)
    outside: list[StepShown] = field(default_factory=list)
    said: dict[str, list[str]] = field(default_factory=dict)


@pages.get("/programmes/<uuid:programme_id>")
def one(programme_id: uuid.UUID) -> ResponseReturnValue:
    desk = desk_for(programme_id, inside=False)
    way = get_way(work(), desk.view)
    stages = [stage_shown(desk, stage, way.now) for stage in way.stages]
    entries = list_own_entries(work(), programme_id)
    return show(
        "stages.html",
        desk,
        stages=stages,
        now=next((stage for stage in stages if stage.number == way.now), None),
        steps=[{"name": stage.title, "state": stage.state, "note": stage.days} for stage in stages],
        holding=[step_shown(desk, step) for step in way.holding.steps if not is_paused(desk)],
        missing=words.complain(way.holding.missing) if way.holding.missing else "",
        incidents=way.holding.incidents,
        silence=silence(desk, way),
        entries=[(role_words(entry.role), entry_words(entry.status)) for entry in entries],
        may_apply={
            role: not any(entry.role == role and entry.status in IN_BASE for entry in entries)
            for role in ("mentee", "mentor")
        },
        pairs=[(pair, pair_words(pair.status)) for pair in list_own_pairs(work(), programme_id)],
        forms=[desk.say(form.title) for form in list_forms(work(), programme_id)],
    )


def stage_shown(desk: Desk, stage: StageView, now: int | None) -> StageShown:
    """Put a stage into words."""
    state = state_of(stage, now)
    steps = [(step, step_shown(desk, step)) for step in stage.steps]
    return StageShown(
        stage.number,
        desk.stage(stage.number),
        state,
        state_words(state),
        days_words(stage),
        plan_words(stage),
        desk.gate(stage.element),
        stage.result,
        [shown for step, shown in steps if not step.is_outside],
        [shown for step, shown in steps if step.is_outside],
        {contour.value: list(said(stage, contour)) for contour in Contour},
    )


def state_of(stage: StageView, now: int | None) -> str:
    """Say how a stage stands; what had begun when the programme was stopped was left out."""
    if stage.closed_at:
        return "done"
    if stage.number == now:
        return "now"
    return "passed" if stage.opened_at else "ahead"


def state_words(state: str) -> str:
    """Name the state of a stage."""
    return {
        "done": pgettext("stage", "passed"),
        "now": pgettext("stage", "under way"),
        "ahead": pgettext("stage", "ahead"),
        "passed": pgettext("stage", "broken off"),
    }[state]


def days_words(stage: StageView) -> str:
    """Say from when to when a stage went."""
    if stage.opened_at and stage.closed_at:
        first, last = dates.day(stage.opened_at), dates.day(stage.closed_at)
        return first if first == last else f"{first} – {last}"
    return _("since %(day)s", day=dates.day(stage.opened_at)) if stage.opened_at else ""


def plan_words(stage: StageView) -> str:
    """Say by when the roadmap wants a stage done."""
    return _("By the roadmap until %(day)s.", day=dates.day(stage.due_on)) if stage.due_on else ""


def said(stage: StageView, contour: Contour) -> Iterator[str]:
    """Sum up who was told inside or outside, and who from outside was asked to help."""
    for where, times, people in stage.told:
        if where is contour:
            told = ngettext("Told %(num)d time", "Told %(num)d times", times)
            heard = ngettext("%(num)d person heard it", "%(num)d people heard it", people) if people else ""
            yield ", ".join(filter(None, (told, heard)))
    asked, agreed = stage.invited
    if asked and contour is Contour.OUTER:
        yield _("Asked to help: %(asked)s, agreed: %(agreed)s", asked=asked, agreed=agreed)


def step_shown(desk: Desk, step: Step) -> StepShown:
    """Put a task of a stage into words: who is on turn and since when, or who did it and when."""
    who = step.person or _("free for: %(role)s", role=desk.role(step.role))
    if step.completed_at:
        return StepShown(step.id, desk.say(step.name), step.person, dates.day(step.completed_at), True, False)
    due = dates.due(step.due_at)
    since = _("waits since %(day)s", day=dates.day(step.opened_at))
    is_late = due.pressing == "late"
    return StepShown(step.id, desk.say(step.name), who, f"{since}, {due.words}", False, is_late)


def is_paused(desk: Desk) -> bool:
    """Say whether the programme stands still, so that nobody has to do what is open."""
    return desk.view.case_status is CaseStatus.SUSPENDED


def silence(desk: Desk, way: Way) -> str:
    """Say what the programme waits for when it waits for nobody."""
    status = desk.programme.status
    if status is ProgrammeStatus.CLOSED:
        return _("The programme has come through all its stages.")
    if status is ProgrammeStatus.STOPPED:
        return _("The programme was stopped. What was done stays on record.")
    if is_paused(desk):
        return _("The programme is paused: nobody has to do anything, and no deadline runs.")
    if way.now is None:
        return _("The first stage has not begun yet.")
    return waits_for(way.holding)


def waits_for(holding: Holding) -> str:
    """Say what a stage without an open task waits for."""
    if holding.waits_until:
        return _(
            "Nobody has to do anything now: the stage goes on until %(day)s.",
            day=dates.day(holding.waits_until),
        )
    if holding.waits_for_news:
        return _("Nobody has to do anything in the programme itself now: it waits for its people and pairs.")
    return _("Nobody has to do anything now.")


def role_words(role: str) -> str:
    """Say in which base the reader stands."""
    return _("You are among its mentees") if role == "mentee" else _("You are among its mentors")


def entry_words(status: EntryStatus) -> str:
    """Say how far somebody has come in a base, to themselves."""
    return {
        EntryStatus.APPLIED: _("the application is being looked at"),
        EntryStatus.CONSENTED: _("the consents are given"),
        EntryStatus.SELECTED: _("accepted"),
        EntryStatus.RESERVED: _("in reserve"),
        EntryStatus.READY: _("ready for a pair"),
        EntryStatus.SEARCHING: _("a pair is being looked for"),
        EntryStatus.MATCHED: _("in a pair"),
        EntryStatus.PAUSED: _("paused"),
        EntryStatus.COMPLETED: _("the way is finished"),
        EntryStatus.DECLINED: _("declined"),
        EntryStatus.LEFT: _("left the programme"),
    }[status]


def pair_words(status: PairStatus) -> str:
    """Say what a pair has come to."""
    return {
        PairStatus.APPROVED: pgettext("pair", "before the first meeting"),
        PairStatus.ACQUAINTED: pgettext("pair", "acquainted"),
        PairStatus.TRIED: pgettext("pair", "after the trial meeting"),
        PairStatus.PLANNED: pgettext("pair", "with a plan"),
        PairStatus.WORKING: pgettext("pair", "meets and works"),
        PairStatus.PAUSED: pgettext("pair", "paused"),
        PairStatus.CONCLUDING: pgettext("pair", "before the final meeting"),
        PairStatus.COMPLETED: pgettext("pair", "completed"),
        PairStatus.REFUSED: pgettext("pair", "did not begin"),
        PairStatus.PARTED: pgettext("pair", "parted"),
        PairStatus.ENDED_EARLY: pgettext("pair", "ended early"),
    }[status]
