"""A curator makes an order, attaches it signed, and has certificates made for everybody while looking on."""

import pytest
from sqlalchemy import select

from models.documents import DocumentBatch
from models.pairs import Pair, PairStatus
from models.programmes import Appointment
from tests.browser.conftest import add_person
from tests.browser.visits import AXE
from tests.programmes import BEGINS
from workflows.jobs import Jobs
from workflows.records.pairs import close_pair
from workflows.work import SYSTEM, Work


@pytest.fixture
def programme_id(school, start_pair):
    """The programme of the school with a head, a curator, and a pair that has gone the whole way."""
    start_pair("Соня Ромашкина")
    with school.sessions.begin() as session:
        work = Work(session, SYSTEM, school.clock)
        add_person(work, school.id, "head", "Тамара Белозёрова")
        close_pair(work, session.scalars(select(Pair.id)).one(), PairStatus.COMPLETED)
        curator = school.people["curator"]
        session.add(
            Appointment(programme_id=school.programme_id, person_id=curator, role="curator", since_on=BEGINS)
        )
    return school.programme_id


def look_at(window, name):
    """Keep a picture of the page; nobody is shut out of it, and it fits."""
    window.keep(name)
    assert not AXE.exists() or window.violations() == [], name
    assert not window.is_wider_than_the_window(), name


@pytest.mark.parametrize("width", [1280, 390])
def test_a_curator_makes_an_order_and_certificates_for_everybody(
    visit, school, programme_id, tmp_path, width
):
    curator = visit(width=width)
    curator.sign_in("curator", f"/programmes/{programme_id}/documents")
    page = curator.page
    look_at(curator, "documents-of-programme")
    page.get_by_role("link", name="Приказ о запуске программы").click()
    page.get_by_text("Сначала запишите мероприятия").wait_for()
    assert page.get_by_role("button", name="Сделать документ").is_disabled()
    look_at(curator, "document-missing")
    curator.go(f"/programmes/{programme_id}/documents/curator_order")
    look_at(curator, "document-new")
    page.get_by_role("button", name="Сделать документ").click()
    page.get_by_text("Документ готов и получил номер.").wait_for()
    with page.expect_download() as kept:
        page.get_by_role("link", name="DOCX").click()
    assert kept.value.suggested_filename.startswith("Приказ о назначении куратора")
    scan = tmp_path / "подпись.pdf"
    scan.write_bytes(b"%PDF-1.7 scan")
    page.get_by_label("Приложить подписанный документ").set_input_files(scan)
    page.get_by_role("button", name="Приложить", exact=True).click()
    page.get_by_role("link", name="подпись.pdf").wait_for()
    look_at(curator, "document-signed")
    curator.go("/documents")
    look_at(curator, "documents")
    curator.go(f"/programmes/{programme_id}/documents/certificate/many")
    look_at(curator, "documents-many")
    page.get_by_role("button", name="Сделать все").click()
    page.get_by_text("Готово 0 из 2").wait_for()
    look_at(curator, "documents-progress")
    make_them(school)
    page.get_by_role("link", name="Все в одном PDF").wait_for()
    look_at(curator, "documents-done")
    curator.go("/documents/templates/certificate")
    look_at(curator, "document-template")


def make_them(school):
    """Do what the worker does meanwhile; the page finds out by itself."""
    with school.sessions() as session:
        batch_id = session.scalars(select(DocumentBatch.id)).one()
    Jobs(school, school.clock).make_documents(str(batch_id))
