"""The papers without which a programme does not begin: drafts, the council's word, signature, publication."""

from datetime import date
from typing import Any

from models.contours import PAPERS_RETURNED, MeasureResult
from models.programmes import Programme
from workflows.records import programmes
from workflows.records.gates import PAPERS
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks.place import Done, Place
from workflows.service_tasks.programme_team import day_of
from workflows.work import Work


def draft(work: Work, place: Place, done: Done) -> None:
    """Keep the drafts, each with the place where it can be read; older drafts are forgotten."""
    programme = programmes.programme_of(work, place.case_id)
    programmes.forget_drafts(work, programme.id)
    for kind in PAPERS:
        link = done.answers[f"{kind}_link"]
        programmes.add_document(work, programme, kind, stage=1, by_id=done.by_id, link=link)


def consider(work: Work, place: Place, done: Done) -> None:
    """Keep the protocol of the council that considered the papers."""
    _add(work, place, done, "protocol", _not_later(done))
    if done.answers["opinion"] == "rework":
        _keep_remarks(work, place, done)


def sign(work: Work, place: Place, done: Done) -> None:
    """Sign the drafts with one number and day, or keep why the programme does not begin."""
    programme = programmes.programme_of(work, place.case_id)
    if done.answers["decision"] == "refused":
        programme.stopped_because = done.answers["remarks"]
        programmes.note(work, programme, "programme.not_approved", {"reason": done.answers["remarks"]})
    if done.answers["decision"] == "returned":
        _keep_remarks(work, place, done)
    if done.answers["decision"] == "signed":
        _sign_all(work, programme, done.answers["number"], _not_later(done))


def _sign_all(work: Work, programme: Programme, number: str, signed_on: date) -> None:
    for document in programmes.list_documents(work, programme.id, *PAPERS):
        document.number, document.dated_on = number, signed_on
    programmes.note(work, programme, "document.signed", {"number": number, "dated_on": signed_on})


def _keep_remarks(work: Work, place: Place, done: Done) -> None:
    programme = programmes.programme_of(work, place.case_id)
    work.session.add(
        MeasureResult(
            programme_id=programme.id,
            stage=1,
            activity=PAPERS_RETURNED,
            answers={"remarks": done.answers["remarks"]},
            entered_by_id=done.by_id,
            entered_at=work.now(),
        )
    )
    programmes.note(work, programme, "papers.returned", {"remarks": done.answers["remarks"]})


def amend_contract(work: Work, place: Place, done: Done) -> None:
    """Keep the agreement by which the curator's duties enter the contract of employment."""
    if done.answers["kind"] != "not_needed":
        _add(work, place, done, done.answers["kind"], _not_later(done))


def publish(work: Work, place: Place, done: Done) -> None:
    """Keep where the signed papers were published."""
    link = done.answers["link"]
    day = _not_later(done)
    _add(work, place, done, "publication", day, link=link)


def _add(work: Work, place: Place, done: Done, kind: str, dated_on: date, **more: Any) -> None:
    programme = programmes.programme_of(work, place.case_id)
    number = done.answers.get("number") or ""
    programmes.add_document(
        work, programme, kind, stage=1, by_id=done.by_id, number=number, dated_on=dated_on, **more
    )


def _not_later(done: Done) -> date:
    day = day_of(done.answers["dated_on"])
    if day > done.now.date():
        raise Invalid({"dated_on": [Complaint("day_not_come")]})
    return day


LISTENERS = {
    "programmes.draft": draft,
    "programmes.consider": consider,
    "programmes.sign": sign,
    "programmes.amend_contract": amend_contract,
    "programmes.publish": publish,
}
