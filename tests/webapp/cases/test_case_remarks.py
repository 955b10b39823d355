"""Notes and files of a case: for all who see it, or only for those who lead it."""

import io

from models.casework import CaseFile, CaseNote
from models.journal import JournalEntry
from tests.webapp.readers import parsed

SAID = "Пара встречается в мастерской"
INNER = "Мама просит звонить после шести"
PDF = b"%PDF-1.4 a letter"


def put(reader, page, name="letter.pdf", content=PDF, **also):
    return reader.post(f"{page}/files", {"file": (io.BytesIO(content), name), **also})


def test_everybody_in_the_case_reads_a_note(mentor, mentee, page, work):
    assert mentor.post(f"{page}/notes", {"text": SAID}).status_code == 303
    assert SAID in mentee.get(page).text
    journal = work.session.query(JournalEntry).filter_by(act="case.noted").one()
    assert SAID not in str(journal.details)


def test_an_inner_note_is_read_only_by_those_who_lead(curator, mentor, mentee, page):
    curator.post(f"{page}/notes", {"text": INNER, "is_inner": "on"})
    assert INNER in curator.get(page).text
    assert INNER not in mentor.get(page).text
    assert INNER not in mentee.get(page).text
    assert "Только для кураторов" not in mentor.get(page).text


def test_whoever_takes_part_cannot_write_what_they_could_not_read(mentor, page):
    assert mentor.post(f"{page}/notes", {"text": INNER, "is_inner": "on"}).status_code == 403


def test_a_note_without_words_is_refused_with_a_message_and_one_may_be_taken_back(mentor, mentee, page, work):
    answer = mentor.post(f"{page}/notes", {"text": "  "})
    assert answer.status_code == 422
    assert parsed(answer).find(".//div[@id='remark-text-errors']") is not None
    mentor.post(f"{page}/notes", {"text": SAID})
    note = work.session.query(CaseNote).one()
    assert mentee.post(f"/case-notes/{note.id}/delete").status_code == 403
    assert mentor.post(f"/case-notes/{note.id}/delete").status_code == 303
    assert SAID not in mentor.get(page).text


def test_a_file_is_given_to_all_who_see_the_case(mentor, mentee, page, work):
    assert put(mentor, page).status_code == 303
    file = work.session.query(CaseFile).one()
    answer = mentee.get(f"/case-files/{file.id}")
    assert answer.data == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert mentee.post(f"/case-files/{file.id}/delete").status_code == 403
    assert mentor.post(f"/case-files/{file.id}/delete").status_code == 303
    assert mentee.get(f"/case-files/{file.id}").status_code == 404


def test_an_inner_file_is_not_even_there_for_others(curator, mentor, page, work):
    put(curator, page, is_inner="on")
    file = work.session.query(CaseFile).one()
    assert curator.get(f"/case-files/{file.id}").status_code == 200
    assert mentor.get(f"/case-files/{file.id}").status_code == 404
    assert "letter.pdf" not in mentor.get(page).text


def test_what_is_no_document_is_refused_beside_the_field(mentor, page):
    answer = put(mentor, page, "letter.pdf", b"MZ a program")
    assert answer.status_code == 422
    assert parsed(answer).find(".//div[@id='remark-file-errors']") is not None
