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
POST /cases/{case}/notes                         303 303 303 303 303 404 403 404 403
POST /cases/{case}/files                         422 422 422 422 422 404 403 404 403
POST /cases/{case}/tasks                         422 422 422 403 403 404 403 404 403
POST /tasks/{task}/ask-no-more                   404 404 404 403 403 404 403 404 403
POST /case-notes/{nothing}/delete                404 404 404 404 404 404 404 404 404
GET /case-files/{nothing}                        404 404 404 404 404 404 404 404 404
POST /case-files/{nothing}/delete                404 404 404 404 404 404 404 404 404
POST /cases/{case}/suspend                       303 303 303 403 403 404 403 404 403
POST /cases/{case}/resume                        409 409 409 403 403 404 403 404 403
POST /cases/{case}/reopen                        409 409 409 403 403 404 403 404 403
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
POST /programmes/{nothing}/team/appointments/{nothing}/end 404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/team/appointments     404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/mentee                 404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/mentee                404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/mentor                 404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/mentor                404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/pairing                    404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/pairing/meeting            404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/pairing/meeting/slips      404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/pairing/meeting/timer      404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/pairing/board              404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/pairing/board.csv          404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/pairing/decision           404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/pairing/decision/list      404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/pairing/mentees/{nothing}  404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/pairing/pin               404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/pairing/forbid            404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/pairing/unmark            404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/pairing/move              404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/pairing/undo              404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/pairing/propose           404 404 404 404 404 404 404 404 404
GET /pairs/{nothing}                             404 404 404 404 404 404 404 404 404
GET /pairs/{nothing}/concern                     404 404 404 404 404 404 404 404 404
POST /pairs/{nothing}/concern                    404 404 404 404 404 404 404 404 404
POST /pairs/{nothing}/leave                      404 404 404 404 404 404 404 404 404
POST /plan-steps/{nothing}/done                  404 404 404 404 404 404 404 404 404
POST /plan-steps/{nothing}/undone                404 404 404 404 404 404 404 404 404
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
GET /letters/{nothing}                           404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/documents              404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/documents/roadmap      404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/documents/roadmap     404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/documents/honour/look 404 404 404 404 404 404 404 404 404
GET /programmes/{nothing}/documents/honour/many  404 404 404 404 404 404 404 404 404
POST /programmes/{nothing}/documents/honour/many 404 404 404 404 404 404 404 404 404
GET /documents/{nothing}                         404 404 404 404 404 404 404 404 404
GET /documents/{nothing}/print                   404 404 404 404 404 404 404 404 404
GET /documents/{nothing}/files/{nothing}         404 404 404 404 404 404 404 404 404
POST /documents/{nothing}/files/{nothing}/remove 404 404 404 404 404 404 404 404 404
POST /documents/{nothing}/scan                   404 404 404 404 404 404 404 404 404
POST /documents/{nothing}/withdraw               404 404 404 404 404 404 404 404 404
GET /documents/{nothing}/renew                   404 404 404 404 404 404 404 404 404
POST /documents/{nothing}/renew                  404 404 404 404 404 404 404 404 404
GET /documents/batches/{nothing}                 404 404 404 404 404 404 404 404 404
GET /documents/batches/{nothing}/progress        404 404 404 404 404 404 404 404 404
GET /documents/batches/{nothing}/all.zip         404 404 404 404 404 404 404 404 404
GET /documents/batches/{nothing}/all.pdf         404 404 404 404 404 404 404 404 404
POST /people/new                                 303 303 403 404 404 404 403 404 403
GET /people/{person}                             200 200 200 404 200 404 200 404 200
POST /people/{person}                            303 303 303 404 403 404 403 404 403
POST /people/{person}/roles                      303 303 403 404 403 404 403 404 403
POST /people/{person}/roles/{nothing}/end        404 404 404 404 404 404 404 404 404
POST /people/{person}/invite                     200 200 200 404 403 404 403 404 403
POST /people/{person}/uninvite                   303 303 303 404 403 404 403 404 403
POST /people/{person}/block                      303 403 403 404 409 404 403 404 403
POST /people/{person}/unblock                    303 403 403 404 409 404 403 404 403
POST /people/{person}/sign-out                   303 403 403 404 409 404 403 404 403
POST /organisation/calendar                      200 200 200 403 403 403 403 403 403
POST /organisation/calendar/{nothing}/remove     404 404 404 404 404 404 404 404 404
POST /organisation/bodies                        303 303 403 404 404 404 403 403 403
GET /organisation/bodies/{nothing}               404 404 404 404 404 404 404 404 404
POST /organisation/bodies/{nothing}/seats        404 404 404 404 404 404 404 404 404
POST /organisation/bodies/{nothing}/close        404 404 404 404 404 404 404 404 404
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
    request: tuple(int(status) for status in statuses)
    for request, *statuses in (line.rsplit(maxsplit=len(READERS)) for line in TABLE.splitlines() if line)
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
    "notifications.show",
    "notifications.choose",
    "notifications.open_calendar",
    "notifications.close_calendar",
    # Only an administrator finds anything there; see test_letters.
    "letters.show",
    "letters.export",
    # The list holds whom one looks after; see test_people_pages.
    "people.show",
    "people.export",
    "people.ask",
    # What each may do with the calendar is told in test_calendar_pages.
    "calendar.show",
    # Likewise in test_body_pages.
    "bodies.show",
    "bodies.leave",
    # Likewise in test_mentoring_forms.
    "mentoring_forms.show",
    "me.show",
    "me.change",
    "me.password",
    "me.change_password",
    "me.sign_out",
    "case_starting.show",
    "pairs.show",
    "pairs.export",
    "programmes.show",
    "programmes.export",
    "programmes.ask",
    "documents.show",
    "documents.export",
    # Which organisation's they are stands in the query; see test_documents.
    "document_templates.show",
    "document_templates.one",
    "document_templates.download",
    "document_templates.sample",
    "document_templates.replace",
    "document_templates.restore",
    "sign_out.leave",
    "style.show",
    "search.show",
    "api_session.get",
    "api_tasks.list_tasks",
    "api-docs.openapi_json",
}


@pytest.fixture
def ask(reader, town):
    """Send one request as somebody, about a case or a person with an account; return the status."""
    for somebody in (town.mentee, town.stranger):
        reader(somebody, signs_in=False)

    def send(reader, request, case, organisation):
        method, _, pattern = request.partition(" ")
        case_id, task_id = (case.id, case.opened[0]) if case else (None, None)
        person = town.mentee if organisation.id == town.school.id else town.stranger
        known = {"case": case_id, "task": task_id, "person": person.person_id}
        address = pattern.format(**known, nothing=uuid.UUID(int=1))
        if address.startswith("/api/"):
            return reader.send(method, address, json=body(pattern, organisation)).status_code
        filled = form(reader, town) | {"organisation": str(organisation.id)}
        return reader.client.open(address, method=method, data=filled).status_code

    return send


def form(reader, town):
    """Everything that any of the forms asks for."""
    answers = {"topic": "Знакомство", "reason": "Переезд", "sure": "on", "text": "Позвоню завтра"}
    answers |= {"process": "pair", "title": "Новая пара", "form": "learner_learner"}
    answers |= {"full_name": "Пётр Ромашкин", "role": "tutor", "language": "ru"}
    answers |= {"kind": "holiday", "since_on": "2026-12-01", "body_kind": "council", "name": "Совет"}
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
        known.add(
            adapter.match(pattern.format(case=one, task=one, person=one, nothing=one), method=method)[0]
        )
    assert known == {rule.endpoint for rule in app.url_map.iter_rules()} - PUBLIC_ENDPOINTS - OWN
