"""Note who looked at the profile of a child."""

import uuid

from sqlalchemy.dialects.postgresql import insert

from models.bases import MenteeEntry, MentorEntry
from models.views import ProfileView
from workflows.access import Permission, require
from workflows.queries.bases.people import subject_of_entry
from workflows.queries.bases.places import find_place
from workflows.queries.documents.showing import list_children, load
from workflows.queries.people import get_subject_of
from workflows.refusals import NotFound
from workflows.work import Work


def note_person_view(work: Work, person_id: uuid.UUID) -> None:
    """Note that the actor looked at the page of a child, once an hour."""
    role = require(work, Permission.PERSON_READ, get_subject_of(work, person_id))
    _add(work, person_id, role)


def note_view(work: Work, entry_id: uuid.UUID) -> None:
    """Note that the actor looked at somebody in a base, once an hour; it is a log of its own."""
    mentee = work.session.get(MenteeEntry, entry_id)
    entry = mentee or work.session.get(MentorEntry, entry_id)
    if entry is None:
        raise NotFound(noun="mentee")
    subject = subject_of_entry(work, find_place(work, entry.programme_id), entry)
    role = require(work, Permission.MENTEE_READ if mentee else Permission.MENTOR_READ, subject)
    _add(work, entry.person_id, role)


def note_document_view(work: Work, document_id: uuid.UUID) -> None:
    """Note that the actor opened a document that tells of children, once an hour for each of them."""
    document, _subject, role = load(work, document_id, Permission.DOCUMENT_READ)
    for child_id in list_children(work, document):
        if child_id != work.actor.person_id:
            _add(work, child_id, role)


def _add(work: Work, person_id: uuid.UUID, role: str) -> None:
    now = work.now()
    row = {
        "id": uuid.uuid4(),
        "person_id": person_id,
        "viewer_id": work.actor.person_id,
        "role": role,
        "hour_at": now.replace(minute=0, second=0, microsecond=0),
        "at": now,
    }
    work.session.execute(insert(ProfileView).values(row).on_conflict_do_nothing())
