"""What a case carries, by its process: it ends when somebody ends the case, and says who takes part in it."""

import uuid
from collections.abc import Callable, Mapping, Sequence

from models.bases import EntryStatus
from models.pairs import PairStatus
from models.programmes import ProgrammeStatus
from workflows.records import mentees, mentors, pairs, programmes, searching, statuses
from workflows.refusals import Conflict
from workflows.work import Work

People = Mapping[str, Sequence[str]]
_NOT_YET_IN = (EntryStatus.APPLIED, EntryStatus.CONSENTED, EntryStatus.SELECTED)


def end_with_case(work: Work, process: str, case_id: uuid.UUID, reason: str) -> None:
    """End what a case carries, because the case itself is ended by hand; refuse where that is not the way."""
    if process in _ENDS:
        _ENDS[process](work, case_id, reason)


def carries_nothing(process: str) -> bool:
    """Say whether a case of this process ends alone, so that nothing else has to come back with it."""
    return process not in _ENDS


def people_by_now(work: Work, process: str, case_id: uuid.UUID, asked: People) -> People:
    """Say who takes part in a case that begins: some may have left what it carries since it was asked for."""
    pair = pairs.find_pair_of(work, case_id) if process == "pair" else None
    if pair is None:
        return asked
    members = pairs.list_members(work, pair.id)
    now = {role: [str(one.person_id) for one in members if one.role == role] for role in asked}
    return {role: sorted(ones, key=[*asked[role], *ones].index) for role, ones in now.items()}


def _end_pair(work: Work, case_id: uuid.UUID, reason: str) -> None:
    pair = pairs.find_pair_of(work, case_id)
    if pair is not None:
        pairs.close_pair(work, pair.id, PairStatus.ENDED_EARLY, reason)


def _close_mentee_entry(work: Work, case_id: uuid.UUID, reason: str) -> None:
    entry = mentees.entry_of(work, case_id)
    if entry is not None:
        _close_entry(work, mentees.hold(work, entry.id), reason)


def _close_mentor_entry(work: Work, case_id: uuid.UUID, reason: str) -> None:
    entry = mentors.entry_of(work, case_id)
    if entry is not None:
        _close_entry(work, mentors.hold(work, entry.id), reason)


def _close_entry(work: Work, entry: statuses.Entry, reason: str) -> None:
    # Whoever has been taken into the base stays there: only the way into it ends.
    if entry.status in _NOT_YET_IN:
        statuses.change_status(work, entry, EntryStatus.LEFT, reason)


def _end_search(work: Work, case_id: uuid.UUID, _reason: str) -> None:
    search = searching.search_of(work, case_id)
    if search is not None:
        searching.end_search(work, search.mentee_entry_id, "ended", tell=False)


def _refuse_programme(work: Work, case_id: uuid.UUID, _reason: str) -> None:
    programme = programmes.find_programme_of(work, case_id)
    if programme is not None and programme.status is ProgrammeStatus.RUNNING:
        raise Conflict("stop_the_programme", title=programme.title)


_ENDS: Mapping[str, Callable[[Work, uuid.UUID, str], None]] = {
    "programme": _refuse_programme,
    "pair": _end_pair,
    mentees.INTAKE: _close_mentee_entry,
    mentors.INTAKE: _close_mentor_entry,
    searching.PROCESS: _end_search,
}
