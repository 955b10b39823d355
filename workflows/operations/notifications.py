"""Operations on what somebody wants to be told: choose a way for each kind."""

from collections.abc import Mapping

from sqlalchemy.dialects.postgresql import insert

from models.letters import LetterKind, NotificationChoice, Way
from models.people import Person
from workflows import journal
from workflows.access import Permission, require
from workflows.queries.notifications import ways_of
from workflows.queries.people import get_subject_of
from workflows.records.letters import USUAL, WAYS
from workflows.refusals import Complaint, Forbidden, Invalid
from workflows.work import Work


def choose_notifications(work: Work, ways: Mapping[LetterKind, Way]) -> None:
    """Choose how the actor learns of each kind of news; what is not named stays as it was."""
    person_id = work.actor.person_id
    if person_id is None:
        raise Forbidden
    role = require(work, Permission.NOTIFICATION_CHOOSE, get_subject_of(work, person_id))
    problems = {
        kind.value: [Complaint("no_such_way")] for kind, way in ways.items() if way not in WAYS.get(kind, ())
    }
    if problems:
        raise Invalid(problems)
    # The person is held, so that of two pages sent at once none undoes the other.
    person = work.session.get_one(Person, person_id, with_for_update={"key_share": True})
    before = ways_of(work, person_id)
    chosen = {**before, **ways}
    changed = {kind.value: way.value for kind, way in chosen.items() if way is not USUAL[kind]}
    written = insert(NotificationChoice).values(person_id=person_id, ways=changed, chosen_at=work.now())
    newer = {name: written.excluded[name] for name in ("ways", "chosen_at")}
    work.session.execute(written.on_conflict_do_update(index_elements=["person_id"], set_=newer))
    journal.record(
        work,
        "notification.chosen",
        f"person:{person_id}",
        organisation_id=person.organisation_id,
        role=role,
        details={kind.value: [before[kind].value, way.value] for kind, way in ways.items()},
    )
