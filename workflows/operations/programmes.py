"""Operations on programmes: start one, stop one, appoint who answers for it."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models.cases import Case
from models.organisations import Organisation
from models.pairs import Pair
from models.people import Membership
from models.programmes import MentoringForm, Programme, ProgrammeStatus
from workflows.access import Permission, Subject, require
from workflows.engine.decisions import DecisionFailed
from workflows.engine.definitions import Definitions
from workflows.engine.timers import TimerProblem, duration
from workflows.forms.reasons import read_reason
from workflows.operations.cases import LONGEST_TITLE, start_case
from workflows.operations.programme_ends import end_all_around
from workflows.queries.definitions import find_version_to_start, load_pack
from workflows.queries.held_programmes import hold_running
from workflows.queries.members import list_strangers
from workflows.records import appointments, days, programmes
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

PROCESS = "programme"
FARTHEST_YEARS = 10
SHORTEST_WEEKS = 4
DUTIES = ("curator", "deputy_curator", "form_lead", "team")


def start_programme(
    work: Work,
    organisation_id: uuid.UUID,
    title: str,
    variant: str,
    starts_on: date,
    ends_on: date,
    previous_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Start a programme by a variant of the methodology: its row, its forms, and the case that carries it."""
    organisation = _organisation(work, organisation_id)
    role = require(work, Permission.PROGRAMME_START, Subject.of(organisation))
    definitions = _methodology(work, organisation)
    rules = _rules(work, definitions, variant)
    _refuse_if_wrong(work, organisation, title, rules, starts_on, ends_on)
    programme = _insert(work, organisation, title.strip(), variant, starts_on, ends_on, previous_id)
    forms = definitions.decide("programme_forms", {"variant": variant}, now=work.now())
    work.session.add_all(
        MentoringForm(programme_id=programme.id, code=one["form"], title=one["title"]) for one in forms
    )
    work.session.flush()
    _begin_case(work, programme)
    details = {"title": programme.title, "variant": variant, "starts_on": starts_on, "ends_on": ends_on}
    programmes.note(work, programme, "programme.started", details, role)
    return programme.id


def stop_programme(work: Work, programme_id: uuid.UUID, reason: str) -> None:
    """Stop a programme before its end, with all that runs around it, and say why."""
    _hold_cases_of_pairs(work, programme_id)
    programme, role = hold_running(work, programme_id, Permission.PROGRAMME_STOP)
    said = read_reason(reason)
    programme.status, programme.closed_at = ProgrammeStatus.STOPPED, work.now()
    programme.stopped_because = said
    end_all_around(work, programme, said)
    programmes.note(work, programme, "programme.stopped", {"reason": said}, role)


def appoint(
    work: Work,
    programme_id: uuid.UUID,
    person_id: uuid.UUID,
    duty: str,
    *,
    order_number: str,
    since_on: date,
    form: str | None = None,
) -> uuid.UUID:
    """Appoint somebody who answers for the programme or for a form of it, by order."""
    programme, _role = hold_running(work, programme_id, Permission.PROGRAMME_APPOINT)
    _refuse_appointment(work, programme, person_id, duty, order_number, form)
    made = appointments.appoint(
        work, programme, person_id, duty, form=form, order_number=order_number.strip(), since_on=since_on
    )
    return made.id


def end_appointment(work: Work, programme_id: uuid.UUID, appointment_id: uuid.UUID, last_on: date) -> None:
    """Let somebody of the team answer for the programme no more; a curator is replaced instead."""
    programme, _role = hold_running(work, programme_id, Permission.PROGRAMME_APPOINT)
    held = {one.id: one for one in appointments.list_appointments(work, programme_id)}
    appointment = held.get(appointment_id)
    if appointment is None:
        raise NotFound(noun="appointment")
    if appointment.role == "curator":
        raise Conflict("curator_is_replaced")
    if not appointment.since_on <= last_on <= programmes.today_of(work, programme):
        raise Invalid({"last_on": [Complaint("last_day_out_of_reach")]})
    appointments.leave(work, programme, appointment, last_on)


def replace_curator(
    work: Work, programme_id: uuid.UUID, person_id: uuid.UUID, *, order_number: str, since_on: date
) -> uuid.UUID:
    """Let another curator go on; the cases and open tasks of the former one are theirs now.

    So the day cannot lie ahead: until it comes, the former one answers for the programme.
    """
    programme, _role = hold_running(work, programme_id, Permission.PROGRAMME_APPOINT)
    if since_on > programmes.today_of(work, programme):
        raise Invalid({"since_on": [Complaint("handover_lies_ahead")]})
    _refuse_appointment(work, programme, person_id, "curator", order_number, None, is_replacing=True)
    former = appointments.list_appointments(work, programme_id, "curator")
    if not former:
        raise Conflict("curator_not_appointed")
    made = appointments.hand_over_curatorship(
        work, programme, former[0], person_id, order_number.strip(), since_on
    )
    return made.id


def _organisation(work: Work, organisation_id: uuid.UUID) -> Organisation:
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(noun="organisation")
    return organisation


def _methodology(work: Work, organisation: Organisation) -> Definitions:
    version = find_version_to_start(work, organisation, PROCESS)
    if version is None:
        raise NotFound(noun="process", process=PROCESS)
    return load_pack(work, version.id).definitions


def _rules(work: Work, definitions: Definitions, variant: str) -> Mapping[str, Any] | None:
    """Ask what holds for a variant; a methodology of another kind says nothing about programmes."""
    try:
        found: Mapping[str, Any] | None = definitions.decide(
            "programme_rules", {"variant": variant}, now=work.now()
        )
    except DecisionFailed as failure:
        raise Conflict("methodology_lacks_rules") from failure
    return found


def _refuse_if_wrong(
    work: Work,
    organisation: Organisation,
    title: str,
    rules: Mapping[str, Any] | None,
    starts_on: date,
    ends_on: date,
) -> None:
    problems: dict[str, list[Complaint]] = {}
    if not title.strip():
        problems["title"] = [Complaint("required")]
    elif len(title.strip()) > LONGEST_TITLE:
        problems["title"] = [Complaint("too_long", maximum=LONGEST_TITLE)]
    if rules is None:
        problems["variant"] = [Complaint("out_of_choices")]
    today = days.today(work, organisation.id)
    if abs(starts_on.year - today.year) > FARTHEST_YEARS:
        problems["starts_on"] = [Complaint("programme_too_far_away", years=FARTHEST_YEARS)]
    if ends_on <= starts_on:
        problems["ends_on"] = [Complaint("programme_ends_before_it_starts")]
    elif ends_on < today:
        problems["ends_on"] = [Complaint("programme_over_already")]
    elif (ends_on - starts_on).days + 1 < SHORTEST_WEEKS * 7:
        problems["ends_on"] = [Complaint("programme_too_short", weeks=SHORTEST_WEEKS)]
    elif rules is not None and ends_on > (latest := _latest(organisation, starts_on, rules["longest"])):
        problems["ends_on"] = [Complaint("programme_too_long", latest=latest)]
    if problems:
        raise Invalid(problems)


def _latest(organisation: Organisation, starts_on: date, longest: str) -> date:
    start = datetime.combine(starts_on, time(), ZoneInfo(organisation.time_zone))
    try:
        return duration(longest).after(start).date()
    except TimerProblem:
        # So late that there is no calendar any more: whoever typed that meant another year.
        return starts_on


def _insert(
    work: Work,
    organisation: Organisation,
    title: str,
    variant: str,
    starts_on: date,
    ends_on: date,
    previous_id: uuid.UUID | None,
) -> Programme:
    if previous_id is not None and _previous(work, previous_id).organisation_id != organisation.id:
        raise NotFound(noun="programme")
    programme = Programme(
        id=uuid.uuid4(),
        organisation_id=organisation.id,
        previous_id=previous_id,
        title=title,
        variant=variant,
        status=ProgrammeStatus.RUNNING,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    work.session.add(programme)
    work.session.flush()
    return programme


def _previous(work: Work, previous_id: uuid.UUID) -> Programme:
    previous = work.session.get(Programme, previous_id)
    if previous is None:
        raise NotFound(noun="programme")
    return previous


def _begin_case(work: Work, programme: Programme) -> None:
    case = start_case(
        work,
        programme.organisation_id,
        PROCESS,
        programme.title,
        participants={"head": list(_heads(work, programme.organisation_id))},
        variables={"programme_id": str(programme.id), "variant": programme.variant},
    )
    programme.case_id = case.id


def _heads(work: Work, organisation_id: uuid.UUID) -> Iterator[uuid.UUID]:
    """Let the head who starts the programme lead it, or else the heads of the organisation."""
    wanted = select(Membership.person_id).where(
        Membership.organisation_id == organisation_id,
        Membership.role == "head",
        Membership.counts_at(work.now()),
    )
    held: Sequence[uuid.UUID] = work.session.scalars(
        wanted.order_by(Membership.since_on, Membership.id)
    ).all()
    own = [one for one in held if one == work.actor.person_id]
    yield from dict.fromkeys(own or held)


def _hold_cases_of_pairs(work: Work, programme_id: uuid.UUID) -> None:
    """Lock the cases of the pairs before the programme: so does whoever ends one of them."""
    own = select(Pair.case_id).where(Pair.programme_id == programme_id)
    work.session.execute(select(Case.id).where(Case.id.in_(own)).order_by(Case.id).with_for_update())


def _refuse_appointment(
    work: Work,
    programme: Programme,
    person_id: uuid.UUID,
    duty: str,
    order_number: str,
    form: str | None,
    *,
    is_replacing: bool = False,
) -> None:
    problems: dict[str, list[Complaint]] = {}
    if duty not in DUTIES:
        problems["duty"] = [Complaint("out_of_choices")]
    if list_strangers(work, _organisation(work, programme.organisation_id), {person_id}):
        problems["person"] = [Complaint("person_not_here", person=str(person_id))]
    if not order_number.strip():
        problems["order_number"] = [Complaint("required")]
    if duty == "form_lead" and form not in {one.code for one in programmes.list_forms(work, programme.id)}:
        problems["form"] = [Complaint("out_of_choices")]
    held = appointments.list_appointments(work, programme.id, "curator", "deputy_curator")
    if duty in appointments.SEATED and any(one.person_id == person_id for one in held):
        problems["person"] = [Complaint("already_answers_for_programme")]
    if problems:
        raise Invalid(problems)
    if duty == "curator" and not is_replacing and any(one.role == "curator" for one in held):
        raise Conflict("curator_is_there")
