"""How a programme is said on the day: its stages, and what holds the present one."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import gettext as _

from webapp import dates, words
from webapp.languages import current
from workflows.queries.definitions import LoadedPack
from workflows.queries.programmes.stages import name_without_number, titles_of
from workflows.queries.stage_states import StageBar
from workflows.queries.today import RunningProgramme


@dataclass(frozen=True)
class Turn:
    """A task that holds a stage, and whose turn it is."""

    id: uuid.UUID
    name: str
    who: str
    due_at: datetime | None


@dataclass(frozen=True)
class ProgrammeCard:
    """A programme with its stages; `present` is the stage that goes on."""

    programme: RunningProgramme
    steps: list[dict[str, str]]
    present: str
    due_on: date | None
    turns: tuple[Turn, ...]
    further: int


def programme_card(
    programme: RunningProgramme, bar: StageBar, packs: Mapping[uuid.UUID, LoadedPack]
) -> ProgrammeCard:
    """Put a programme with its stages into the reader's language."""
    pack = packs.get(programme.case_id) if programme.case_id else None
    steps = [
        {"name": stage_name(pack, one.number), "state": one.state, "note": stage_note(one.state, one.due_on)}
        for one in bar.stages
    ]
    now = bar.now
    turns = tuple(
        Turn(
            one.id,
            pack.texts.say(one.name, current()) if pack else one.name,
            one.assignee or words.role(one.role, pack.settings.roles if pack else {}, current()),
            one.due_at,
        )
        for one in bar.holding
    )
    return ProgrammeCard(
        programme=programme,
        steps=steps,
        present=steps[now.number - 1]["name"] if now else "",
        due_on=now.due_on if now else None,
        turns=turns,
        further=bar.open_tasks - len(turns),
    )


def stage_name(pack: LoadedPack | None, number: int) -> str:
    """Name a stage as the page of the programme does, without the number that stands beside it anyway."""
    element, name = titles_of(pack)[number]
    if pack is None or not element:
        return str(_("Stage %(number)s", number=number))
    return name_without_number(pack.texts.say(name, current()))


def stage_note(state: str, due_on: date | None) -> str:
    """Say by when the roadmap wants a stage done that goes on."""
    return str(_("by %(day)s", day=dates.day(due_on))) if state == "now" and due_on else ""
