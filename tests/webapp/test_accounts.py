"""Invitations, forgotten passwords, one's own account, and sessions that end when they should."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from models.account_links import AccountLink
from models.journal import JournalEntry
from models.people import EndedSession, User
from tests.webapp.readers import PASSWORD, Reader, parsed
from workflows.operations.invitations import accept_invitation, invite
from workflows.operations.people import add_person, grant_membership
from workflows.operations.users import SESSIONS_KEPT, add_user, block_user, forget_sessions, set_password
from workflows.queries.people import get_actor_of_person
from workflows.refusals import NotFound, Refusal
from workflows.transaction import carry_out
from workflows.work import SYSTEM

NEW = "сорока летит над рекой"


@pytest.fixture
def make_link(reader, town):
    """Let somebody make a link for somebody else; return its address."""

    def make(person, by=None):
        answer = reader(by or town.administrator).post(f"/people/{person.person_id}/invite")
        assert answer.status_code == 200
        parsed(answer)
        return re.search(r"/invitation/[\w-]+/", answer.text)[0]

    return make


def chosen(name="ромашкина", password=NEW, **more):
    return {"sign_in_name": name, "password": password, "again": password, **more}


def test_somebody_invited_chooses_name_and_password_and_is_in(make_link, anonymous, town, session):
    link = make_link(town.methodist)
    shown = anonymous.get(link)
    parsed(shown)
    assert town.methodist.name in shown.text
    assert 'class="site-nav"' not in shown.text
    answer = anonymous.post(link, chosen())
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today")
    assert anonymous.get("/today").status_code == 200
    account = session.scalars(select(User).where(User.sign_in_name == "ромашкина")).one()
    assert (account.person_id, account.must_change_password) == (town.methodist.person_id, False)
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert acts.index("user.invited") < acts.index("user.added", acts.index("user.invited"))


def test_of_the_link_only_a_digest_is_kept(make_link, town, session):
    secret = make_link(town.methodist).split("/")[2]
    link = session.scalars(select(AccountLink)).one()
    assert secret.encode() not in link.digest
    journal = session.scalars(select(JournalEntry.details).where(JournalEntry.act == "user.invited")).all()
    assert secret not in str(journal)


def test_a_link_counts_once(make_link, anonymous, app, town):
    link = make_link(town.methodist)
    assert anonymous.post(link, chosen()).status_code == 303
    second = Reader(app.test_client())
    assert second.get(link).status_code == 404
    assert second.post(link, chosen("другое.имя")).status_code == 404
    assert "срабатывает один раз" in second.get(link).text


def test_a_new_link_takes_the_place_of_the_former_and_both_can_be_taken_back(
    make_link, anonymous, reader, town
):
    former, newer = make_link(town.methodist), make_link(town.methodist)
    assert [anonymous.get(link).status_code for link in (former, newer)] == [404, 200]
    reader(town.administrator).post(f"/people/{town.methodist.person_id}/uninvite")
    assert anonymous.get(newer).status_code == 404
    assert anonymous.post(newer, chosen()).status_code == 404


def test_a_link_grows_too_old(make_link, anonymous, town, clock):
    link = make_link(town.methodist)
    clock.advance(days=13)
    assert anonymous.get(link).status_code == 200
    clock.advance(days=2)
    assert anonymous.post(link, chosen()).status_code == 404


@pytest.mark.parametrize("secret", ["x", "%00", "ключ", "a" * 3000])
def test_a_spoilt_link_says_what_to_do(anonymous, secret):
    answer = anonymous.get(f"/invitation/{secret}/")
    assert answer.status_code == 404
    assert "попросите новую ссылку" in answer.text


def test_what_is_wrong_stands_beside_its_field_and_the_link_still_counts(make_link, anonymous, town):
    link = make_link(town.methodist)
    differ = anonymous.post(link, chosen(again="другой пароль"))
    assert differ.status_code == 422
    parsed(differ)
    assert 'value="ромашкина"' in differ.text
    assert NEW not in differ.text
    for wrong in (chosen("р"), chosen(password="коротко"), chosen(password="ромашкина летит")):
        assert anonymous.post(link, wrong).status_code == 422
    assert anonymous.post(link, chosen()).status_code == 303


def test_names_that_are_taken_are_not_told_without_end(make_link, anonymous, reader, town):
    taken = reader(town.mentor).sign_in_name
    link = make_link(town.methodist)
    answers = [anonymous.post(link, chosen(taken)).status_code for _ in range(12)]
    assert answers[:10] == [422] * 10
    assert answers[-1] == 429


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        ("administrator", "head", 200),
        ("head", "methodist", 200),
        ("head", "administrator", 403),
        ("curator", "mentee", 200),
        ("curator", "mentor", 200),
        ("curator", "methodist", 403),
        ("curator", "head", 403),
        ("curator", "stranger", 404),
        ("administrator", "stranger", 404),
        ("administrator", "administrator", 409),
        ("auditor", "mentee", 403),
        ("mentor", "mentee", 404),
    ],
)
def test_a_link_is_made_for_those_below_and_never_for_oneself(reader, town, who, whom, status):
    person = getattr(town, whom)
    assert reader(getattr(town, who)).post(f"/people/{person.person_id}/invite").status_code == status


def test_a_forgotten_password_is_chosen_anew_and_every_session_ends(make_link, reader, app, town):
    mentor = reader(town.mentor)
    link = make_link(town.mentor, by=town.curator)
    anew = Reader(app.test_client())
    shown = anew.get(link)
    parsed(shown)
    assert f"«{mentor.sign_in_name}»" in shown.text
    assert anew.post(link, chosen("чужое.имя")).status_code == 303
    assert mentor.get("/today").status_code == 302
    assert mentor.sign_in().status_code == 422, "the former password counts no more"
    again = {"sign_in_name": mentor.sign_in_name, "password": NEW}
    assert Reader(app.test_client()).post("/sign-in", again).status_code in (303, 429)


def test_a_closed_account_opens_by_no_link(make_link, anonymous, reader, town, work):
    mentor = reader(town.mentor)
    link = make_link(town.mentor)
    block_user(work, account_of(work, mentor).id)
    work.session.commit()
    assert anonymous.get(link).status_code == 404
    refused = reader(town.administrator).post(f"/people/{town.mentor.person_id}/invite")
    assert refused.status_code == 409
    assert "закрыта" in refused.text


def test_of_two_who_come_by_one_link_at_once_one_gets_in(committed_database, town, clock):
    def do(act, actor=SYSTEM):
        return carry_out(committed_database.sessions, actor, act, clock=clock)

    made = do(lambda work: invite(work, town.methodist.person_id), town.administrator)

    def come(number):
        try:
            return do(lambda work: accept_invitation(work, made.secret, f"имя.{number}", NEW), town.methodist)
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(4) as crowd:
        came = list(crowd.map(come, range(4)))
    assert sum(isinstance(one, NotFound) for one in came) == 3
    accounts = select(func.count()).where(User.person_id == town.methodist.person_id)
    with committed_database.sessions() as session:
        assert session.scalar(accounts) == 1


def test_the_holder_of_a_link_is_nobody_else(work, town, as_):
    made = invite(as_(town.administrator), town.methodist.person_id)
    with pytest.raises(Refusal):
        accept_invitation(as_(town.mentor), made.secret, "чужая.рука", NEW)


def test_a_copied_cookie_dies_when_its_person_signs_out_and_other_devices_stay(reader, town, app):
    here, there = reader(town.curator), reader(town.curator)
    thief = Reader(app.test_client())
    thief.client.set_cookie("tandem", here.client.get_cookie("tandem").value)
    assert thief.get("/today").status_code == 200
    here.post("/sign-out")
    assert thief.get("/today").status_code == 302
    assert thief.client.get("/api/v1/session").status_code == 401
    assert there.get("/today").status_code == 200


def test_ended_sessions_are_forgotten_once_no_cookie_can_name_them(reader, town, work, clock):
    reader(town.curator).post("/sign-out")
    assert forget_sessions(work) == 0
    clock.at += SESSIONS_KEPT
    clock.advance(seconds=1)
    assert forget_sessions(work) == 1
    assert work.session.scalar(select(func.count()).select_from(EndedSession)) == 0


def test_signing_in_is_looked_up_with_one_statement(reader, town, statements):
    curator = reader(town.curator)
    curator.get("/people/new")
    with statements() as heard:
        curator.get("/static/none")
        curator.get("/no-such-page")
    with statements() as heard:
        curator.get("/api/v1/session")
    assert sum("ended_session" in one for one in heard) == 1
    assert sum("must_change_password" in one for one in heard) == 1


def test_a_password_that_somebody_else_set_is_changed_before_anything_else(app, town, work, session):
    add_user(work, town.methodist.person_id, "методист", PASSWORD, must_change=True)
    session.commit()
    methodist = Reader(app.test_client(), town.methodist, "методист")
    assert methodist.sign_in().status_code == 303
    for address in ("/today", "/programmes", "/me"):
        assert methodist.get(address).headers["Location"] == "/me/password"
    assert methodist.post("/me", {"language": "en"}).headers["Location"] == "/me/password"
    assert methodist.send("GET", "/api/v1/tasks").status_code == 403
    page = methodist.get("/me/password")
    parsed(page)
    assert 'class="site-nav"' not in page.text
    same = methodist.post("/me/password", changed(PASSWORD))
    assert (same.status_code, "прежний пароль" in same.text) == (422, True)
    assert methodist.post("/me/password", changed(NEW)).headers["Location"] == "/today"
    assert methodist.get("/today").status_code == 200


def test_ones_own_password_needs_the_present_one_and_guessing_is_slowed_down(reader, town, app):
    here, there = reader(town.curator), reader(town.curator)
    wrong = [here.post("/me/password", changed(NEW, current="не тот")).status_code for _ in range(7)]
    assert wrong[0] == 422
    assert wrong[-1] == 429
    assert there.get("/today").status_code == 200
    assert reader(town.curator).get("/today").status_code == 200, "signing in is not slowed down by it"


def test_a_changed_password_ends_every_other_session(reader, town):
    here, there = reader(town.curator), reader(town.curator)
    differ = here.post("/me/password", changed(NEW) | {"again": "иначе"})
    assert differ.status_code == 422
    parsed(differ)
    assert here.post("/me/password", changed(NEW)).headers["Location"] == "/me"
    assert here.get("/today").status_code == 200
    assert there.get("/today").status_code == 302


def test_one_signs_out_everywhere_else(reader, town):
    here, there = reader(town.curator), reader(town.curator)
    assert here.post("/me/sign-out").status_code == 303
    assert here.get("/me").status_code == 200
    assert there.get("/today").status_code == 302


def test_my_account_shows_my_roles_and_takes_my_language(reader, town):
    mentee = reader(town.mentee)
    page = mentee.get("/me")
    parsed(page)
    assert "наставляемый" in page.text
    assert mentee.post("/me", {"language": "en"}).status_code == 303
    assert "My account" in mentee.get("/me").text
    assert mentee.post("/me", {"language": "xx"}).status_code == 422


def test_an_administrator_ends_sessions_and_closes_and_opens_an_account(reader, town):
    mentor, administrator = reader(town.mentor), reader(town.administrator)
    place = f"/people/{town.mentor.person_id}"
    assert administrator.post(f"{place}/sign-out").status_code == 303
    assert mentor.get("/today").status_code == 302
    unsure = administrator.post(f"{place}/block")
    assert unsure.status_code == 422
    parsed(unsure)
    assert administrator.post(f"{place}/block", {"sure": "on"}).status_code == 303
    assert mentor.sign_in().status_code == 403
    assert "запись закрыта" in administrator.get(place).text
    assert administrator.post(f"{place}/unblock").status_code == 303
    assert mentor.sign_in().status_code == 303


def test_an_administrator_who_sets_a_password_lets_it_be_changed(work, town, reader):
    mentor = reader(town.mentor)
    account = account_of(work, mentor)
    set_password(work, account.id, NEW, must_change=True)
    assert work.session.get_one(User, account.id).must_change_password


def test_the_letter_speaks_the_language_of_whoever_gets_it(reader, town, work):
    somebody = add_person(work, town.school.id, "Anna Finch", email="finch@example.org", language="en")
    grant_membership(work, somebody, town.school.id, "mentor")
    work.session.commit()
    assert get_actor_of_person(work.session, somebody, work.now()).language == "en"
    page = reader(town.curator).post(f"/people/{somebody}/invite").text
    assert "Good day, Anna Finch!" in page
    assert "mailto:finch%40example.org" in page


def changed(password, current=PASSWORD):
    return {"current": current, "password": password, "again": password}


def account_of(work, sitting):
    return work.session.scalars(select(User).where(User.person_id == sitting.actor.person_id)).one()
