"""What a pair means for the entries of its people in the two bases."""

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import product

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.pairs import Pair, PairMember, PairStatus
from workflows.records import avoidances, mentees, mentors, searching
from workflows.work import Work

_IN_PAIR = (EntryStatus.MATCHED, EntryStatus.PAUSED)


def match(work: Work, members: Sequence[PairMember]) -> None:
    """Note that these people have found each other; who was looking for them is told."""
    for member in members:
        if member.mentee_entry_id:
            mentees.set_status(work, member.mentee_entry_id, EntryStatus.MATCHED)
            searching.end_search(work, member.mentee_entry_id, "matched")
        elif member.mentor_entry_id:
            mentors.set_status(work, member.mentor_entry_id, EntryStatus.MATCHED)


def count_others(
    work: Work, kind: type[MenteeEntry] | type[MentorEntry], entry_ids: Collection[uuid.UUID]
) -> Counter[uuid.UUID]:
    """Count for each of these entries with how many people of the other side they are in a pair now."""
    other = aliased(PairMember)
    is_mentee = kind is MenteeEntry
    mine = PairMember.mentee_entry_id if is_mentee else PairMember.mentor_entry_id
    wanted = (
        select(mine, func.count(other.id))
        .join(other, other.pair_id == PairMember.pair_id)
        .where(mine.in_(entry_ids), PairMember.until_on.is_(None), other.until_on.is_(None))
        .where(other.role == ("mentor" if is_mentee else "mentee"))
        .group_by(mine)
    )
    return Counter({row[0]: row[1] for row in work.session.execute(wanted)})


def release(work: Work, pair: Pair, members: Sequence[PairMember], reason: str) -> None:
    """Give the people of a pair that has ended their next status, unless another pair holds them."""
    for member in members:
        if member.mentee_entry_id and not _has_other_pair(work, member):
            _release_mentee(work, pair, member.mentee_entry_id, reason)
        elif member.mentor_entry_id and not _has_other_pair(work, member):
            _release_mentor(work, pair, member.mentor_entry_id, reason)


def keep_apart(work: Work, pair: Pair, members: Sequence[PairMember], reason: str) -> None:
    """Remember that these people are not to be paired with each other again."""
    mentors_left = [one.person_id for one in members if one.role == "mentor"]
    mentees_left = [one.person_id for one in members if one.role == "mentee"]
    avoidances.avoid(work, pair.organisation_id, product(mentors_left, mentees_left), reason)


def _release_mentee(work: Work, pair: Pair, entry_id: uuid.UUID, reason: str) -> None:
    entry = work.session.get_one(MenteeEntry, entry_id)
    # Whoever has left the programme meanwhile, or withdrew the consent, is not looked for.
    if entry.status not in _IN_PAIR:
        return
    if pair.status is PairStatus.COMPLETED:
        mentees.set_status(work, entry_id, EntryStatus.COMPLETED, reason)
    else:
        searching.seek(work, entry_id, reason)


def _release_mentor(work: Work, pair: Pair, entry_id: uuid.UUID, reason: str) -> None:
    entry = work.session.get_one(MentorEntry, entry_id)
    if entry.status not in _IN_PAIR:
        return
    ready = EntryStatus.COMPLETED if pair.status is PairStatus.COMPLETED else EntryStatus.READY
    mentors.set_status(work, entry_id, ready, reason)


def _has_other_pair(work: Work, member: PairMember) -> bool:
    other = aliased(PairMember)
    mine = (
        other.mentee_entry_id == member.mentee_entry_id
        if member.mentee_entry_id
        else other.mentor_entry_id == member.mentor_entry_id
    )
    wanted = select(exists().where(mine, other.pair_id != member.pair_id, other.until_on.is_(None)))
    return bool(work.session.scalar(wanted))
