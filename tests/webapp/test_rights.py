"""Every page and act, for every role, in one's own school and in another."""

import uuid

import pytest

from webapp.login import PUBLIC_ENDPOINTS
from workflows.operations.cases import start_case
from workflows.operations.packs import install_pack

# 200 seen, 201 begun, 204 kept, 303 done, 403 seen but not theirs to do, 404 nothing there, 409 not now,
# 422 not to this person: the task is a mentor's, and the curator asked for is none.
NOTHING = 404
READERS = (
    "administrator",
    "head",
    "curator",
    "mentor",
    "mentee",
    "second_mentor",
    "auditor",
    "methodist",
    "coordinator",
)
# One column for each reader, in this order. The case is the mentor's, the mentee's and the curator's.
TABLE = """
GET /tasks/{task}                                200 200 200 200 200 404 200 404 200
GET /cases/{case}                                200 200 200 200 200 404 200 404 200
GET /cases/{case}/diagram                        200 200 200 200 200 404 200 404 200
POST /tasks/{task}                               403 403 403 303 403 404 403 404 403
POST /tasks/{task}/draft                         403 403 403 303 403 404 403 404 403
POST /tasks/{task}/redraw                        403 403 403 200 403 404 403 404 403
POST /tasks/{task}/claim                         409 409 409 303 409 404 409 404 409
POST /tasks/{task}/release                       409 409 409 409 403 404 403 404 403
POST /tasks/{task}/assign                        422 422 422 403 403 404 403 404 403
POST /tasks/{task}/delegate                      403 403 403 422 403 404 403 404 403
POST /tasks/{task}/return                        403 403 403 409 403 404 403 404 403
POST /tasks/{task}/link                          200 200 200 403 403 404 403 404 403
POST /tasks/{task}/unlink                        303 303 303 403 403 404 403 404 403
GET /tasks/{task}/preview                        200 200 200 200 200 404 200 404 200
POST /tasks/{task}/follow-up                     303 303 303 303 403 404 403 404 403
POST /tasks/{task}/comments                      303 303 303 303 303 404 403 404 403
POST /tasks/{task}/files                         422 422 422 422 403 404 403 404 403
POST /comments/{nothing}/delete                  404 404 404 404 404 404 404 404 404
GET /files/{nothing}                             404 404 404 404 404 404 404 404 404
POST /files/{nothing}/delete                     404 404 404 404 404 404 404 404 404
POST /tasks/filters/{nothing}                    404 404 404 404 404 404 404 404 404
POST /tasks/filters/{nothing}/forget             404 404 404 404 404 404 404 404 404
POST /deputies/{nothing}/end                     404 404 404 404 404 404 404 404 404
POST /caseloads/{nothing}/back                   404 404 404 404 404 404 404 404 404
POST /cases/{case}/suspend                       303 303 303 403 403 404 403 404 403
POST /cases/{case}/resume                        409 409 409 403 403 404 403 404 403
POST /cases/{case}/cancel                        303 303 303 403 403 404 403 404 403
POST /cases/new                                  303 303 303 404 404 404 403 404 403
POST /programmes/new                             422 422 403 404 404 404 403 404 403
GET /programmes/{nothing}                        404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/roadmap                404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/roadmap.csv            404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/team                   404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/decisions              404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/indicators             404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/indicators.csv         404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/closing                404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/rating.csv             404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/report                 404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/done/{nothing}        404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/undone/{nothing}      404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/team/curator          404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/team/appointments     404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/mentee                 404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/mentee                404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/mentor                 404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/mentor                404 404 404 404 404 404 404 404 404
GET /pairs/{nothing}                             404 404 404 404 404 404 404 404 404
GET /pairs/{nothing}/concern                     404 404 404 404 404 404 404 404 404
POST /pairs/{nothing}/concern                    404 404 404 404 404 404 404 404 404
POST /pairs/{nothing}/leave                      404 404 404 404 404 404 404 404 404
POST /pairs/{nothing}/pause                      404 404 404 404 404 404 404 404 404
POST /pairs/{nothing}/resume                     404 404 404 404 404 404 404 404 404
POST /pairs/{nothing}/end                        404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/mentees               404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/mentees.csv           404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/mentees.xlsx          404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/mentors               404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/mentors.csv           404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/mentors.xlsx          404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/requests              404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/mine                  404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/mentees/import        404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/mentees/template       404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/mentees/import       404 404 404 404 404 404 404 404 404
GET /mentees/{nothing}                          404 404 404 404 404 404 404 404 404
POST /mentees/{nothing}/leave                   404 404 404 404 404 404 404 404 404
POST /mentees/{nothing}/consents/withdraw       404 404 404 404 404 404 404 404 404
GET /mentors/{nothing}                          404 404 404 404 404 404 404 404 404
POST /mentors/{nothing}/leave                   404 404 404 404 404 404 404 404 404
POST /mentors/{nothing}/consents/withdraw       404 404 404 404 404 404 404 404 404
GET /imports/{nothing}                          404 404 404 404 404 404 404 404 404
POST /imports/{nothing}                         404 404 404 404 404 404 404 404 404
POST /imports/{nothing}/discard                 404 404 404 404 404 404 404 404 404
POST /notices/{nothing}/read                     404 404 404 404 404 404 404 404 404
POST /cases/{case}/incidents/{nothing}/retry     404 404 404 404 404 404 404 404 404
GET /api/v1/tasks/{task}                         200 200 200 200 200 404 200 404 200
GET /api/v1/cases/{case}                         200 200 200 200 200 404 200 404 200
POST /api/v1/tasks/{task}/complete               403 403 403 200 403 404 403 404 403
PUT /api/v1/tasks/{task}/draft                   403 403 403 204 403 404 403 404 403
POST /api/v1/tasks/{task}/claim                  409 409 409 204 409 404 409 404 409
POST /api/v1/tasks/{task}/release                409 409 409 409 403 404 403 404 403
POST /api/v1/cases                               201 201 201 404 404 404 403 404 403
"""
EXPECTED = {
    line[:48].strip(): tuple(int(status) for status in line[48:].split())
    for line in TABLE.splitlines()
    if line
}
ABOUT_SOMETHING = [line for line in EXPECTED if "{nothing}" not in line or "{case}" in line]
"""What can be asked about another school at all; what is nowhere is nowhere in every school."""

# These show only what is one's own. What each may do with a pair is told in test_pair_pages.
# For whom the page that starts cases opens is told in test_case_starting.
OWN = {
    "today.show",
    "tasks.inbox",
    "tasks.export",
    "tasks.filters",
    "tasks.keep_filter",
    "tasks.keys",
    # Each task that is chosen is asked about by itself; see test_together and test_deputies.
    "tasks.together",
    "deputies.show",
    "caseloads.show",
    "caseloads.hand_over",
    "deputies.name",
    "case_list.show",
    "case_list.export",
    "notices.show",
    "case_starting.show",
    "pairs.show",
    "pairs.export",
    "programmes.show",
    "programmes.export",
    "programmes.ask",
    "sign_out.leave",
    "style.show",
    "search.show",
    "api_session.get",
    "api_tasks.list_tasks",
    "api-docs.openapi_json",
}


@pytest.fixture
def ask(app, town, work):
    """Send one request as somebody, about a case; return the status."""

    def send(reader, request, case, organisation):
        method, _, pattern = request.partition(" ")
        case_id, task_id = (case.id, case.opened[0]) if case else (None, None)
        address = pattern.format(case=case_id, task=task_id, nothing=uuid.UUID(int=1))
        if address.startswith("/api/"):
            return reader.send(method, address, json=body(pattern, organisation)).status_code
        filled = form(reader, town) | {"organisation": str(organisation.id)}
        return reader.client.open(address, method=method, data=filled).status_code

    return send


def form(reader, town):
    """Everything that any of the forms asks for."""
    answers = {"topic": "Знакомство", "reason": "Переезд", "sure": "on", "text": "Позвоню завтра"}
    answers |= {"process": "pair", "title": "Новая пара", "form": "learner_learner"}
    return {"csrf_token": reader.token(), "person_id": str(town.curator.person_id), **answers}


def body(pattern, organisation):
    if pattern.endswith("/cases"):
        return {"organisation_id": str(organisation.id), "process": "pair", "title": "Новая пара"}
    return {"answers": {"topic": "Знакомство"}} if pattern.endswith(("/complete", "/draft")) else None


@pytest.mark.parametrize("who", READERS)
def test_in_ones_own_school(who, ask, reader, town, start_pair):
    sitting = reader(getattr(town, who))
    got = {}
    for line in EXPECTED:
        # Each is asked about a case that nobody has touched.
        case = start_pair() if line in ABOUT_SOMETHING else None
        got[line] = ask(sitting, line, case, town.school)
    assert got == {line: statuses[READERS.index(who)] for line, statuses in EXPECTED.items()}


@pytest.mark.parametrize("who", [who for who in READERS if who != "coordinator"])
def test_in_another_school(who, ask, reader, town, foreign_case):
    """Nobody of the school learns that there is such a thing; only the town oversees both schools."""
    sitting = reader(getattr(town, who))
    got = {line: ask(sitting, line, foreign_case, town.other) for line in ABOUT_SOMETHING}
    assert got == dict.fromkeys(ABOUT_SOMETHING, NOTHING)


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
