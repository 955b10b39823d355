"""Operations on reports: begin those that a programme owes."""

import uuid

from models.organisations import Organisation
from models.programmes import Programme
from workflows import journal
from workflows.access import Permission, Subject, require
from workflows.queries.definitions import find_version_to_start, load_pack
from workflows.records import report_periods
from workflows.refusals import NotFound
from workflows.work import Work


def begin_reporting(work: Work, programme_id: uuid.UUID) -> list[str]:
    """Begin a case for each kind of report that the rules of the programme name; return the kinds."""
    programme = work.session.get(Programme, programme_id)
    if programme is None:
        raise NotFound(noun="programme")
    organisation = work.session.get_one(Organisation, programme.organisation_id)
    role = require(work, Permission.REPORT_BEGIN, Subject.of(organisation))
    version = find_version_to_start(work, organisation, "reporting")
    if version is None:
        raise NotFound(noun="process", process="reporting")
    definitions = load_pack(work, version.id).definitions
    kinds = definitions.decide("report_rules", {"variant": programme.variant}, now=work.now())
    for rule in kinds:
        report_periods.ask_for(work, programme, rule)
    names = [rule["kind"] for rule in kinds]
    journal.record(
        work,
        "report.begun",
        f"programme:{programme.id}",
        organisation_id=programme.organisation_id,
        role=role,
        details={"kinds": names},
    )
    return names
