"""What the mentees of a programme can become, by the table of its methodology."""

import uuid

from models.cases import Case
from models.organisations import Organisation
from models.programmes import Programme
from workflows.queries.definitions import find_version_to_start, load_pack
from workflows.records.futures import Future, read_futures
from workflows.work import Work

PROCESS, TABLE = "programme", "mentee_futures"


def futures_of(work: Work, programme: Programme) -> dict[str, Future]:
    """Return what the table says of each form; a methodology without one says nothing."""
    version_id = _version_of(work, programme)
    if version_id is None:
        return {}
    definitions = load_pack(work, version_id).definitions
    return read_futures(
        definitions.decide(TABLE, {}, now=work.now()) if definitions.has_decision(TABLE) else []
    )


def _version_of(work: Work, programme: Programme) -> uuid.UUID | None:
    """Return the version on which the programme runs, or else the one in force."""
    if programme.case_id is not None:
        return work.session.get_one(Case, programme.case_id).pack_version_id
    organisation = work.session.get_one(Organisation, programme.organisation_id)
    version = find_version_to_start(work, organisation, PROCESS)
    return version.id if version else None
