"""What cases tell people: unread at the top of the inbox, all of it on a page of its own."""

import uuid
from datetime import date, timedelta

import pytest
from flask_babel import force_locale
from sqlalchemy import insert, update

from models.cases import CaseParticipant
from models.notices import Notice
from tests.webapp.readers import ids, parsed
from webapp.words import days


@pytest.mark.parametrize(
    ("value", "in_russian", "in_english"),
    [
        ("2026-10-05", "5 октября 2026", "5 October 2026"),
        # An instant is said by the clock of the reader's organisation, an hour without a zone as it stands.
        ("2026-10-05T12:30:00+00:00", "5 октября 2026, 15:30", "5 October 2026, 15:30"),
        ("2026-10-05T22:30Z", "6 октября 2026, 01:30", "6 October 2026, 01:30"),
        ("2026-10-05T12:30", "5 октября 2026, 12:30", "5 October 2026, 12:30"),
        (date(2026, 10, 5), "5 октября 2026", "5 October 2026"),
        ("2026-13-45", "2026-13-45", "2026-13-45"),
        ("20261005", "20261005", "20261005"),
        ("каждую среду", "каждую среду", "каждую среду"),
        (3, 3, 3),
        (None, None, None),
    ],
)
def test_days_and_instants_are_said_in_the_readers_words(app, value, in_russian, in_english):
    for language, said in (("ru", in_russian), ("en", in_english)):
        with app.test_request_context(), force_locale(language):
            assert days.in_words(value) == said
    with app.app_context(), force_locale("ru"):
        assert days.in_words(value) == in_russian


def test_a_notice_says_its_values_in_the_readers_language(reader, town, tell, work):
    (notice_id,) = tell(town.curator, "Ждём {moment}: {place}.")
    values = {"moment": "2026-10-05T12:30:00+00:00", "place": "Актовый зал"}
    work.session.execute(update(Notice).where(Notice.id == notice_id).values(values=values))
    work.session.commit()
    curator = reader(town.curator)
    assert texts(curator.get("/notices")) == ["Ждём 5 октября 2026, 15:30: Актовый зал."]
    curator.post("/language", {"language": "en"})
    assert texts(curator.get("/notices")) == ["Ждём 5 October 2026, 15:30: Актовый зал."]


@pytest.fixture
def tell(work, start_pair, clock):
    """Let a case tell somebody something: `tell(person, "…")`; the first is the newest."""
    case = start_pair("Соня и наставник")

    def write(actor, *texts):
        rows = [
            {
                "id": uuid.uuid4(),
                "organisation_id": actor.roles[0].organisation_id,
                "case_id": case.id,
                "person_id": actor.person_id,
                "text": text,
                "written_at": clock() - timedelta(minutes=place),
            }
            for place, text in enumerate(texts)
        ]
        work.session.execute(insert(Notice), rows)
        work.session.commit()
        return [row["id"] for row in rows]

    tell = write
    tell.case = case
    return tell


def texts(page):
    return [node.text for node in parsed(page).iterfind(".//p[@class='notice-text']")]


def test_unread_notices_stand_at_the_top_of_the_inbox(reader, town, tell):
    tell(town.curator, "Пара замолчала")
    page = reader(town.curator).get("/")
    assert texts(page) == ["Пара замолчала"]
    assert ids(page.text, "cases") == [str(tell.case.id)]
    assert '<span class="badge-count">1<' in page.text


def test_a_notice_is_read_without_a_script_and_stays_on_its_page(reader, town, tell):
    (notice_id,) = tell(town.curator, "Пара замолчала")
    curator = reader(town.curator)
    answer = curator.post(f"/notices/{notice_id}/read", {"next": "/?whose=mine"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/?whose=mine")
    page = curator.get("/")
    assert texts(page) == []
    assert "badge-count" not in page.text
    page = curator.get("/notices")
    assert texts(page) == ["Пара замолчала"]
    assert "прочитано" in page.text


def test_the_inbox_shows_a_few_and_names_the_rest(reader, town, tell):
    tell(town.curator, *(f"Новость {number}" for number in range(8)))
    page = reader(town.curator).get("/")
    assert texts(page) == ["Новость 0", "Новость 1", "Новость 2"]
    assert "Ещё 5 уведомлений" in page.text


def test_the_page_of_notices_goes_back_to_the_first(reader, town, tell):
    tell(town.curator, *(f"Новость {number}" for number in range(120)))
    curator = reader(town.curator)
    address, seen = "/notices", []
    while address:
        page = curator.get(address)
        seen += texts(page)
        following = parsed(page).find(".//a[@rel='next']")
        address = following.get("href") if following is not None else None
    assert seen == [f"Новость {number}" for number in range(120)]
    assert '<span class="badge-count">99+<' in page.text


def test_whoever_has_no_notices_reads_what_they_would_be(reader, town):
    page = reader(town.methodist).get("/notices")
    assert "Уведомлений пока нет" in page.text
    parsed(page)


@pytest.mark.parametrize("nonsense", ["after=x", "after=never_x", "after=2026-01-01_x"])
def test_an_address_somebody_garbled_still_opens(reader, town, tell, nonsense):
    tell(town.curator, "Пара замолчала")
    assert texts(reader(town.curator).get(f"/notices?{nonsense}")) == ["Пара замолчала"]


def test_nobody_reads_or_sees_the_notices_of_others(reader, town, tell):
    (notice_id,) = tell(town.curator, "Пара замолчала")
    for somebody in (town.head, town.administrator, town.mentor, town.stranger):
        sitting = reader(somebody)
        assert sitting.post(f"/notices/{notice_id}/read").status_code == 404
        assert texts(sitting.get("/notices")) == []
        assert texts(sitting.get("/")) == []


def test_a_case_gone_out_of_sight_is_named_without_a_link(reader, town, tell, work, clock):
    tell(town.mentor, "Запишите встречу")
    for row in work.session.query(CaseParticipant).filter_by(person_id=town.mentor.person_id):
        row.until_at = clock()
    work.session.commit()
    page = reader(town.mentor).get("/notices").text
    assert "Соня и наставник" in page
    assert ids(page, "cases") == []


def test_many_notices_cost_as_much_as_few(reader, town, tell, statements):
    tell(town.curator, "Первая")
    curator = reader(town.curator)
    for address, most in (("/", 9), ("/notices", 5)):
        curator.get(address)
        with statements() as few:
            curator.get(address)
        tell(town.curator, *(f"Новость {number}" for number in range(30)))
        with statements() as many:
            curator.get(address)
        assert len(few) == len(many) <= most
