"""What came of the measures of a stage: who was told, who was asked, what was chosen, who agreed."""

import uuid
from typing import Any

from sqlalchemy import delete

from models.contours import (
    Announcement,
    Audience,
    Contour,
    Invitation,
    MeasureResult,
    PreliminaryRequest,
)
from models.programmes import Programme
from workflows import journal
from workflows.records import mentors, partners, programmes
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks.place import Done, Place
from workflows.service_tasks.programme_team import day_of
from workflows.work import Work


def tell_inside(work: Work, place: Place, done: Done) -> None:
    """Keep whom of the organisation was told of the programme, how and when."""
    _tell(work, place, done, Contour.INNER)


def tell_outside(work: Work, place: Place, done: Done) -> None:
    """Keep who around the organisation was told of the programme, how and when."""
    _tell(work, place, done, Contour.OUTER)


def _tell(work: Work, place: Place, done: Done, contour: Contour) -> None:
    programme = programmes.programme_of(work, place.case_id)
    rows = done.answers.get("told") or []
    _refuse_future(rows, done)
    for row in rows:
        work.session.add(
            Announcement(
                programme_id=programme.id,
                stage=_stage(done),
                contour=contour,
                activity=done.element,
                audience=row["audience"],
                channel=row["channel"],
                told_on=day_of(row["told_on"]),
                reached=row.get("reached"),
                note=row.get("note") or "",
            )
        )
    _note(work, programme, done, {"told": len(rows)})


def _refuse_future(rows: list[dict[str, Any]], done: Done) -> None:
    late = {
        f"told.{index}.told_on": [Complaint("day_not_come")]
        for index, row in enumerate(rows)
        if day_of(row["told_on"]) > done.now.date()
    }
    if not rows:
        late = {"told": [Complaint("nobody_was_told")]}
    if late:
        raise Invalid(late)


def collect_requests(work: Work, place: Place, done: Done) -> None:
    """Keep how many asked for mentoring of each form before the programme began."""
    programme = programmes.programme_of(work, place.case_id)
    work.session.execute(delete(PreliminaryRequest).where(PreliminaryRequest.programme_id == programme.id))
    for row in done.answers.get("requests") or ():
        given = {"form": row["form"], "requests": int(row["number"]), "about": row.get("about") or ""}
        work.session.add(PreliminaryRequest(programme_id=programme.id, **given))


def choose_audiences(work: Work, place: Place, done: Done) -> None:
    """Keep among whom mentors are looked for, by the forms that were chosen."""
    programme = programmes.programme_of(work, place.case_id)
    rows = done.answers.get("audiences") or []
    if not rows:
        raise Invalid({"audiences": [Complaint("no_audience")]})
    for row in rows:
        given = {"form": row["form"], "name": row["name"], "met_at": row.get("met_at") or ""}
        work.session.add(Audience(programme_id=programme.id, **given))
    _note(work, programme, done, {"audiences": len(rows)})


def invite(work: Work, place: Place, done: Done) -> None:
    """Keep who from outside was asked to help or to come, and what they replied."""
    programme = programmes.programme_of(work, place.case_id)
    rows = done.answers.get("invited") or []
    for row in rows:
        given = {key: row.get(key) or "" for key in ("name", "comes_from", "purpose", "reply")}
        invitation = Invitation(programme_id=programme.id, stage=_stage(done), activity=done.element, **given)
        work.session.add(invitation)
    _note(work, programme, done, {"invited": len(rows)})


def propose_mentors(work: Work, place: Place, done: Done) -> None:
    """Propose people for the mentor base; the intake of each begins."""
    programme = programmes.programme_of(work, place.case_id)
    candidates = done.answers.get("candidates") or ()
    # Somebody proposed for two forms stands in two rows and gets one intake, for both.
    for person, source in {row["person"]: row["source"] for row in reversed(candidates)}.items():
        if mentors.find_entry(work, programme.id, uuid.UUID(person)) is None:
            forms = dict.fromkeys(row["form"] for row in candidates if row["person"] == person)
            mentors.propose(work, programme.id, uuid.UUID(person), source, list(forms))
    _note(work, programme, done, {"proposed": len(candidates)})


def agree_with_partners(work: Work, place: Place, done: Done) -> None:
    """Keep the partners that agreed to give mentors, and the contracts with them."""
    for row in done.answers.get("partners") or ():
        partner = partners.add_partner(work, place.organisation_id, row["name"].strip(), row["kind"])
        if row["contract"] != "none":
            signed_on = day_of(row["signed_on"])
            expires_on = day_of(row["expires_on"]) if row.get("expires_on") else None
            partners.add_contract(work, partner, row["contract"], row["number"], signed_on, expires_on)


def keep_result(work: Work, place: Place, done: Done) -> None:
    """Keep all that was answered as the result of this measure."""
    programme = programmes.programme_of(work, place.case_id)
    work.session.add(
        MeasureResult(
            programme_id=programme.id,
            stage=_stage(done),
            activity=done.element,
            answers=journal.settle(dict(done.answers)),
            entered_by_id=done.by_id,
            entered_at=work.now(),
        )
    )
    _note(work, programme, done, {})


def _stage(done: Done) -> int:
    return int(done.known["stage"]["number"])


def _note(work: Work, programme: Programme, done: Done, details: dict[str, Any]) -> None:
    programmes.note(
        work, programme, "measure.recorded", {"stage": _stage(done), "activity": done.element, **details}
    )


LISTENERS = {
    "programmes.tell_inside": tell_inside,
    "programmes.tell_outside": tell_outside,
    "programmes.collect_requests": collect_requests,
    "programmes.choose_audiences": choose_audiences,
    "programmes.invite": invite,
    "programmes.propose_mentors": propose_mentors,
    "programmes.agree_with_partners": agree_with_partners,
    "programmes.keep_result": keep_result,
}
