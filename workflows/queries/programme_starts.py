"""Read what whoever begins a programme can choose: in which organisation, by which variant."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from models.organisations import Organisation
from workflows.access import Permission, Subject, require
from workflows.access.rules import HEADS
from workflows.queries.case_starts import list_organisations_led
from workflows.queries.definitions import LoadedPack, find_version_to_start, load_pack
from workflows.refusals import NotFound
from workflows.work import Work

PROCESS = "programme"
VARIANTS = "programme_variants"


@dataclass(frozen=True)
class ProgrammeBeginning:
    """An organisation in which the actor may start a programme, and the variants of its methodology."""

    organisation: Organisation
    pack: LoadedPack | None
    variants: Mapping[str, str]
    """Their names, as the pack writes them."""


def may_start_programmes(work: Work) -> bool:
    """Say whether there is an organisation in which the actor may start a programme."""
    return any(role.name in HEADS for role in work.actor.roles)


def list_organisations_to_start_programmes_in(work: Work) -> list[tuple[uuid.UUID, str]]:
    """List the organisations in which the actor may start a programme, by name."""
    return list_organisations_led(work, HEADS)


def get_programme_beginning(work: Work, organisation_id: uuid.UUID) -> ProgrammeBeginning:
    """Return what can be chosen for a programme of an organisation."""
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(noun="organisation")
    require(work, Permission.PROGRAMME_START, Subject.of(organisation))
    version = find_version_to_start(work, organisation, PROCESS)
    pack = load_pack(work, version.id) if version else None
    return ProgrammeBeginning(organisation, pack, _variants(work, pack))


def _variants(work: Work, pack: LoadedPack | None) -> dict[str, str]:
    if pack is None or not pack.definitions.has_decision(VARIANTS):
        return {}
    found = pack.definitions.decide(VARIANTS, {}, now=work.now()) or []
    return {one["variant"]: one["title"] for one in found}
