"""Who answers for a programme: appointed by order, from a day to a day, and seated in its cases."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import select

from models.cases import Case, CaseParticipant
from models.pairs import Pair, PairMember
from models.programmes import Appointment, Programme
from workflows.records import pairs, participants, programmes
from workflows.work import Work

SEATED = {"curator": "curator", "deputy_curator": "curator"}
"""The role in the case that an appointment gives; the others give none."""
REPLACED = "curator_replaced"


def appoint(
    work: Work,
    programme: Programme,
    person_id: uuid.UUID,
    role: str,
    *,
    form: str | None = None,
    order_number: str = "",
    since_on: date,
) -> Appointment:
    """Appoint somebody; whoever answers for the whole programme takes part in its case."""
    appointment = Appointment(
        id=uuid.uuid4(),
        programme_id=programme.id,
        person_id=person_id,
        role=role,
        form=form,
        order_number=order_number,
        since_on=since_on,
    )
    work.session.add(appointment)
    details = {"person": person_id, "role": role, "form": form, "order_number": order_number}
    programmes.note(work, programme, "appointment.made", details)
    if role in SEATED and programme.case_id is not None:
        participants.seat(work, programme.case_id, SEATED[role], person_id)
    return appointment


def end(work: Work, programme: Programme, appointment: Appointment, last_on: date) -> None:
    """End an appointment with a day; one that had not begun by then has never counted."""
    appointment.until_on = last_on
    details = {"person": appointment.person_id, "role": appointment.role}
    programmes.note(work, programme, "appointment.ended", details)


def leave(work: Work, programme: Programme, appointment: Appointment, last_on: date) -> None:
    """Let somebody answer for the programme no more, and leave its case with the duty."""
    end(work, programme, appointment, last_on)
    if appointment.role in SEATED and programme.case_id is not None:
        participants.unseat(work, programme.case_id, SEATED[appointment.role], appointment.person_id)


def hand_over_curatorship(
    work: Work, programme: Programme, old: Appointment, new_id: uuid.UUID, order_number: str, since_on: date
) -> Appointment:
    """Let another curator go on: in the case of the programme and in all that stand around it."""
    end(work, programme, old, since_on - timedelta(days=1))
    for case_id in list_cases_of(work, programme, old.person_id):
        participants.replace(work, case_id, "curator", old.person_id, new_id)
    _change_in_pairs(work, programme.id, old.person_id, new_id, since_on)
    return appoint(work, programme, new_id, "curator", order_number=order_number, since_on=since_on)


def list_appointments(work: Work, programme_id: uuid.UUID, *roles: str) -> list[Appointment]:
    """List the appointments that have not been ended."""
    wanted = select(Appointment).where(
        Appointment.programme_id == programme_id, Appointment.until_on.is_(None)
    )
    if roles:
        wanted = wanted.where(Appointment.role.in_(roles))
    return list(work.session.scalars(wanted.order_by(Appointment.since_on, Appointment.id)))


def curators_by_now(
    work: Work, programme_id: uuid.UUID, asked: Mapping[str, Sequence[str]]
) -> dict[str, Sequence[str]]:
    """Put the present curator in the place of one who has been replaced since a case was asked for."""
    curators = asked.get("curator", ())
    gone = set(map(str, _replaced(work, programme_id))) & set(curators)
    if not gone:
        return dict(asked)
    present = [str(one.person_id) for one in list_appointments(work, programme_id, *SEATED)]
    staying = [one for one in curators if one not in gone]
    return {**asked, "curator": list(dict.fromkeys([*staying, *present]))}


def _replaced(work: Work, programme_id: uuid.UUID) -> set[uuid.UUID]:
    held = select(Appointment.person_id, Appointment.until_on).where(
        Appointment.programme_id == programme_id, Appointment.role.in_(SEATED)
    )
    rows = work.session.execute(held).all()
    return {one for one, until_on in rows if until_on} - {one for one, until_on in rows if not until_on}


def list_cases_of(work: Work, programme: Programme, curator_id: uuid.UUID) -> list[uuid.UUID]:
    """List the running cases of a programme in which somebody takes part as the curator."""
    wanted = (
        select(Case.id)
        .join(CaseParticipant, CaseParticipant.case_id == Case.id)
        .where(
            programmes.is_of(programme.id),
            CaseParticipant.person_id == curator_id,
            CaseParticipant.role == "curator",
            CaseParticipant.until_at.is_(None),
        )
    )
    return list(work.session.scalars(wanted.order_by(Case.id)))


def _change_in_pairs(
    work: Work, programme_id: uuid.UUID, old_id: uuid.UUID, new_id: uuid.UUID, since_on: date
) -> None:
    """Let another curator belong to the pairs of the former one: whoever raises a concern speaks to them."""
    wanted = (
        select(PairMember)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(Pair.programme_id == programme_id, PairMember.role == "curator")
        .where(PairMember.person_id == old_id, PairMember.until_on.is_(None))
        .order_by(Pair.id, PairMember.id)
        .with_for_update(of=PairMember)
    )
    for former in work.session.scalars(wanted).all():
        since_here = max(since_on, former.since_on)
        former.until_on, former.left_because = since_here - timedelta(days=1), REPLACED
        member = PairMember(pair_id=former.pair_id, person_id=new_id, role="curator", since_on=since_here)
        pairs.add_member(work, member)
