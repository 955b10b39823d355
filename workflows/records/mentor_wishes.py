"""Who was in the pairs that completed, and which of their mentors would like to go on."""

import uuid
from typing import Any

from sqlalchemy import select

from models.bases import MentorEntry
from models.pairs import Pair, PairMember, PairStatus
from models.people import Person
from models.surveys import SurveyMoment, SurveyResponse
from workflows.records.pair_sets import stood_to_the_end
from workflows.work import Work

MOST_SHOWN = 200


def list_wishing(work: Work, programme_id: uuid.UUID) -> list[dict[str, Any]]:
    """List the mentors of completed pairs who said at the end that they would like to go on."""
    wanted = (
        select(MentorEntry.id, Person.full_name)
        .join(Person, Person.id == MentorEntry.person_id)
        .join(SurveyResponse, SurveyResponse.person_id == MentorEntry.person_id)
        .where(
            MentorEntry.programme_id == programme_id,
            SurveyResponse.programme_id == programme_id,
            SurveyResponse.moment == SurveyMoment.EXIT,
            SurveyResponse.role == "mentor",
            SurveyResponse.answers["go_on"].astext == "as_mentor",
        )
        .distinct()
        .order_by(Person.full_name, MentorEntry.id)
        .limit(MOST_SHOWN)
    )
    return [{"value": str(entry_id), "label": name} for entry_id, name in work.session.execute(wanted)]


def list_people(work: Work, programme_id: uuid.UUID) -> list[uuid.UUID]:
    """List the mentors and mentees of the completed pairs."""
    wanted = (
        select(PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(Pair.programme_id == programme_id, Pair.status == PairStatus.COMPLETED)
        .where(PairMember.role.in_(("mentor", "mentee")), stood_to_the_end())
    )
    return sorted(set(work.session.scalars(wanted)))
