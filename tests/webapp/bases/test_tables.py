"""The lists of both bases as tables to take away."""

import csv
import io

from openpyxl import load_workbook

from tests.webapp.bases.reading import shown
from tests.webapp.bases_college import crowd


def test_the_tables_hold_what_the_list_shows_and_no_formula(college, base, reader, work):
    crowd(work, college, 1, wants="=HYPERLINK(1)")
    work.session.commit()
    curator = reader(college.curator)
    rows = list(
        csv.reader(io.StringIO(curator.get(f"{base}/mentees.csv").text.removeprefix("\ufeff")), delimiter=";")
    )
    listed = shown(curator.get(f"{base}/mentees"))
    assert [row[0] for row in rows[1:]] == listed
    assert rows[1][4] == "Вести урок увереннее"
    assert rows[2][4] == "'=HYPERLINK(1)"
    book = load_workbook(io.BytesIO(curator.get(f"{base}/mentees.xlsx?minor=1").data))
    lines = list(book.active.iter_rows(values_only=True))
    assert [line[0] for line in lines[1:]] == shown(curator.get(f"{base}/mentees?minor=1"))
    assert lines[1][4] == "'=HYPERLINK(1)"


def test_contacts_are_exported_only_to_those_who_may_reach_people(college, base, reader):
    own = reader(college.curator).get(f"{base}/mentees.csv").text
    other = reader(college.psychologist).get(f"{base}/mentees.csv").text
    assert "Электронная почта" in own
    assert "@example.org" in own
    assert "Электронная почта" not in other
    assert "@example.org" not in other
