"""Operations on awards: note what a pair has achieved."""

import uuid

from models.organisations import Organisation
from models.pairs import Pair
from workflows import journal
from workflows.access import Permission, Subject, require
from workflows.records import awards
from workflows.refusals import Complaint, Invalid, NotFound
from workflows.work import Work

LONGEST_ACTIVITY, LONGEST_NOTE = 100, 2000


def give_points(work: Work, pair_id: uuid.UUID, activity: str, *, note: str = "") -> uuid.UUID:
    """Note an achievement of a pair; the scheme of the programme says what it is worth."""
    pair = work.session.get(Pair, pair_id)
    if pair is None:
        raise NotFound(noun="pair")
    organisation = work.session.get_one(Organisation, pair.organisation_id)
    role = require(work, Permission.AWARD_GIVE, Subject.of(organisation))
    _refuse_if_wrong(activity, note)
    point_id = awards.give_points(work, pair.programme_id, pair.id, activity=activity, note=note)
    journal.record(
        work,
        "award.points_given",
        f"pair:{pair.id}",
        organisation_id=pair.organisation_id,
        role=role,
        details={"activity": activity, "note": note},
    )
    return point_id


def _refuse_if_wrong(activity: str, note: str) -> None:
    problems: dict[str, list[Complaint]] = {}
    # What the system counts itself would else be counted twice.
    if not activity.strip() or len(activity) > LONGEST_ACTIVITY or activity in awards.COUNTED:
        problems["activity"] = [Complaint("out_of_choices")]
    if len(note) > LONGEST_NOTE:
        problems["note"] = [Complaint("too_long", maximum=LONGEST_NOTE)]
    if problems:
        raise Invalid(problems)
