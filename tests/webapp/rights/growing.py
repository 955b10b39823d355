"""More of everything that the pages of the college show, made of copies of what is there."""

import uuid

from sqlalchemy import select

from models.bases import MenteeEntry, MentorEntry
from models.bodies import Body, BodyMember
from models.calendars import Break
from models.cases import Case, CaseParticipant
from models.casework import CaseFile, CaseNote
from models.documents import Document, DocumentBatch, DocumentBatchEntry, DocumentFile
from models.goals import Goal, PlanStep
from models.letters import Letter
from models.meetings import Meeting
from models.notices import Notice
from models.pairing import GeneralMeeting, GeneralMeetingGuest, Proposal, ProposalRun
from models.pairs import Pair, PairMember
from models.people import Guardianship, Membership, Person
from models.programmes import Appointment, RoadmapItem
from models.tasks import Task, TaskComment, TaskFile

MORE = 6


def grow(session, things):
    """Put several more of everything there."""
    for number in range(MORE):
        person_id = grow_people(session, things, number)
        grow_pairs(session, things, number)
        grow_papers(session, things, number, person_id)
        grow_house(session, things, number, person_id)
        grow_pairing(session, things, person_id)
    session.commit()


def grow_pairs(session, things, number):
    """Add a pair with its case, tasks, meetings and goals; to the first one remarks and steps."""
    pair = session.get_one(Pair, things.pair_id)
    case_id, pair_id = uuid.uuid4(), uuid.uuid4()
    put(session, session.get_one(Case, pair.case_id), id=case_id, title=f"Пара {number}")
    put(session, pair, id=pair_id, case_id=case_id, support_case_id=None, title=f"Пара {number}")
    copies(session, CaseParticipant, CaseParticipant.case_id == pair.case_id, case_id=case_id)
    copies(session, Task, Task.case_id == pair.case_id, case_id=case_id)
    copies(session, PairMember, PairMember.pair_id == pair.id, pair_id=pair_id)
    copies(session, Meeting, Meeting.pair_id == pair.id, pair_id=pair_id)
    copies(session, Goal, Goal.pair_id == pair.id, pair_id=pair_id)
    for kind, id in (
        (TaskComment, things.comment_id),
        (TaskFile, things.file_id),
        (Notice, things.notice_id),
        (CaseNote, things.note_id),
        (CaseFile, things.case_file_id),
        (PlanStep, things.step_id),
        (Goal, session.get_one(PlanStep, things.step_id).goal_id),
    ):
        put(session, session.get_one(kind, id), id=uuid.uuid4())
    put(session, session.get_one(RoadmapItem, things.item_id), id=uuid.uuid4(), position=number + 2)


def grow_people(session, things, number):
    """Add somebody like the mentee, with the same roles, and a guardian of the mentee."""
    person_id, guardian_id = uuid.uuid4(), uuid.uuid4()
    mentee = session.get_one(Person, things.person_id)
    for id, name in ((person_id, f"Соня {number}"), (guardian_id, f"Мама {number}")):
        put(session, mentee, id=id, full_name=name, email=None)
        copies(session, Membership, Membership.id == things.membership_id, person_id=id)
    session.add(Guardianship(child_id=things.person_id, guardian_id=guardian_id, kin="тётя"))
    tutor = session.get_one(Membership, things.membership_id)
    put(session, tutor, id=uuid.uuid4(), role=f"role_{number}")
    return person_id


def grow_papers(session, things, number, person_id):
    """Add documents of the pair, versions of its plan, scans, and one more of the batch."""
    plan = session.get_one(Document, things.document_id)
    put(session, plan, id=uuid.uuid4(), version=number + 2)
    other_id = uuid.uuid4()
    put(session, plan, id=other_id, sequence=number + 100)
    copies(session, DocumentFile, DocumentFile.document_id == plan.id, document_id=other_id)
    put(session, session.get_one(DocumentFile, things.scan_id), id=uuid.uuid4())
    put(session, session.get_one(DocumentBatch, things.papers_id), id=uuid.uuid4())
    entries = select(DocumentBatchEntry).where(DocumentBatchEntry.batch_id == things.papers_id)
    put(session, session.scalars(entries).first(), person_id=person_id, document_id=other_id)


def grow_house(session, things, number, person_id):
    """Add a council, a seat in the first one, days off, an appointment and a letter."""
    body_id = uuid.uuid4()
    put(session, session.get_one(Body, things.body_id), id=body_id, name=f"Совет {number}")
    seat = session.get_one(BodyMember, things.seat_id)
    put(session, seat, id=uuid.uuid4(), person_id=person_id)
    put(session, seat, id=uuid.uuid4(), body_id=body_id)
    put(session, session.get_one(Break, things.break_id), id=uuid.uuid4())
    put(session, session.get_one(Appointment, things.appointment_id), id=uuid.uuid4(), person_id=person_id)
    put(session, session.get_one(Letter, things.letter_id), id=uuid.uuid4(), cause=str(number))


def grow_pairing(session, things, person_id):
    """Add somebody to the bases of each programme, to the proposals and to the general meeting."""
    made = {}
    for kind in (MenteeEntry, MentorEntry):
        for programme_id in (things.programme_id, things.board_id, things.hall_id):
            one = session.scalars(select(kind).where(kind.programme_id == programme_id)).first()
            made[kind, programme_id] = uuid.uuid4()
            put(session, one, id=made[kind, programme_id], person_id=person_id)
    mentee, mentor = made[MenteeEntry, things.board_id], made[MentorEntry, things.board_id]
    runs = select(Proposal).join(ProposalRun).where(ProposalRun.programme_id == things.board_id)
    last = session.scalars(runs.order_by(ProposalRun.made_at.desc())).first()
    put(session, last, id=uuid.uuid4(), mentee_entry_id=mentee, mentor_entry_id=mentor)
    guests = select(GeneralMeetingGuest).join(GeneralMeeting)
    guests = guests.where(GeneralMeeting.programme_id == things.hall_id)
    guest = session.scalars(guests.where(GeneralMeetingGuest.mentee_entry_id.is_not(None))).first()
    put(session, guest, id=uuid.uuid4(), mentee_entry_id=made[MenteeEntry, things.hall_id])


def copies(session, kind, link, **changed):
    """Add a row like each of these."""
    for row in session.scalars(select(kind).where(link)).all():
        put(session, row, id=uuid.uuid4(), **changed)


def put(session, row, **changed):
    """Add a row like this one, with some columns changed."""
    kind = type(row)
    known = {one.key: getattr(row, one.key) for one in kind.__table__.columns}
    session.add(kind(**known | changed))
    session.flush()
