"""One person's page in a base: what is known, what was signed, how it went; leave, take a consent back."""

import uuid

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.bases import MenteeEntry
from webapp.pages.bases.mentors import ending
from webapp.pages.bases.naming import Names, in_words, pair_address, trail_to
from webapp.pages.shown_again import Said, again
from webapp.transaction import work
from webapp.words import entries
from workflows.operations import mentees, mentors
from workflows.operations.consents import withdraw_consent
from workflows.operations.profile_views import note_view
from workflows.queries.bases.profiles import (
    Known,
    MenteeProfile,
    MentorProfile,
    find_own_entry,
    get_mentee_profile,
    get_mentor_profile,
)
from workflows.refusals import Complaint, Conflict, Invalid, NotFound

pages = Blueprint("profiles", __name__)
LONGEST_REASON = 1000


@pages.get("/mentees/<uuid:entry_id>")
def mentee(entry_id: uuid.UUID) -> ResponseReturnValue:
    profile = get_mentee_profile(work(), entry_id)
    note_look(profile.known, profile.entry.id)
    return mentee_page(profile, Said())


@pages.get("/mentors/<uuid:entry_id>")
def mentor(entry_id: uuid.UUID) -> ResponseReturnValue:
    profile = get_mentor_profile(work(), entry_id)
    note_look(profile.known, profile.entry.id)
    return mentor_page(profile, Said())


@pages.get("/programmes/<uuid:programme_id>/mine")
def own(programme_id: uuid.UUID) -> ResponseReturnValue:
    """Lead somebody to their own page in the bases of a programme."""
    entry = find_own_entry(work(), programme_id)
    if entry is None:
        raise NotFound(noun="programme")
    kind = "mentee" if isinstance(entry, MenteeEntry) else "mentor"
    return redirect(url_for(f".{kind}", entry_id=entry.id))


@pages.post("/mentees/<uuid:entry_id>/leave")
def mentee_leaves(entry_id: uuid.UUID) -> ResponseReturnValue:
    mentees.leave_base(work(), entry_id, sure_reason("leave"))
    flash(_("The base has been left. What was there stays on record."), "is-good")
    return redirect(url_for(".mentee", entry_id=entry_id), 303)


@pages.post("/mentors/<uuid:entry_id>/leave")
def mentor_leaves(entry_id: uuid.UUID) -> ResponseReturnValue:
    mentors.leave_base(work(), entry_id, sure_reason("leave"))
    flash(_("The base has been left. What was there stays on record."), "is-good")
    return redirect(url_for(".mentor", entry_id=entry_id), 303)


@pages.post("/mentees/<uuid:entry_id>/consents/withdraw")
def mentee_withdraws(entry_id: uuid.UUID) -> ResponseReturnValue:
    known = get_mentee_profile(work(), entry_id).known
    return withdraw(known, url_for(".mentee", entry_id=entry_id))


@pages.post("/mentors/<uuid:entry_id>/consents/withdraw")
def mentor_withdraws(entry_id: uuid.UUID) -> ResponseReturnValue:
    known = get_mentor_profile(work(), entry_id).known
    return withdraw(known, url_for(".mentor", entry_id=entry_id))


def withdraw(known: Known, back: str) -> ResponseReturnValue:
    """Take a consent back."""
    purpose = request.form.get("purpose", "")
    if "sure" not in request.form:
        raise Invalid({f"sure-{purpose}": [Complaint("must_be_ticked")]})
    reason = request.form.get("reason", "")[:LONGEST_REASON]
    withdraw_consent(work(), known.place.programme.id, known.person.id, purpose, reason)
    flash(_("The consent is withdrawn. Whoever has to do something about it has been told."), "is-good")
    return redirect(back, 303)


def sure_reason(act: str) -> str:
    """Read why; whoever is not sure has not decided."""
    reason = request.form.get("reason", "")
    problems: dict[str, list[Complaint]] = {}
    if not reason.strip():
        problems["reason"] = [Complaint("required")]
    if len(reason) > LONGEST_REASON:
        problems["reason"] = [Complaint("too_long", maximum=LONGEST_REASON)]
    if "sure" not in request.form:
        problems[f"sure-{act}"] = [Complaint("must_be_ticked")]
    if problems:
        raise Invalid(problems)
    return reason


def note_look(known: Known, entry_id: uuid.UUID) -> None:
    """Remember that somebody looked at a child; it is written down once the page is on its way."""
    if known.is_minor and known.person.id != work().actor.person_id:
        g.looked_at = note_view, entry_id, work().actor


def mentee_page(profile: MenteeProfile, said: Said) -> str:
    """Make the page of a mentee."""
    names = Names(profile.known.place)
    dictionaries = {
        "role_models": names.dictionary("map_request", "role_model"),
        "channels": names.dictionary("map_request", "channel"),
        "priorities": names.dictionary("map_request", "priority"),
        "interests": names.dictionary("fill_request", "interests"),
        "times": names.dictionary("fill_request", "times"),
        "categories": names.dictionary("assess_person", "categories"),
    }
    list_of = _("Mentees"), url_for("mentees.show", programme_id=profile.entry.programme_id)
    return page("mentee", profile, names, dictionaries, list_of, said)


def mentor_page(profile: MentorProfile, said: Said) -> str:
    """Make the page of a mentor."""
    names = Names(profile.known.place)
    dictionaries = {
        "interests": names.dictionary("fill_mentor_profile", "interests"),
        "times": names.dictionary("fill_mentor_profile", "times"),
        "periodicity": names.dictionary("tell_about_yourself", "periodicity"),
        "checks": names.dictionary("accept_checks", "kind"),
        "formats": names.dictionary("record_training", "format"),
        "topics": names.dictionary("record_training", "topics"),
        "decisions": names.dictionary("record_interview", "decision"),
    }
    list_of = _("Mentors"), url_for("mentors.show", programme_id=profile.entry.programme_id)
    return page("mentor", profile, names, dictionaries, list_of, said)


def page(
    kind: str,
    profile: MenteeProfile | MentorProfile,
    names: Names,
    dictionaries: dict[str, dict[str, str]],
    list_of: tuple[str, str],
    said: Said,
) -> str:
    """Make the page of somebody, with what the two kinds have in common."""
    known = profile.known
    is_mentee = kind == "mentee"
    return render_template(
        f"bases/{kind}.html",
        kind=kind,
        profile=profile,
        known=known,
        entry=profile.entry,
        names=names,
        called=dictionaries,
        trail=trail_to(known.place, *([list_of] if known.is_staff else [])),
        status_words=entries.MENTEE_STATUSES if is_mentee else entries.MENTOR_STATUSES,
        looks=entries.LOOKS if is_mentee else entries.MENTOR_LOOKS,
        entries=entries,
        in_words=in_words,
        pair_address=pair_address,
        ending=lambda until: ending(until, known.place.today),
        is_own=known.person.id == work().actor.person_id,
        typed=request.form,
        longest_reason=LONGEST_REASON,
        said=said,
    )


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    entry_id = (request.view_args or {})["entry_id"]
    if request.path.startswith("/mentees/"):
        return again(refusal, lambda said: mentee_page(get_mentee_profile(work(), entry_id), said))
    return again(refusal, lambda said: mentor_page(get_mentor_profile(work(), entry_id), said))
