"""Read which forms of mentoring the methodology of an organisation offers, and what holds for each."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.organisations import Organisation
from models.programmes import Programme
from workflows.access import Permission, Subject, require
from workflows.queries.definitions import LoadedPack, find_version_to_start, load_pack
from workflows.queries.organisations import get_organisation
from workflows.queries.programme_starts import PROCESS, VARIANTS
from workflows.work import Work

SOURCES = ("learner", "pedagogue", "graduate", "partner", "parent", "social_partner")
"""Where mentors come from."""
FORMS, ROUTE, MEETINGS, MENTORS = "programme_forms", "approval_route", "meeting_rules", "eligibility"
PAIR = "pair"


@dataclass(frozen=True)
class Candidate:
    """From where mentors may come, with what they need at least."""

    source: str
    least_age: int
    least_experience: int


@dataclass(frozen=True)
class FormView:
    """A form of mentoring: who may be mentor, who decides on pairs, how they meet. Texts of the pack."""

    code: str
    title: str
    mentors: Sequence[Candidate]
    advice: str
    decider: str
    needs_order: bool
    rhythm: str
    shortest_minutes: int
    least_months: int


@dataclass(frozen=True)
class FormsPage:
    """The forms of a variant of the methodology, and the role models that a request may name."""

    organisation: Organisation
    pack: LoadedPack | None
    variants: Mapping[str, str]
    variant: str
    forms: Sequence[FormView]
    role_models: Sequence[str]


def get_forms_page(work: Work, organisation_id: uuid.UUID, variant: str = "") -> FormsPage:
    """Return the forms of mentoring of an organisation, by the variant of its newest programme at first."""
    organisation = get_organisation(work, organisation_id)
    require(work, Permission.PACK_READ, Subject.of(organisation))
    version = find_version_to_start(work, organisation, PROCESS)
    pack = load_pack(work, version.id) if version else None
    if pack is None or not all(map(pack.definitions.has_decision, (VARIANTS, FORMS))):
        return FormsPage(organisation, None, {}, "", (), ())
    rows = pack.definitions.decide(VARIANTS, {}, now=work.now()) or []
    variants = {one["variant"]: one["title"] for one in rows}
    chosen = variant if variant in variants else _used(work, organisation_id, variants)
    forms = pack.definitions.decide(FORMS, {"variant": chosen}, now=work.now()) or []
    views = [_view(work, pack, chosen, one["form"], one["title"]) for one in forms]
    return FormsPage(organisation, pack, variants, chosen, views, _role_models(pack))


def _used(work: Work, organisation_id: uuid.UUID, variants: Mapping[str, str]) -> str:
    newest = select(Programme.variant).where(Programme.organisation_id == organisation_id)
    found = work.session.scalar(newest.order_by(Programme.starts_on.desc()).limit(1))
    return found if found and found in variants else next(iter(variants), "")


def _view(work: Work, pack: LoadedPack, variant: str, form: str, title: str) -> FormView:
    asked = {"variant": variant, "form": form}
    route = _decided(work, pack, ROUTE, asked)
    meetings = _decided(work, pack, MEETINGS, asked | {"type": PAIR})
    candidates = ((source, _decided(work, pack, MENTORS, asked | {"source": source})) for source in SOURCES)
    return FormView(
        code=form,
        title=title,
        mentors=[
            Candidate(source, int(found.get("least_age") or 0), int(found.get("least_experience") or 0))
            for source, found in candidates
            if found.get("is_allowed")
        ],
        advice=str(route.get("advice") or ""),
        decider=str(route.get("decider") or ""),
        needs_order=bool(route.get("order")),
        rhythm=str(meetings.get("rhythm") or ""),
        shortest_minutes=int(meetings.get("shortest_minutes") or 0),
        least_months=int(meetings.get("least_months") or 0),
    )


def _decided(work: Work, pack: LoadedPack, decision: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Ask a decision that a methodology may do without."""
    if not pack.definitions.has_decision(decision):
        return {}
    found = pack.definitions.decide(decision, asked, now=work.now())
    return found if isinstance(found, Mapping) else {}


def _role_models(pack: LoadedPack) -> list[str]:
    components = pack.definitions.form("map_request")["components"]
    found: Mapping[str, Any] = next((one for one in components if one.get("key") == "role_model"), {})
    return [one["label"] for one in found.get("values", ())]
