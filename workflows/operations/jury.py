"""Operations of the jury: vote for a pair outside the sheet of the festival."""

import uuid

from models.organisations import Organisation
from models.pairs import Pair
from workflows import journal
from workflows.access import Participant, Permission, Subject, require
from workflows.records import awards, festivals, publicity
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

MOST_POINTS = 10
"""In code, because there is no sheet of the pack here whose own limit could be asked."""


def vote(work: Work, pair_id: uuid.UUID, points: int) -> None:
    """Give a pair points, once; a member of the jury does not judge a pair of their own."""
    pair = work.session.get(Pair, pair_id)
    if pair is None:
        raise NotFound(noun="pair")
    role = require(work, Permission.JURY_VOTE, _subject(work, pair))
    if not 0 <= points <= MOST_POINTS:
        raise Invalid({"points": [Complaint("vote_out_of_range", maximum=MOST_POINTS)]})
    if work.actor.person_id is None or work.actor.person_id in publicity.members_of(work, pair.id):
        raise Conflict("vote_for_own_pair")
    awards.add_vote(work, pair.programme_id, pair.id, work.actor.person_id, points)
    journal.record(
        work,
        "jury.voted",
        f"pair:{pair.id}",
        organisation_id=pair.organisation_id,
        role=role,
        details={"points": points},
    )


def _subject(work: Work, pair: Pair) -> Subject:
    organisation = work.session.get_one(Organisation, pair.organisation_id)
    festival = festivals.find_festival(work, pair.programme_id)
    jury = tuple(Participant("jury", one) for one in festival.jury_ids) if festival else ()
    return Subject(organisation_id=organisation.id, path=organisation.path, participants=jury)
