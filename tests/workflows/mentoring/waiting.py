"""Programmes with people in their bases who wait for a pair."""

import uuid
from datetime import UTC, datetime

from sqlalchemy import select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.pairing import Choice, ChosenBy, GeneralMeeting
from models.pairs import Pair, PairMember
from models.programmes import MentoringForm
from tests.programmes import add_programme
from workflows.operations.cases import start_case
from workflows.queries.pairing import get_pairing

FORM = "teacher_learner"


class Cohort:
    """A programme with people in its bases, who wait for a pair."""

    def __init__(self, play, variant="college"):
        self.play, self.college, self.session = play, play.college, play.session
        self.programme = add_programme(
            self.session, self.college.id, curator_id=self.college.curator.person_id, variant=variant
        )
        self.add_form(FORM)
        self._applied = 0

    def add_form(self, code):
        self.session.add(MentoringForm(programme_id=self.programme.id, code=code, title=f"Форма {code}"))
        self.session.flush()

    def mentee(self, number, form=FORM, **more):
        return self._add(MenteeEntry, self.college.mentees[number].person_id, form=form, **more)

    def mentor(self, number, forms=(FORM,), **more):
        more.setdefault("source", "pedagogue")
        return self._add(MentorEntry, self.college.mentors[number].person_id, forms=list(forms), **more)

    def _add(self, table, person_id, **more):
        self._applied += 1
        entry = table(
            id=uuid.uuid4(),
            organisation_id=self.college.id,
            programme_id=self.programme.id,
            person_id=person_id,
            status=more.pop("status", EntryStatus.READY),
            applied_at=datetime(2026, 9, 1, 8, self._applied, tzinfo=UTC),
            **more,
        )
        self.session.add(entry)
        self.session.flush()
        return entry

    def choose(self, mentee, mentor, by=("mentee", "mentor")):
        meeting = GeneralMeeting(
            id=uuid.uuid4(),
            programme_id=self.programme.id,
            held_at=self.play.clock(),
            place="зал",
            format="in_person",
            minutes_per_round=7,
            tables=3,
        )
        self.session.add(meeting)
        self.session.flush()
        for one in by:
            self.session.add(
                Choice(
                    id=uuid.uuid4(),
                    general_meeting_id=meeting.id,
                    mentee_entry_id=mentee.id,
                    mentor_entry_id=mentor.id,
                    chosen_by=ChosenBy(one),
                    rank=1,
                    chosen_at=self.play.clock(),
                )
            )
        self.session.flush()

    def work(self):
        return self.play.work(self.college.curator)

    def proposed(self):
        view = get_pairing(self.work(), self.programme.id)
        return {(one.mentee_entry_id, one.mentor_entry_id) for one in view.proposals}

    def left(self):
        view = get_pairing(self.work(), self.programme.id)
        return {one.entry_id: [reason["code"] for reason in one.reasons] for one in view.left_over}

    def begin(self, process="pair_formation", **variables):
        facts = {"programme_id": str(self.programme.id), "variant": self.programme.variant}
        people = {"curator": [self.college.curator.person_id]}
        started = start_case(
            self.play.work(),
            self.college.id,
            process,
            "Формирование пар",
            participants=people,
            variables=facts | variables,
        )
        self.play.settle()
        return started.id

    def status(self, entry):
        return self.session.scalar(select(type(entry).status).where(type(entry).id == entry.id))

    def pairs(self):
        return list(self.session.scalars(select(Pair).where(Pair.programme_id == self.programme.id)))

    def members(self, pair, role):
        wanted = select(PairMember.person_id).where(PairMember.pair_id == pair.id, PairMember.role == role)
        return set(self.session.scalars(wanted))


def learners(free, mentees=2, mentors=2, **more):
    own = [free.mentee(n, "learner_learner", study_level=1) for n in range(mentees)]
    theirs = [free.mentor(n, ("learner_learner",), study_level=3, **more) for n in range(mentors)]
    return own, theirs
