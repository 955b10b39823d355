"""Documents before their readers: made from a page, shown to whom they are, taken away as files."""

import io
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from models.documents import Document, DocumentBatch, DocumentStatus
from models.pairs import Pair, PairStatus
from models.people import Guardianship, Person
from models.programmes import MentoringForm, Programme
from models.views import ProfileView
from tests.webapp.pair_college import furnish
from tests.webapp.played_college import *  # noqa: F403
from tests.webapp.readers import parsed
from tests.workflows.documents.words import text_of, written
from workflows.operations.document_batches import make_next
from workflows.operations.documents import make_document
from workflows.records.appointments import appoint
from workflows.records.pairs import close_pair
from workflows.work import SYSTEM, Work

HEADERS = ("X-Content-Type-Options", "Content-Disposition", "Cache-Control")


@pytest.fixture(scope="session")
def furnished(templates):
    """The template database in which the pairs have played."""
    return furnish(templates)


@pytest.fixture
def pair(session, college):
    return session.get_one(Pair, college.pair_id)


@pytest.fixture
def programme(session, pair):
    """The programme of the pair, with the form in which the pair works."""
    form = MentoringForm(programme_id=pair.programme_id, code=pair.form, title="Педагог – обучающийся")
    session.add(form)
    session.commit()
    return session.get_one(Programme, pair.programme_id)


@pytest.fixture
def curator(college, reader):
    return reader(college.curator)


@pytest.fixture
def make(as_, college, programme, session, curator_appointed):
    """Make a document as the curator, as its page does."""

    def made(code, about=None):
        work = as_(college.curator)
        document_id = make_document(work, code, programme.id, about, dated_on=date(2026, 11, 21))
        session.commit()
        return document_id

    return made


@pytest.fixture
def curator_appointed(session, college, programme):
    """Let somebody answer for the programme, without whom no agreement is made."""
    appoint(
        Work(session, SYSTEM, lambda: college.at),
        programme,
        college.curator.person_id,
        "curator",
        since_on=programme.starts_on,
    )
    session.commit()


def words_of(answer):
    return " ".join(" ".join(parsed(answer).itertext()).split())


@pytest.mark.usefixtures("curator_appointed")
def test_a_curator_makes_the_plan_of_a_pair_from_its_page(curator, pair, programme, session):
    assert (
        f"/programmes/{programme.id}/documents/pair_plan?about={pair.id}"
        in curator.get(f"/pairs/{pair.id}").text
    )
    address = f"/programmes/{programme.id}/documents/pair_plan?about={pair.id}"
    page = curator.get(address)
    assert "Артём Стрижов" in words_of(page)
    assert "Портфолио" in words_of(page)
    sent = {"about": str(pair.id), "dated_on": "2026-11-21"}
    draft = curator.post(f"/programmes/{programme.id}/documents/pair_plan/look", sent)
    assert draft.data.startswith(b"%PDF-")
    assert session.scalars(select(Document)).all() == []
    made = curator.post(address, sent)
    assert made.status_code == 303
    shown = curator.get(made.location)
    assert "ПЛ-1/2026" in words_of(shown)
    assert "План работы пары: Артём Стрижов – Соня Ромашкина" in words_of(shown)
    assert "План работы пары" in words_of(curator.get("/documents"))
    assert "ПЛ-1/2026" in curator.get("/documents.csv").text
    assert "План работы пары" in words_of(curator.get(f"/programmes/{programme.id}/documents"))
    assert "План пары" in words_of(curator.get(f"/pairs/{pair.id}"))
    assert "План работы пары" in words_of(curator.get("/search?q=планы"))


def test_what_is_missing_is_named_with_the_place_before_anything_is_made(curator, programme, session):
    address = f"/programmes/{programme.id}/documents/launch_order"
    page = curator.get(address)
    said = words_of(page)
    assert "Мероприятия дорожной карты" in said
    assert f"/programmes/{programme.id}/roadmap" in page.text
    assert f"/programmes/{programme.id}/team" in page.text
    refused = curator.post(address, {"typed.grounds": "Моё основание", "dated_on": "2026-11-21"})
    assert refused.status_code == 422
    assert "Моё основание" in refused.text
    assert session.scalars(select(Document)).all() == []


def test_a_wrong_day_and_an_empty_text_are_said_beside_their_fields(curator, programme, curator_appointed):
    address = f"/programmes/{programme.id}/documents/curator_order"
    refused = curator.post(address, {"typed.grounds": " ", "dated_on": "вчера", "own_number": "7"})
    assert refused.status_code == 422
    tree = parsed(refused)
    assert tree.find(".//*[@id='dated_on-errors']") is not None
    assert tree.find(".//input[@id='own_number']").get("value") == "7"
    refused = curator.post(address, {"typed.grounds": " ", "dated_on": "2026-11-21"})
    assert parsed(refused).find(".//*[@id='typed.grounds-errors']") is not None


def test_files_are_kept_and_never_opened_in_a_page_of_ours(curator, make, pair):
    document_id = make("agreement", pair.id)
    page = parsed(curator.get(f"/documents/{document_id}"))
    links = [one.get("href") for one in page.iterfind(".//a") if "/files/" in one.get("href", "")]
    assert len(links) == 2
    for link in links:
        answer = curator.get(link)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
        assert answer.headers["Cache-Control"] == "no-store"
    docx = next(curator.get(one).data for one in links if curator.get(one).data.startswith(b"PK"))
    assert "Соня Ромашкина" in text_of(docx)
    printed = curator.get(f"/documents/{document_id}/print")
    assert printed.mimetype == "application/pdf"
    other = make("curator_order")
    foreign = links[0].replace(str(document_id), str(other))
    assert curator.get(foreign).status_code == 404


def test_a_scan_is_attached_and_the_document_withdrawn(curator, make, session):
    document_id = make("curator_order")
    address = f"/documents/{document_id}"
    wrong = {"file": (io.BytesIO(b"<html>"), "скан.pdf")}
    refused = curator.post(f"{address}/scan", wrong, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert parsed(refused).find(".//*[@id='file-errors']") is not None
    scan = {"file": (io.BytesIO(b"%PDF-1.7 scan"), "скан.pdf")}
    assert curator.post(f"{address}/scan", scan, content_type="multipart/form-data").status_code == 303
    page = curator.get(address)
    assert "скан.pdf" in words_of(page)
    assert "подписан" in words_of(page)
    unsure = curator.post(f"{address}/withdraw", {"reason": "Ошибка в дате"})
    assert unsure.status_code == 422
    assert "Ошибка в дате" in unsure.text
    sure = {"reason": "Ошибка в дате", "sure": "on"}
    assert curator.post(f"{address}/withdraw", sure).status_code == 303
    page = curator.get(address)
    assert "Ошибка в дате" in words_of(page)
    assert f"{address}/scan" not in page.text
    assert curator.post(f"{address}/withdraw", sure).status_code == 409


def test_a_new_version_is_made_from_the_page_of_the_document(curator, make, pair, session):
    document_id = make("pair_plan", pair.id)
    page = curator.get(f"/documents/{document_id}/renew")
    assert page.status_code == 200
    made = curator.post(f"/documents/{document_id}/renew", {"dated_on": "2026-11-22"})
    assert made.status_code == 303
    assert "версия 2" in words_of(curator.get(made.location))
    former = curator.get(f"/documents/{document_id}")
    assert "более новая версия" in words_of(former)
    assert made.location in former.text
    assert curator.get(f"/documents/{document_id}/renew").status_code == 200


def test_each_of_a_pair_reads_their_own_and_nobody_else_does(college, reader, make, pair, session):
    agreement, order = make("agreement", pair.id), make("pairs_order")
    for who, expected in (
        (college.mentors[0], (200, 404)),
        (college.mentees[0], (200, 404)),
        (college.auditor, (200, 200)),
        (college.guardian, (404, 404)),
        (college.mentors[1], (404, 404)),
        (college.methodist, (404, 404)),
    ):
        sitting = reader(who)
        got = tuple(sitting.get(f"/documents/{one}").status_code for one in (agreement, order))
        assert got == expected, who.name
        listed = sitting.get("/documents").text
        assert [str(one) in listed for one in (agreement, order)] == [one == 200 for one in expected]
    mentor = reader(college.mentors[0])
    assert "withdraw" not in mentor.get(f"/documents/{agreement}").text
    assert mentor.post(f"/documents/{agreement}/withdraw", {"sure": "on", "reason": "Нет"}).status_code == 403
    auditor = reader(college.auditor)
    address = f"/programmes/{pair.programme_id}/documents"
    assert auditor.get(f"{address}/pairs_order").status_code == 403
    assert f"{address}/pairs_order" not in auditor.get(address).text


def test_who_opened_what_tells_of_a_child_can_be_seen(college, reader, make, pair, session):
    session.get_one(Person, college.mentees[0].person_id).born_on = date(2011, 1, 3)
    session.commit()
    document_id = make("agreement", pair.id)
    reader(college.head).get(f"/documents/{document_id}")
    reader(college.mentees[0]).get(f"/documents/{document_id}/print")
    seen = session.execute(select(ProfileView.person_id, ProfileView.viewer_id)).all()
    assert seen == [(college.mentees[0].person_id, college.head.person_id)]


@pytest.fixture
def ended(as_, session, pair, work):
    """Let the pair have gone the whole way."""
    close_pair(work, pair.id, PairStatus.COMPLETED)
    session.commit()


def test_certificates_for_all_are_watched_and_taken_away(curator, programme, session, work, ended):
    address = f"/programmes/{programme.id}/documents/certificate/many"
    page = parsed(curator.get(address))
    people = [one.get("value") for one in page.iterfind(".//input[@name='people']")]
    assert len(people) == 2
    assert all(one.get("checked") is not None for one in page.iterfind(".//input[@name='people']"))
    nobody = curator.post(address, {"dated_on": "2026-11-21"})
    assert nobody.status_code == 422
    assert "хотя бы одного" in nobody.text
    begun = curator.post(address, {"dated_on": "2026-11-21", "people": people})
    assert begun.status_code == 303
    waiting = curator.get(begun.location)
    assert "hx-get" in waiting.text
    assert "0 из 2" in words_of(waiting)
    assert curator.get(f"{begun.location}/all.pdf").status_code == 404
    batch_id = session.scalars(select(DocumentBatch.id)).one()
    while make_next(work, batch_id):
        session.commit()
    session.commit()
    done = curator.get(f"{begun.location}/progress")
    assert "hx-get" not in done.text
    assert "2 из 2" in done.text
    assert curator.get(f"{begun.location}/all.pdf").data.startswith(b"%PDF-")
    with zipfile.ZipFile(io.BytesIO(curator.get(f"{begun.location}/all.zip").data)) as archive:
        assert len(archive.namelist()) == 2
    again = parsed(curator.get(address))
    assert all(one.get("checked") is None for one in again.iterfind(".//input[@name='people']"))
    assert begun.location in curator.get(f"/programmes/{programme.id}/documents").text


def test_a_certificate_is_made_for_one_who_is_chosen(curator, programme, college, session, ended):
    address = f"/programmes/{programme.id}/documents/certificate"
    page = curator.get(address)
    assert "Соня Ромашкина" in words_of(page)
    about = str(college.mentees[0].person_id)
    assert curator.get(f"{address}?about={about}").status_code == 200
    made = curator.post(address, {"about": about, "dated_on": "2026-11-21"})
    assert made.status_code == 303
    assert session.scalars(select(Document.status)).one() is DocumentStatus.ISSUED
    assert curator.get(f"{address}?about={college.mentees[3].person_id}").status_code == 404


def test_an_administrator_replaces_a_template_and_goes_back(college, reader, session):
    administrator = reader(college.administrator)
    listed = administrator.get("/documents/templates")
    assert "Приказ о запуске программы" in words_of(listed)
    address = f"/documents/templates/roadmap?organisation={college.id}"
    page = administrator.get(address)
    assert "roadmap[].measure" in words_of(page)
    assert administrator.get(
        f"/documents/templates/roadmap/sample?organisation={college.id}"
    ).data.startswith(b"%PDF-")
    usual = administrator.get(f"/documents/templates/roadmap/file?organisation={college.id}")
    assert usual.headers["Content-Disposition"].startswith("attachment")
    wrong = {"file": (io.BytesIO(written("Карта", "{{ nobody.name }}")), "карта.docx")}
    refused = administrator.post(address, wrong, content_type="multipart/form-data")
    assert refused.status_code == 422
    assert "nobody.name" in refused.text
    assert "абзац 2" in refused.text
    own = {"file": (io.BytesIO(usual.data), "карта.docx")}
    assert administrator.post(address, own, content_type="multipart/form-data").status_code == 303
    assert "карта.docx" in words_of(administrator.get("/documents/templates"))
    back = f"/documents/templates/roadmap/usual?organisation={college.id}"
    assert administrator.post(back).status_code == 303
    assert "карта.docx" not in words_of(administrator.get("/documents/templates"))


def test_templates_are_read_by_those_who_oversee_and_changed_by_administrators(college, reader, town):
    address = f"/documents/templates/roadmap?organisation={college.id}"
    for who, expected in (
        (college.head, (200, 403)),
        (college.curator, (200, 403)),
        (college.methodist, (200, 403)),
        (college.mentors[0], (404, 404)),
        (college.mentees[0], (404, 404)),
        (town.administrator, (404, 404)),
    ):
        sitting = reader(who)
        sent = {"file": (io.BytesIO(written("Карта")), "карта.docx")}
        changed = sitting.post(address, sent, content_type="multipart/form-data")
        assert (sitting.get(address).status_code, changed.status_code) == expected, who.name
    assert reader(college.mentors[0]).get("/documents/templates").status_code == 404


@pytest.mark.parametrize("address", ["/documents", "/documents/{}", "/programmes/{programme}/documents"])
def test_pages_ask_no_more_however_many_documents_there_are(
    address, college, reader, make, pair, statements, session
):
    sitting = reader(college.head)
    first = make("curator_order")
    where = address.format(first, programme=pair.programme_id)
    sitting.get(where)
    with statements() as few:
        assert sitting.get(where).status_code == 200
    for _ in range(3):
        make("curator_order")
    with statements() as many:
        sitting.get(where)
    assert len(many.other) == len(few.other) <= 32


def test_the_filters_stay_in_the_address(curator, make, programme):
    make("curator_order")
    page = curator.get(f"/documents?kind=curator_order&status=issued&programme={programme.id}&search=куратор")
    assert "Приказ о назначении куратора" in words_of(page)
    assert "kind=curator_order" in page.text.partition("documents.csv?")[2].partition('"')[0]
    nothing = curator.get("/documents?since=2030-01-01")
    assert "Ничего не нашлось" in words_of(nothing) or "не найдено" in words_of(nothing).lower()
    assert curator.get("/documents?since=wrong&kind=nonsense").status_code == 200


def test_a_letter_to_parents_is_for_the_office_alone(college, reader, make, session, ended, as_):
    row = select(Guardianship.guardian_id).where(Guardianship.child_id == college.mentees[0].person_id)
    guardian_id = session.scalars(row).first()
    document_id = make("parents_letter", guardian_id)
    assert reader(college.guardian).get(f"/documents/{document_id}").status_code == 404
    assert "Соня Ромашкина" in words_of(reader(college.curator).get(f"/documents/{document_id}"))
