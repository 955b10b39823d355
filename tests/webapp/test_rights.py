"""Every page and act, for every role, in one's own school and in another."""

import uuid

import pytest

from webapp.login import PUBLIC_ENDPOINTS
from workflows.operations.cases import start_case
from workflows.operations.packs import install_pack

# What each reader gets; acts are tried on a case of their own school and on one of another school.
# A page that is not for somebody's eyes does not exist for them: 404. What they see but may not do: 403.
SEEN, STARTED, KEPT, DONE, NOT_YOURS, NOTHING, LATE = 200, 201, 204, 303, 403, 404, 409

READERS = ("administrator", "head", "curator", "mentor", "mentee", "second_mentor", "auditor", "methodist", "coordinator")

EXPECTED = {
    #                                   administrator head    curator    mentor     mentee  second mentor auditor  methodist coordinator
    "GET /tasks/{task}":               (SEEN,      SEEN,      SEEN,      SEEN,      SEEN,      NOTHING, SEEN,      NOTHING, SEEN),
    "GET /cases/{case}":               (SEEN,      SEEN,      SEEN,      SEEN,      SEEN,      NOTHING, SEEN,      NOTHING, SEEN),
    "GET /cases/{case}/diagram":       (SEEN,      SEEN,      SEEN,      SEEN,      SEEN,      NOTHING, SEEN,      NOTHING, SEEN),
    "POST /tasks/{task}":              (NOT_YOURS, NOT_YOURS, NOT_YOURS, DONE,      NOT_YOURS, NOTHING, NOT_YOURS, NOTHING, NOT_YOURS),
    "POST /tasks/{task}/draft":        (NOT_YOURS, NOT_YOURS, NOT_YOURS, DONE,      NOT_YOURS, NOTHING, NOT_YOURS, NOTHING, NOT_YOURS),
    "POST /tasks/{task}/redraw":       (SEEN,      SEEN,      SEEN,      SEEN,      SEEN,      NOTHING, SEEN,      NOTHING, SEEN),
    "POST /tasks/{task}/claim":        (LATE,      LATE,      LATE,      DONE,      LATE,      NOTHING, LATE,      NOTHING, LATE),
    "POST /tasks/{task}/release":      (LATE,      LATE,      LATE,      LATE,      NOT_YOURS, NOTHING, NOT_YOURS, NOTHING, NOT_YOURS),
    "POST /tasks/{task}/assign":       (DONE,      DONE,      DONE,      NOT_YOURS, NOT_YOURS, NOTHING, NOT_YOURS, NOTHING, NOT_YOURS),
    "POST /tasks/{task}/delegate":     (NOT_YOURS, NOT_YOURS, NOT_YOURS, DONE,      NOT_YOURS, NOTHING, NOT_YOURS, NOTHING, NOT_YOURS),
    "POST /tasks/{task}/return":       (NOT_YOURS, NOT_YOURS, NOT_YOURS, LATE,      NOT_YOURS, NOTHING, NOT_YOURS, NOTHING, NOT_YOURS),
    "POST /cases/{case}/suspend":      (DONE,      DONE,      DONE,      NOT_YOURS, NOT_YOURS, NOTHING, NOT_YOURS, NOTHING, NOT_YOURS),
    "POST /cases/{case}/resume":       (LATE,      LATE,      LATE,      NOT_YOURS, NOT_YOURS, NOTHING, NOT_YOURS, NOTHING, NOT_YOURS),
    "POST /cases/{case}/cancel":       (DONE,      DONE,      DONE,      NOT_YOURS, NOT_YOURS, NOTHING, NOT_YOURS, NOTHING, NOT_YOURS),
    "POST /cases/{case}/incidents/{nothing}/retry": (NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING, NOTHING),
    "GET /api/v1/tasks/{task}":        (SEEN,      SEEN,      SEEN,      SEEN,      SEEN,      NOTHING, SEEN,      NOTHING, SEEN),
    "GET /api/v1/cases/{case}":        (SEEN,      SEEN,      SEEN,      SEEN,      SEEN,      NOTHING, SEEN,      NOTHING, SEEN),
    "POST /api/v1/tasks/{task}/complete": (NOT_YOURS, NOT_YOURS, NOT_YOURS, SEEN,   NOT_YOURS, NOTHING, NOT_YOURS, NOTHING, NOT_YOURS),
    "PUT /api/v1/tasks/{task}/draft":    (NOT_YOURS, NOT_YOURS, NOT_YOURS, KEPT,     NOT_YOURS, NOTHING, NOT_YOURS, NOTHING, NOT_YOURS),
    "POST /api/v1/tasks/{task}/claim":   (LATE,      LATE,      LATE,      KEPT,     LATE,      NOTHING, LATE,      NOTHING, LATE),
    "POST /api/v1/tasks/{task}/release": (LATE,      LATE,      LATE,      LATE,     NOT_YOURS, NOTHING, NOT_YOURS, NOTHING, NOT_YOURS),
    "POST /api/v1/cases":                (STARTED,   STARTED,   STARTED,   NOTHING,  NOTHING,   NOTHING, NOT_YOURS, NOTHING, NOT_YOURS),
}  # fmt: skip
# These show only what is one's own, to everybody.
OWN = {"tasks.inbox", "tasks.export", "sign_out.leave", "api_session.get", "api_tasks.list_tasks", "api-docs.openapi_json"}


@pytest.fixture
def ask(app, town, work):
    """Send one request as somebody, about a case; return the status."""

    def send(reader, request, case, organisation):
        method, _, pattern = request.partition(" ")
        address = pattern.format(case=case.id, task=case.opened[0], nothing=uuid.UUID(int=1))
        if address.startswith("/api/"):
            return reader.send(method, address, json=body(pattern, organisation)).status_code
        return reader.client.open(address, method=method, data=form(reader, town)).status_code

    return send


def form(reader, town):
    """Everything that any of the forms asks for."""
    answers = {"topic": "Знакомство", "reason": "Переезд", "sure": "on"}
    return {"csrf_token": reader.token(), "person_id": str(town.curator.person_id), **answers}


def body(pattern, organisation):
    if pattern.endswith("/cases"):
        return {"organisation_id": str(organisation.id), "process": "pair", "title": "Новая пара"}
    return {"answers": {"topic": "Знакомство"}} if pattern.endswith(("/complete", "/draft")) else None


@pytest.mark.parametrize("request_line", EXPECTED)
def test_in_ones_own_school(request_line, ask, reader, town, start_pair):
    got = [ask(reader(getattr(town, who)), request_line, start_pair(), town.school) for who in READERS]
    assert dict(zip(READERS, got, strict=True)) == dict(zip(READERS, EXPECTED[request_line], strict=True))


@pytest.mark.parametrize("request_line", EXPECTED)
def test_in_another_school(request_line, ask, reader, town, as_, foreign_case):
    """Nobody of the school learns that there is such a thing; the town's coordinator oversees both schools."""
    outsiders = [who for who in READERS if who != "coordinator"]
    got = {who: ask(reader(getattr(town, who)), request_line, foreign_case, town.other) for who in outsiders}
    assert got == dict.fromkeys(outsiders, NOTHING)


@pytest.fixture
def foreign_case(as_, town, work, pack_files):
    install_pack(work, town.other.id, pack_files)
    people = {"mentor": [town.stranger.person_id]}
    return start_case(as_(town.stranger), town.other.id, "pair", "Чужая пара", participants=people)


def test_the_table_knows_every_endpoint(app):
    adapter = app.url_map.bind("")
    known = set()
    for line in EXPECTED:
        method, _, pattern = line.partition(" ")
        one = uuid.UUID(int=1)
        known.add(adapter.match(pattern.format(case=one, task=one, nothing=one), method=method)[0])
    assert known == {rule.endpoint for rule in app.url_map.iter_rules()} - PUBLIC_ENDPOINTS - OWN
