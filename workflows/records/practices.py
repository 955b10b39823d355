"""Practices: the story of a pair or of the programme, shown only as long as its people agree."""

import uuid
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from models.pairs import Pair, PairMember
from models.practices import Practice, PracticeAgreement, PracticeStatus
from workflows import journal
from workflows.records import publicity
from workflows.records.statuses import role_of
from workflows.refusals import Conflict
from workflows.work import Work


def write(
    work: Work,
    programme_id: uuid.UUID,
    organisation_id: uuid.UUID,
    *,
    title: str,
    summary: str,
    form: str = "",
    pair_id: uuid.UUID | None = None,
    case_id: uuid.UUID | None = None,
) -> Practice:
    """Write a story down, or anew while it is not shown; who has agreed is asked again."""
    practice = find_draft(work, pair_id) if pair_id else None
    if practice is None:
        practice = Practice(id=uuid.uuid4(), programme_id=programme_id, pair_id=pair_id)
    practice.form, practice.title, practice.summary, practice.case_id = form, title, summary, case_id
    practice.status, practice.written_at, practice.why_not = PracticeStatus.DRAFT, work.now(), ""
    work.session.add(practice)
    work.session.flush()
    work.session.execute(delete(PracticeAgreement).where(PracticeAgreement.practice_id == practice.id))
    _note(work, practice, organisation_id, "practice.written")
    return practice


def find_draft(work: Work, pair_id: uuid.UUID) -> Practice | None:
    """Find the story of a pair that is not shown yet."""
    wanted = select(Practice).where(Practice.pair_id == pair_id, Practice.status == PracticeStatus.DRAFT)
    return work.session.scalars(wanted.order_by(Practice.written_at.desc()).limit(1)).one_or_none()


def find_of_case(work: Work, case_id: uuid.UUID) -> Practice | None:
    """Find the story that a case is about."""
    wanted = select(Practice).where(Practice.case_id == case_id).order_by(Practice.written_at.desc())
    return work.session.scalars(wanted.limit(1)).one_or_none()


def agree(work: Work, practice_id: uuid.UUID, person_id: uuid.UUID, is_given: bool) -> None:
    """Write down what somebody whom the story shows says of its text; the last word counts."""
    said = {"is_given": is_given, "said_at": work.now()}
    row = {"id": uuid.uuid4(), "practice_id": practice_id, "person_id": person_id, **said}
    written = insert(PracticeAgreement).values(row)
    work.session.execute(
        written.on_conflict_do_update(index_elements=["practice_id", "person_id"], set_=said)
    )


def list_who_agreed(work: Work, practice_id: uuid.UUID) -> set[uuid.UUID]:
    """Give who agreed to the text of a story."""
    wanted = select(PracticeAgreement.person_id).where(
        PracticeAgreement.practice_id == practice_id, PracticeAgreement.is_given
    )
    return set(work.session.scalars(wanted))


def publish(work: Work, practice: Practice, organisation_id: uuid.UUID, on: date, address: str = "") -> None:
    """Show a story; refused unless all whom it shows agreed to its text and to publicity."""
    if practice.status is PracticeStatus.PUBLISHED:
        raise Conflict("practice_published_already")
    if practice.pair_id is not None:
        people = publicity.members_of(work, practice.pair_id)
        if not publicity.may_show(work, practice.programme_id, people):
            raise Conflict("practice_without_consent")
        if not people <= list_who_agreed(work, practice.id):
            raise Conflict("practice_without_agreement")
    practice.status, practice.published_on, practice.address = PracticeStatus.PUBLISHED, on, address
    practice.why_not = ""
    _note(work, practice, organisation_id, "practice.published")


def keep(work: Work, practice: Practice, organisation_id: uuid.UUID, reason: str = "") -> None:
    """Let a story stay with its pair."""
    practice.status, practice.why_not = PracticeStatus.DECLINED, reason
    _note(work, practice, organisation_id, "practice.declined")


def take_back(work: Work, practice: Practice, organisation_id: uuid.UUID, reason: str = "") -> None:
    """Show a story no more."""
    practice.status, practice.why_not, practice.address = PracticeStatus.WITHDRAWN, reason, ""
    practice.published_on = None
    _note(work, practice, organisation_id, "practice.withdrawn")


def take_back_all_of(work: Work, programme_id: uuid.UUID, person_id: uuid.UUID, reason: str = "") -> int:
    """Show no more story with somebody who may not be shown any more; return how many there were."""
    wanted = (
        select(Practice, Pair.organisation_id)
        .join(Pair, Pair.id == Practice.pair_id)
        .join(PairMember, PairMember.pair_id == Pair.id)
        .where(
            Practice.programme_id == programme_id,
            Practice.status.in_((PracticeStatus.PUBLISHED, PracticeStatus.DRAFT)),
            PairMember.person_id == person_id,
            PairMember.role.in_(("mentor", "mentee")),
        )
        .distinct()
    )
    found = work.session.execute(wanted).all()
    for practice, organisation_id in found:
        take_back(work, practice, organisation_id, reason)
    return len(found)


def list_shown(work: Work, programme_id: uuid.UUID) -> list[Practice]:
    """List the practices that may be read now: a withdrawn consent hides a story at once."""
    wanted = select(Practice).where(
        Practice.programme_id == programme_id, Practice.status == PracticeStatus.PUBLISHED
    )
    found = list(work.session.scalars(wanted.order_by(Practice.published_on, Practice.title, Practice.id)))
    pair_ids = {one.pair_id for one in found if one.pair_id}
    allowed = publicity.list_pairs_shown(work, programme_id, pair_ids)
    return [one for one in found if one.pair_id is None or one.pair_id in allowed]


def _note(work: Work, practice: Practice, organisation_id: uuid.UUID, act: str) -> None:
    work.session.flush()
    journal.record(
        work,
        act,
        f"practice:{practice.id}",
        organisation_id=organisation_id,
        role=role_of(work),
        details={"programme": practice.programme_id, "pair": practice.pair_id, "title": practice.title},
    )
