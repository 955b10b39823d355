"""A pair as its page says it: its way, whose turn it is, its diary, in words, for one reader."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from models.cases import CaseStatus
from models.meetings import MeetingKind
from models.pairs import PairStatus
from webapp import dates, words
from webapp.form_readings import read_back
from webapp.languages import current
from webapp.transaction import work
from webapp.words import meetings
from workflows.queries.definitions import LoadedPack, load_pack
from workflows.queries.pair_diary import AnswerView, MeetingView, form_of
from workflows.queries.pair_page import MemberView, PairView
from workflows.queries.pair_steps import PairStep
from workflows.queries.pair_ways import WayStep
from workflows.records.pair_sets import OVER

RECORDS = {
    MeetingKind.ACQUAINTANCE: "record_acquaintance",
    MeetingKind.TRIAL: "record_trial",
    MeetingKind.PLANNING: "set_goals",
    MeetingKind.WORKING: "record_meeting",
    MeetingKind.FINAL: "record_final",
}
"""By which form each of the five is written down; its options are the words for what it keeps."""
SIDES = frozenset({"mentor", "mentee"})
# The head of an entry shows these, and the goals stand in a place of their own.
SHOWN_ELSEWHERE = frozenset(
    {"held_on", "minutes", "contact", "place", "came", "activity", "summary", "next_on", "next_goal"}
    | {"goals", "progress", "reached", "full_cycle"}
)


@dataclass(frozen=True)
class Said:
    """All that one person said of a meeting, as far as the reader may read it."""

    who: str
    role: str
    answers: Sequence[tuple[str, str]]
    is_partial: bool


@dataclass(frozen=True)
class Entry:
    """A meeting in the diary."""

    name: str
    held_on: date
    is_ahead: bool
    facts: Sequence[str]
    summary: str
    came: Sequence[str]
    missed: Sequence[str]
    said: Sequence[Said]
    unread: Sequence[str]
    """Who said something that only others read."""


@dataclass(frozen=True)
class Turn:
    """Whose turn it is: a task, what to do in words, and who is to do it."""

    step: PairStep
    name: str
    who: str
    purpose: str


@dataclass(frozen=True)
class WayPart:
    """One of the five meetings, as the path shows it."""

    name: str
    state: str
    note: str
    address: str = ""


@dataclass(frozen=True)
class PairDesk:
    """A pair with the pack its case runs on, before its reader."""

    view: PairView
    pack: LoadedPack | None
    language: str

    def say(self, text: str) -> str:
        """Say a text of the pack in the reader's language."""
        return self.pack.texts.say(text, self.language) if self.pack else text

    def role(self, code: str) -> str:
        """Name a role as the pack does."""
        return words.role(code, self.pack.settings.roles if self.pack else {}, self.language)

    def people(self, *roles: str) -> list[MemberView]:
        """List who belongs to the pair, or belonged to it at its end."""
        return [one for one in self.view.members if one.role in roles and not one.is_gone]

    @property
    def title(self) -> str:
        """Name the pair by its people."""
        sides = (", ".join(one.name for one in self.people(role)) for role in ("mentor", "mentee"))
        return " – ".join(filter(None, sides)) or self.view.pair.title

    @property
    def is_over(self) -> bool:
        """Say whether the pair has ended."""
        return self.view.pair.status in OVER

    @property
    def is_paused(self) -> bool:
        """Say whether the pair stands still."""
        return self.view.case_status is CaseStatus.SUSPENDED

    def way(self) -> list[WayPart]:
        """Lay out the five meetings in words."""
        return [WayPart(str(meetings.KINDS[one.kind]), one.state.value, note(one)) for one in self.view.way]

    def turns(self) -> list[Turn]:
        """List whose turn it is: the reader's own first."""
        if self.is_over or self.view.case_status is not CaseStatus.RUNNING:
            return []
        return [self._turn(step) for step in self.view.steps]

    def _turn(self, step: PairStep) -> Turn:
        purpose = self.pack.texts.purpose(step.element, self.language) if self.pack else ""
        return Turn(step, self.say(step.name), step.who or self.role(step.role), purpose)

    @property
    def quiet(self) -> str:
        """Say how things stand when nobody has to do anything."""
        if self.is_over:
            return self._ended()
        if self.is_paused:
            return _("The pair is paused: nobody has to do anything, and no deadline runs.")
        if not self.view.has_begun:
            return _("The pair is formed, and its way could not begin yet. The curator sees why on its case.")
        return _("Nobody has to do anything now. As soon as there is something to do, it stands here.")

    def _ended(self) -> str:
        on = self.view.pair.ended_on
        if self.view.pair.status is PairStatus.COMPLETED and on:
            return _("The pair went the whole way and ended on %(day)s.", day=dates.day(on))
        return _("The pair ended on %(day)s.", day=dates.day(on)) if on else _("The pair has ended.")

    def next_meeting(self, diary: Sequence[MeetingView]) -> date | None:
        """Return the day for which the next meeting was agreed on, unless it has passed."""
        on = diary[0].meeting.next_on if diary and not self.is_over else None
        return on if on and on >= dates.today() else None

    def entries(self, diary: Sequence[MeetingView]) -> list[Entry]:
        """Put the diary into words."""
        return [self._entry(one) for one in diary]

    def _entry(self, one: MeetingView) -> Entry:
        meeting = one.meeting
        return Entry(
            name=str(meetings.MEETINGS[meeting.kind]),
            held_on=meeting.held_on,
            is_ahead=not one.who,
            facts=list(self._facts(one)),
            summary=meeting.summary,
            came=[seat.name for seat in one.who if seat.has_come],
            missed=[seat.name for seat in one.who if not seat.has_come],
            said=[said for told in self._by_person(one.answers) if (said := self._said(told)) is not None],
            unread=sorted({told.name for told in one.answers if told.answers is None and told.role in SIDES}),
        )

    def _facts(self, one: MeetingView) -> Iterator[str]:
        meeting = one.meeting
        if meeting.minutes:
            yield ngettext("%(num)d minute", "%(num)d minutes", meeting.minutes)
        kept = {"contact": meeting.contact, "place": meeting.place, "activity": meeting.activity}
        told = self._read(RECORDS[meeting.kind], {key: value for key, value in kept.items() if value})
        yield from (answer for _question, answer in told if answer)

    def _by_person(self, answers: Sequence[AnswerView]) -> list[list[AnswerView]]:
        readable = [one for one in answers if one.answers is not None]
        people = dict.fromkeys((one.role, one.name) for one in readable)
        return [[one for one in readable if (one.role, one.name) == person] for person in people]

    def _said(self, told: Sequence[AnswerView]) -> Said | None:
        """Put what one person said into words, or say nothing if the head of the entry says it all."""
        read = [pair for one in told for pair in self._told(one)]
        is_partial = any(one.is_partial for one in told)
        return Said(told[0].name, self.role(told[0].role), read, is_partial) if read or is_partial else None

    def _told(self, one: AnswerView) -> list[tuple[str, str]]:
        wanted = {key: value for key, value in (one.answers or {}).items() if key not in SHOWN_ELSEWHERE}
        return [(question, said) for question, said in self._read(one.form, wanted) if said]

    def _read(self, key: str, answers: dict[str, Any]) -> list[tuple[str, str]]:
        form = form_of(self.pack, key)
        if form is None:
            return []
        voice: dict[str, Any] = {"now": dates.now(), "language": self.language, "translate": self.say}
        return read_back(form, answers, context={}, **voice)


def note(step: WayStep) -> str:
    """Say when a meeting of the way took place."""
    if step.last_on is None:
        return ""
    if step.kind is not MeetingKind.WORKING:
        return dates.day(step.last_on)
    met = ngettext("%(num)d meeting", "%(num)d meetings", step.times)
    return _("%(met)s, the last on %(day)s", met=met, day=dates.day(step.last_on))


def desk_for(view: PairView) -> PairDesk:
    """Lay a pair before the reader."""
    pack = load_pack(work(), view.pack_version_id) if view.pack_version_id else None
    return PairDesk(view, pack, current())
