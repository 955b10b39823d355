"""The templates of an organisation: which come with the product and which it has put in their place."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from models.documents import DocumentTemplate
from models.organisations import Organisation
from models.people import Person
from workflows.access import Permission, Subject, can, require
from workflows.documents import content, filling, printing, shipped
from workflows.documents.kinds import KINDS, Kind
from workflows.queries.documents.targets import kind_of
from workflows.queries.organisations import get_organisation, list_organisations
from workflows.records.documents import find_own_template, template_content
from workflows.refusals import NotFound
from workflows.work import Work


@dataclass(frozen=True)
class TemplateRow:
    """The template of a kind: the organisation's own, or the one that comes with the product."""

    kind: Kind
    own: DocumentTemplate | None
    uploaded_by: str


@dataclass(frozen=True)
class TemplatePlace:
    """An organisation whose templates somebody looks at."""

    organisation: Organisation
    others: Sequence[Organisation]
    may_change: bool


def open_templates(work: Work, organisation_id: uuid.UUID | None) -> TemplatePlace:
    """Return where templates are looked at: the organisation asked for, or the first that is open."""
    known = list_organisations(work)
    open_to = [one for one in known if can(work, Permission.TEMPLATE_READ, Subject.of(one))]
    # Documents are made where programmes run; whoever may change there is asked for first.
    ranked = sorted(open_to, key=lambda one: not can(work, Permission.TEMPLATE_CHANGE, Subject.of(one)))
    if organisation_id is not None:
        organisation = get_organisation(work, organisation_id)
        require(work, Permission.TEMPLATE_READ, Subject.of(organisation))
    elif ranked:
        organisation = max(ranked, key=lambda one: (one.kind.value == "organisation", -ranked.index(one)))
    else:
        raise NotFound(noun="template")
    may_change = can(work, Permission.TEMPLATE_CHANGE, Subject.of(organisation))
    return TemplatePlace(organisation, open_to, may_change)


def list_templates(work: Work, place: TemplatePlace) -> list[TemplateRow]:
    """List the template of every kind."""
    wanted = (
        select(DocumentTemplate, Person.full_name)
        .join(Person, Person.id == DocumentTemplate.uploaded_by_id)
        .where(
            DocumentTemplate.organisation_id == place.organisation.id, DocumentTemplate.retired_at.is_(None)
        )
    )
    own = {template.kind: (template, who) for template, who in work.session.execute(wanted)}
    return [TemplateRow(kind, *own.get(kind.code, (None, ""))) for kind in KINDS.values()]


def get_template(work: Work, place: TemplatePlace, code: str) -> bytes:
    """Return the template by which documents of a kind are made there."""
    kind = kind_of(code)
    return template_content(find_own_template(work, place.organisation.id, code), kind)


def draw_sample(work: Work, place: TemplatePlace, code: str, mark: str) -> bytes:
    """Return how documents of a kind look, with made-up people in them."""
    kind = kind_of(code)
    read = content.read_content(filling.fill(get_template(work, place, code), shipped.sample_of(kind)))
    return printing.print_document(read, title=code, language=kind.language, mark=mark)


def list_names(code: str) -> list[tuple[str, str]]:
    """List the names that a template of a kind may use, each with what stood there in the example."""
    return list(_names("", shipped.sample_of(kind_of(code))))


def _names(above: str, value: object) -> list[tuple[str, str]]:
    if isinstance(value, dict):
        prefix = f"{above}." if above else ""
        return [found for name, inner in value.items() for found in _names(f"{prefix}{name}", inner)]
    if isinstance(value, list):
        return _names(f"{above}[]", value[0])
    return [(above, str(value) if not isinstance(value, bool) else "")]
