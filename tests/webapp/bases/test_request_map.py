"""The map of requests: with what people come, and where so few do that it is not said."""

from tests.webapp.bases.reading import shown
from tests.webapp.bases_college import set_problems
from tests.webapp.readers import parsed

SVG = "{http://www.w3.org/2000/svg}"


def test_the_map_counts_requests_and_leads_to_the_people(college, base, reader, work):
    for entry in (college.child_entry, college.adult_entry, college.teacher_entry):
        set_problems(work, entry, "career")
    set_problems(work, college.adult_entry, "career", "digital")
    work.session.commit()
    curator = reader(college.curator)
    page = parsed(curator.get(f"{base}/requests"))
    rows = page.findall(".//table//tbody/tr")
    assert [row.find("th").text for row in rows] == [
        "Неясно, куда идти дальше: профессия, учёба",
        "Хочу освоить новые программы и цифровые средства",
    ]
    links = [one.get("href") for one in rows[0].iterfind(".//a")]
    assert shown(curator.get(links[0])) == ["Соня Ромашкина", "Тимур Ясенев"]
    assert [one.text for one in rows[0].iterfind(".//a")] == ["2", "1", "3"]
    assert page.find(f".//{SVG}circle") is not None
    groups = curator.get(f"{base}/requests?across=group").text
    assert "ТМ-11" in groups
    assert "без группы" in groups


def test_where_few_children_come_with_the_same_the_number_is_not_said(college, base, reader, work):
    set_problems(work, college.child_entry, "bullying")
    set_problems(work, college.teacher_entry, "burnout")
    work.session.commit()
    page = parsed(reader(college.secretary).get(f"{base}/requests"))
    told = {
        row.find("th").text: [" ".join("".join(cell.itertext()).split()) for cell in row.findall("td")]
        for row in page.findall(".//table//tbody/tr")
    }
    assert told["Обижают или не принимают в группе"] == ["мало", "0", "не названо", "0"]
    assert told["Усталость от работы, выгорание"] == ["0", "1", "1", "0"]
    assert page.find(".//table//a") is None
    crowd_of = [one for one in page.iterfind(f".//{SVG}circle") if one.get("class") == "is-hidden"]
    assert len(crowd_of) == 1
