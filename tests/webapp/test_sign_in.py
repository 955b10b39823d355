"""Coming in, going out, and a session that ends while somebody types."""

import pytest
from sqlalchemy import select

from models.people import User
from models.tasks import TaskDraft
from tests.webapp.readers import PASSWORD, Reader, ids, parsed
from workflows.operations.users import block_user, end_sessions


@pytest.fixture
def task_id(start_pair):
    return start_pair().opened[0]


def test_a_curator_signs_in_and_comes_home(reader, town):
    answer = reader(town.curator, signs_in=False).sign_in()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today")


def test_a_wrong_password_says_so_and_keeps_the_name(reader, town):
    curator = reader(town.curator, signs_in=False)
    answer = curator.post("/sign-in", {"sign_in_name": curator.sign_in_name, "password": "не тот"})
    assert answer.status_code == 422
    assert f'value="{curator.sign_in_name}"' in answer.text
    assert "Имя или пароль неверны" in answer.text
    assert "не тот" not in answer.text
    parsed(answer)


def test_whoever_guesses_is_slowed_down(reader, town):
    curator = reader(town.curator, signs_in=False)
    wrong = {"sign_in_name": curator.sign_in_name, "password": "не тот"}
    answers = [curator.post("/sign-in", wrong) for _ in range(5)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["Retry-After"]) >= 1


def test_guessing_elsewhere_does_not_keep_one_out_of_ones_own_browser(reader, town, app):
    curator = reader(town.curator)
    curator.post("/sign-out")
    stranger = Reader(app.test_client())
    wrong = {"sign_in_name": curator.sign_in_name, "password": "не тот"}
    assert [stranger.post("/sign-in", wrong).status_code for _ in range(4)] == [422, 422, 422, 429]
    assert curator.sign_in().status_code == 303


def test_a_closed_account_stays_outside(reader, town, work):
    mentor = reader(town.mentor, signs_in=False)
    block_user(work, user_of(work, mentor).id)
    work.session.commit()
    assert mentor.sign_in().status_code == 403


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/",
        "//example.org",
        "/\\example.org",
        "/no-such-page",
        "javascript:alert(1)",
        "/a\nb",
    ],
)
def test_signing_in_leads_to_no_other_host(reader, town, elsewhere):
    curator = reader(town.curator, signs_in=False)
    answer = curator.post(
        "/sign-in", {"sign_in_name": curator.sign_in_name, "password": PASSWORD, "next": elsewhere}
    )
    assert answer.headers["Location"] == "/today"


def test_signing_in_leads_back_to_where_one_was(reader, town, task_id):
    curator = reader(town.mentor, signs_in=False)
    asked = curator.get(f"/tasks/{task_id}")
    assert asked.headers["Location"] == f"/sign-in?next=/tasks/{task_id}"
    answer = curator.post(
        "/sign-in",
        {"sign_in_name": curator.sign_in_name, "password": PASSWORD, "next": f"/tasks/{task_id}"},
    )
    assert answer.headers["Location"] == f"/tasks/{task_id}"


def test_who_signs_out_is_out(reader, town):
    curator = reader(town.curator)
    assert curator.post("/sign-out").status_code == 303
    assert curator.get("/").status_code == 302


def test_a_session_ends_when_nobody_uses_it(reader, town, clock):
    curator = reader(town.curator)
    clock.advance(hours=11)
    assert curator.get("/").status_code == 200
    clock.advance(hours=11)
    assert curator.get("/").status_code == 200, "using it has kept it alive"
    clock.advance(hours=13)
    assert curator.get("/").status_code == 302
    assert "сеанс закончился" in curator.get("/sign-in").text


def test_signing_out_everywhere_ends_every_session(reader, town, work):
    curator = reader(town.curator)
    end_sessions(work, user_of(work, curator).id)
    work.session.commit()
    assert curator.get("/").status_code == 302


def test_what_was_typed_comes_back_after_an_expired_session(reader, town, clock, work, task_id):
    mentor = reader(town.mentor)
    clock.advance(hours=13)
    refused = mentor.post(f"/tasks/{task_id}", {"topic": "Первые шаги", "minutes": "40"})
    assert refused.status_code == 401
    assert "сохранилось" in refused.text
    parsed(refused)
    answer = sign_in_from(mentor, refused)
    assert answer.headers["Location"] == f"/tasks/{task_id}"
    page = mentor.get(f"/tasks/{task_id}").text
    assert 'value="Первые шаги"' in page
    assert work.session.get(TaskDraft, (task_id, town.mentor.person_id)).answers["minutes"] == "40"


def test_what_one_typed_is_not_given_to_another(reader, town, clock, work, task_id):
    mentor, curator = reader(town.mentor), reader(town.curator, signs_in=False)
    clock.advance(hours=13)
    refused = mentor.post(f"/tasks/{task_id}", {"topic": "Только моё"})
    mentor.sign_in_name = curator.sign_in_name
    sign_in_from(mentor, refused)
    assert work.session.scalar(select(TaskDraft)) is None
    assert "Только моё" not in mentor.get(f"/tasks/{task_id}").text


def test_what_another_site_posts_is_not_shown_as_typed(anonymous, task_id):
    answer = anonymous.client.post(
        f"/tasks/{task_id}", data={"topic": "чужое"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 401
    assert 'name="kept"' not in answer.text


def test_a_forged_bundle_of_typed_text_is_passed_over(reader, town):
    curator = reader(town.curator, signs_in=False)
    sent = {"sign_in_name": curator.sign_in_name, "password": PASSWORD, "kept": "made up"}
    assert curator.post("/sign-in", sent).headers["Location"] == "/today"


def test_an_act_with_a_reason_is_offered_again_after_an_expired_session(reader, town, clock, start_pair):
    case = start_pair()
    curator = reader(town.curator)
    clock.advance(hours=13)
    refused = curator.post(f"/cases/{case.id}/cancel", {"reason": "Переезд в другой город", "sure": "on"})
    offered = sign_in_from(curator, refused)
    assert offered.status_code == 200
    assert "Переезд в другой город" in offered.text
    assert f'action="/cases/{case.id}/cancel"' in offered.text
    assert "идёт" in curator.get(f"/cases/{case.id}").text, "nothing was done without being asked"
    parsed(offered)


def test_a_page_older_than_its_session_says_so_and_keeps_what_was_typed(reader, town, task_id):
    mentor = reader(town.mentor)
    answer = mentor.post(f"/tasks/{task_id}", {"topic": "Длинный рассказ", "csrf_token": "old"})
    assert answer.status_code == 400
    assert 'value="Длинный рассказ"' in answer.text
    assert ids(mentor.get("/").text, "tasks") == [str(task_id)], "the task is still open"


def test_another_act_from_an_old_page_is_offered_again(reader, town, start_pair):
    case = start_pair()
    answer = reader(town.curator).post(
        f"/cases/{case.id}/cancel", {"reason": "Переезд", "sure": "on", "csrf_token": "old"}
    )
    assert answer.status_code == 400
    assert 'value="Переезд"' in answer.text
    parsed(answer)


def user_of(work, reader):
    return work.session.scalars(select(User).where(User.person_id == reader.actor.person_id)).one()


def sign_in_from(reader, page):
    """Fill in the sign-in page that came instead of an answer."""
    hidden = {
        field.get("name"): field.get("value")
        for field in parsed(page).iterfind(".//main//input[@type='hidden']")
    }
    return reader.post("/sign-in", hidden | {"sign_in_name": reader.sign_in_name, "password": PASSWORD})
