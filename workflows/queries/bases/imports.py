"""What a table of people would change: each row is new, known, there already, or wrong, and why."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy import func, select

from models.bases import MenteeEntry, MentorEntry
from models.imports import ImportBatch, ImportedBase
from models.people import Membership, Person
from workflows.access import Permission, require
from workflows.queries.applicants import entry_rules
from workflows.queries.bases.conditions import years_before
from workflows.queries.bases.places import BasePlace, find_place
from workflows.queries.bases.row_checks import COLUMNS, Problem, check_row
from workflows.records.guardians import GROWN_UP_AT
from workflows.records.statuses import MAY_RETURN
from workflows.refusals import NotFound
from workflows.work import Work

ROLES = {ImportedBase.MENTEES: "mentee", ImportedBase.MENTORS: "mentor"}


class Outcome(StrEnum):
    """What a row would come to."""

    NEW = "new"
    KNOWN = "known"
    THERE = "there"
    WRONG = "wrong"


@dataclass(frozen=True)
class CheckedRow:
    """A row of the table, and what it would come to."""

    number: int
    cells: Mapping[str, str]
    outcome: Outcome
    problems: Sequence[Problem] = ()
    notes: Sequence[str] = ()
    person_id: uuid.UUID | None = None

    @property
    def name(self) -> str:
        """Return whom the row is about."""
        return " ".join(self.cells.get("full_name", "").split())

    @property
    def born_on(self) -> date | None:
        """Return the day of birth, if it is one."""
        try:
            return date.fromisoformat(self.cells.get("born_on", ""))
        except ValueError:
            return None


@dataclass(frozen=True)
class Preview:
    """A table between being sent and being confirmed, or what came of it."""

    batch: ImportBatch
    place: BasePlace
    rows: Sequence[CheckedRow]

    def count(self, outcome: str) -> int:
        """Count the rows that come to this."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def is_right(self) -> bool:
        """Say whether the whole table can be taken in."""
        return bool(self.rows) and not self.count(Outcome.WRONG)


@dataclass
class _Known:
    """Who is in the organisation already, by name; and what the rows before have said."""

    people: Mapping[str, Sequence[Person]]
    in_base: frozenset[uuid.UUID]
    least_ages: Mapping[str, int]
    seen: dict[tuple[str, str], int] = field(default_factory=dict)


def get_preview(work: Work, batch_id: uuid.UUID) -> Preview:
    """Return what a table would change, to the person who sent it and as long as it is kept."""
    batch = work.session.get(ImportBatch, batch_id)
    if batch is None or batch.staged_by_id != work.actor.person_id or batch.expires_at <= work.now():
        raise NotFound(noun="import")
    place = find_place(work, batch.programme_id)
    require(work, Permission.BASES_IMPORT, place.subject)
    return Preview(batch, place, check_rows(work, place, batch))


def check_rows(work: Work, place: BasePlace, batch: ImportBatch) -> list[CheckedRow]:
    """Say of each row what it would come to."""
    known = _known(work, place, batch)
    return [_checked(place, batch.base, known, row["row"], row["cells"]) for row in batch.rows]


def _known(work: Work, place: BasePlace, batch: ImportBatch) -> _Known:
    names = {plain(row["cells"].get("full_name", "")) for row in batch.rows}
    wanted = select(Person).where(
        Person.organisation_id == place.organisation.id, func.lower(Person.full_name).in_(names)
    )
    people: dict[str, list[Person]] = {}
    for person in work.session.scalars(wanted.order_by(Person.full_name, Person.id)):
        people.setdefault(plain(person.full_name), []).append(person)
    entry = MenteeEntry if batch.base is ImportedBase.MENTEES else MentorEntry
    in_base = select(entry.person_id).where(
        entry.programme_id == place.programme.id, entry.status.not_in(tuple(MAY_RETURN))
    )
    forms = {row["cells"].get("form", "") for row in batch.rows} & set(place.forms)
    rules = {form: entry_rules(work, place.programme, form).get("least_age") or 0 for form in forms}
    return _Known(people, frozenset(work.session.scalars(in_base)), rules)


def plain(name: str) -> str:
    """Return a name as names are compared."""
    return " ".join(name.split()).lower()


def _checked(
    place: BasePlace, base: ImportedBase, known: _Known, number: int, cells: Mapping[str, str]
) -> CheckedRow:
    problems = sorted(
        check_row(place, base, cells, known.least_ages), key=lambda one: COLUMNS[base].index(one.column)
    )
    if not problems and (earlier := known.seen.setdefault(_key(cells), number)) != number:
        problems = [Problem("full_name", "row_repeated", {"row": earlier})]
    if problems:
        return CheckedRow(number, cells, Outcome.WRONG, problems)
    namesakes = known.people.get(plain(cells["full_name"]), ())
    same = [one for one in namesakes if one.born_on == date.fromisoformat(cells["born_on"])]
    if len(same) > 1:
        return CheckedRow(number, cells, Outcome.WRONG, [Problem("full_name", "person_ambiguous", {})])
    notes = _notes(place, base, cells, may_be_known=not same and any(not one.born_on for one in namesakes))
    if not same:
        return CheckedRow(number, cells, Outcome.NEW, notes=notes)
    outcome = Outcome.THERE if same[0].id in known.in_base else Outcome.KNOWN
    return CheckedRow(
        number, cells, outcome, notes=notes if outcome is Outcome.KNOWN else (), person_id=same[0].id
    )


def _key(cells: Mapping[str, str]) -> tuple[str, str]:
    return plain(cells["full_name"]), cells["born_on"]


def _notes(
    place: BasePlace, base: ImportedBase, cells: Mapping[str, str], *, may_be_known: bool
) -> list[str]:
    """Say what is no mistake and still worth a look."""
    notes = ["namesake_without_birthday"] if may_be_known else []
    is_child = date.fromisoformat(cells["born_on"]) > years_before(place.today, GROWN_UP_AT)
    if base is ImportedBase.MENTEES and is_child and not cells.get("guardian"):
        notes.append("child_without_guardian")
    return notes


def list_holders(work: Work, place: BasePlace, role: str, people: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """List who of these people holds the role in the organisation already."""
    wanted = select(Membership.person_id).where(
        Membership.organisation_id == place.organisation.id,
        Membership.role == role,
        Membership.person_id.in_(people),
        Membership.until_on.is_(None) | (Membership.until_on >= place.today),
    )
    return set(work.session.scalars(wanted))


def list_added(work: Work, preview: Preview, most: int) -> list[tuple[uuid.UUID, str]]:
    """List who was taken in from a table, by name, up to as many as a page can bear."""
    entry = MenteeEntry if preview.batch.base is ImportedBase.MENTEES else MentorEntry
    made = [uuid.UUID(one) for one in preview.batch.outcome.get("entries", ())]
    wanted = select(entry.id, Person.full_name).join(Person, Person.id == entry.person_id)
    rows = work.session.execute(wanted.where(entry.id.in_(made)).order_by(Person.full_name).limit(most))
    return [(entry_id, name) for entry_id, name in rows]
