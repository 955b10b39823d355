"""Every address that names something, for everybody: of one's own pair, of another, of another college.

With real things, not with ids of nothing: what is asked for is there. Whoever has no business with it
learns nothing (404), whoever sees it but may not act is refused (403).
"""

import uuid

import pytest

from models.programmes import RoadmapItem
from tests.programmes import add_programme
from tests.webapp import test_rights
from tests.webapp.rights.asking import address_of, endpoints, status_of
from webapp.login import PUBLIC_ENDPOINTS

NOTHING = 404
READERS = (
    *("administrator", "head", "curator", "methodist", "psychologist", "secretary", "auditor", "coordinator"),
    *("partner", "mentor", "mentee", "guardian", "other_mentor", "other_mentee"),
)
# One column for each reader, in this order. Mentor, mentee and guardian are those of the pair; the other
# mentor and mentee are another pair's. 409 not now, 422 not this (nobody there can do the task, no file).
TABLE = """
GET api_cases.get                        200 200 200 404 404 404 200 200 404 200 200 404 404 404
GET api_tasks.get                        200 200 200 404 404 404 200 200 404 200 200 404 404 404
POST api_tasks.claim                     409 409 409 404 404 404 409 409 404 204 409 404 404 404
POST api_tasks.complete                  403 403 403 404 404 404 403 403 404 422 403 404 404 404
POST api_tasks.release                   409 409 409 404 404 404 403 403 404 409 403 404 404 404
PUT api_tasks.draft                      403 403 403 404 404 404 403 403 404 204 403 404 404 404
GET base_imports.ask                     200 200 200 404 404 404 403 403 404 404 404 404 404 404
GET base_imports.give_template           200 200 200 404 404 404 403 403 404 404 404 404 404 404
GET base_imports.preview                 404 404 200 404 404 404 404 404 404 404 404 404 404 404
POST base_imports.confirm                404 404 303 404 404 404 404 404 404 404 404 404 404 404
POST base_imports.discard                404 404 303 404 404 404 404 404 404 404 404 404 404 404
POST base_imports.send                   422 422 422 404 404 404 403 403 404 404 404 404 404 404
POST caseloads.take_back                 200 200 200 404 404 404 403 403 404 404 404 404 404 404
GET cases.diagram                        200 200 200 404 404 404 200 200 404 200 200 404 404 404
GET cases.show                           200 200 200 404 404 404 200 200 404 200 200 404 404 404
POST cases.cancel                        303 303 303 404 404 404 403 403 404 403 403 404 404 404
POST cases.resume                        409 409 409 404 404 404 403 403 404 403 403 404 404 404
POST cases.suspend                       303 303 303 404 404 404 403 403 404 403 403 404 404 404
POST deputies.end                        303 303 303 404 404 404 403 403 404 404 404 404 404 404
POST incidents.retry                     404 404 404 404 404 404 404 404 404 404 404 404 404 404
GET joining.ask_mentee                   200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET joining.ask_mentor                   200 200 200 200 200 200 200 200 200 200 200 200 200 200
POST joining.apply                       303 303 303 303 303 404 403 403 404 404 404 404 404 404
POST joining.offer                       303 303 303 303 303 404 403 403 303 404 404 404 404 404
GET mentees.export                       200 200 200 200 200 404 200 200 404 404 404 404 404 404
GET mentees.export_workbook              200 200 200 200 200 404 200 200 404 404 404 404 404 404
GET mentees.show                         200 200 200 200 200 404 200 200 404 404 404 404 404 404
GET mentors.export                       200 200 200 200 200 404 200 200 404 404 404 404 404 404
GET mentors.export_workbook              200 200 200 200 200 404 200 200 404 404 404 404 404 404
GET mentors.show                         200 200 200 200 200 404 200 200 404 404 404 404 404 404
POST notices.read                        404 404 404 404 404 404 404 404 404 303 404 404 404 404
GET pairs.ask_concern                    200 200 200 404 404 404 403 403 404 200 200 200 404 404
GET pairs.one                            200 200 200 404 404 404 200 200 404 200 200 200 404 404
POST pairs.end                           303 303 303 404 404 404 403 403 404 403 403 404 404 404
POST pairs.leave                         422 422 422 404 404 404 403 403 404 403 403 404 404 404
POST pairs.pause                         303 303 303 404 404 404 403 403 404 403 403 404 404 404
POST pairs.raise_concern                 303 303 303 303 303 303 403 403 404 303 303 303 404 404
POST pairs.resume                        409 409 409 404 404 404 403 403 404 403 403 404 404 404
GET profiles.mentee                      200 200 200 200 200 404 200 200 404 404 200 200 404 404
GET profiles.mentor                      200 200 200 200 200 404 200 200 404 200 404 404 404 404
GET profiles.own                         404 404 404 404 404 404 404 404 404 302 302 404 404 404
POST profiles.mentee_leaves              409 409 409 403 403 404 403 403 404 404 409 409 404 404
POST profiles.mentee_withdraws           403 403 403 404 404 404 403 403 404 404 409 409 404 404
POST profiles.mentor_leaves              409 409 409 403 403 404 403 403 404 409 404 404 404 404
POST profiles.mentor_withdraws           403 403 403 404 404 404 403 403 404 409 404 404 404 404
GET programmes.closing                   200 200 200 403 403 403 200 200 403 403 403 403 403 403
GET programmes.closing_rating            200 200 200 403 403 403 200 200 403 403 403 403 403 403
GET programmes.decisions                 200 200 200 403 403 403 200 200 403 403 403 403 403 403
GET programmes.indicators                200 200 200 403 403 403 200 200 403 403 403 403 403 403
GET programmes.indicators_export         200 200 200 403 403 403 200 200 403 403 403 403 403 403
GET programmes.one                       200 200 200 200 200 200 200 200 200 200 200 200 200 200
GET programmes.report                    200 200 200 403 403 403 200 200 403 403 403 403 403 403
GET programmes.roadmap                   200 200 200 403 403 403 200 200 403 403 403 403 403 403
GET programmes.roadmap_export            200 200 200 403 403 403 200 200 403 403 403 403 403 403
GET programmes.team                      200 200 200 403 403 403 200 200 403 403 403 403 403 403
POST programmes.roadmap_mark             303 303 303 403 403 403 403 403 403 403 403 403 403 403
POST programmes.roadmap_unmark           409 409 409 403 403 403 403 403 403 403 403 403 403 403
POST programmes.team_appoint             303 303 403 403 403 403 403 403 403 403 403 403 403 403
POST programmes.team_replace             409 409 403 403 403 403 403 403 403 403 403 403 403 403
GET request_map.show                     200 200 200 200 200 200 200 200 404 404 404 404 404 404
GET tasks.download                       200 200 200 404 404 404 200 200 404 200 403 404 404 404
GET tasks.preview                        200 200 200 404 404 404 200 200 404 200 200 404 404 404
GET tasks.show                           200 200 200 404 404 404 200 200 404 200 200 404 404 404
POST tasks.add_file                      422 422 422 404 404 404 403 403 404 422 403 404 404 404
POST tasks.assign                        422 422 422 404 404 404 403 403 404 403 403 404 404 404
POST tasks.change_filter                 404 404 303 404 404 404 404 404 404 404 404 404 404 404
POST tasks.claim                         409 409 409 404 404 404 409 409 404 303 409 404 404 404
POST tasks.comment                       303 303 303 404 404 404 403 403 404 303 303 404 404 404
POST tasks.complete                      403 403 403 404 404 404 403 403 404 200 403 404 404 404
POST tasks.delegate                      403 403 403 404 404 404 403 403 404 422 403 404 404 404
POST tasks.delete_comment                403 403 403 404 404 404 403 403 404 303 403 404 404 404
POST tasks.delete_file                   403 403 403 404 404 404 403 403 404 303 403 404 404 404
POST tasks.follow_up                     303 303 303 404 404 404 403 403 404 303 403 404 404 404
POST tasks.forget_filter                 404 404 303 404 404 404 404 404 404 404 404 404 404 404
POST tasks.link                          200 200 200 404 404 404 403 403 404 403 403 404 404 404
POST tasks.redraw                        403 403 403 404 404 404 403 403 404 200 403 404 404 404
POST tasks.release                       409 409 409 404 404 404 403 403 404 409 403 404 404 404
POST tasks.return                        403 403 403 404 404 404 403 403 404 409 403 404 404 404
POST tasks.save_draft                    403 403 403 404 404 404 403 403 404 303 403 404 404 404
POST tasks.unlink                        303 303 303 404 404 404 403 403 404 403 403 404 404 404
"""
EXPECTED = {
    " ".join(line.split()[:2]): tuple(int(status) for status in line.split()[2:])
    for line in TABLE.splitlines()
    if line
}
ELSEWHERE = ("administrator", "curator", "mentor", "coordinator")


@pytest.fixture
def ask(app, things, connection):
    """Ask for everything as somebody, and undo each time what came of it."""

    def send(sitting):
        token, got = sitting.token(), {}
        for endpoint in EXPECTED:
            before = connection.begin_nested()
            got[endpoint] = status_of(sitting, app, endpoint, things, token)
            before.rollback()
        return got

    return send


@pytest.mark.parametrize("who", READERS)
def test_of_a_pair_everybody_gets_what_is_theirs(who, ask, readers, reader):
    got = ask(reader(readers[who]))
    assert got == {endpoint: statuses[READERS.index(who)] for endpoint, statuses in EXPECTED.items()}


@pytest.mark.parametrize("who", ELSEWHERE)
def test_nobody_of_another_organisation_learns_that_there_is_such_a_thing(who, ask, town, reader):
    assert ask(reader(getattr(town, who))) == dict.fromkeys(EXPECTED, NOTHING)


@pytest.mark.parametrize("act", ["roadmap_mark", "roadmap_unmark"])
def test_what_belongs_to_another_programme_is_not_changed_by_the_address_of_ones_own(
    act, app, college, things, reader, work
):
    programme = add_programme(work.session, college.id, title="Другая программа")
    item = work.session.get_one(RoadmapItem, things.item_id)
    item.programme_id = programme.id
    work.session.commit()
    answer = reader(college.curator).post(address_of(app, f"POST programmes.{act}", things), things.form)
    assert answer.status_code == NOTHING
    assert work.session.get_one(RoadmapItem, item.id, populate_existing=True).done_on is None


def test_a_table_belongs_to_one_of_the_two_bases_only(app, things, college, reader):
    things.base = str(uuid.UUID(int=2))
    assert reader(college.curator).get(address_of(app, "GET base_imports.ask", things)).status_code == NOTHING


def test_every_address_that_names_something_stands_in_one_of_the_tables(app):
    """Whoever adds an endpoint adds its row: here with the thing it is about, or in test_rights."""
    elsewhere = {match_of(app, line) for line in test_rights.EXPECTED}
    known = set(EXPECTED) | elsewhere
    wanted = {one for one, rule in endpoints(app).items() if rule.endpoint not in PUBLIC_ENDPOINTS}
    assert wanted - known == set()
    assert set(EXPECTED) - wanted == set(), "of what is gone the row goes too"


def match_of(app, line):
    """Name the endpoint of a row of the other table."""
    method, _, pattern = line.partition(" ")
    one = uuid.UUID(int=1)
    found = app.url_map.bind("").match(
        pattern.format(case=one, task=one, person=one, nothing=one), method=method
    )
    return f"{method} {found[0]}"
