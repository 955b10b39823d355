"""The people of an organisation: found, added, given roles, by whom it is theirs to do."""

import csv
import io

import pytest
from sqlalchemy import select

from models.people import Guardianship, Membership, Person, User
from models.views import ProfileView
from tests.webapp.readers import ids, parsed
from workflows.operations.people import add_person, grant_membership
from workflows.operations.users import add_user, block_user, unblock_user


@pytest.fixture
def add(work, town):
    """Add somebody to the school, with a role if one is named."""

    def put(name, role="", place=None, **facts):
        place = place or town.school
        person_id = add_person(work, place.id, name, **facts)
        if role:
            grant_membership(work, person_id, place.id, role)
        work.session.commit()
        return person_id

    return put


def test_the_list_holds_the_people_of_ones_own_organisations_by_name(reader, town, add):
    add("Агриппина Ромашкина", "mentee")
    add("Аглая Чужая", place=town.other)
    page = reader(town.administrator).get("/people")
    parsed(page)
    names = [link.text for link in parsed(page).iterfind(".//ul[@class='task-list']//a")]
    assert "Агриппина Ромашкина" in names
    assert names == sorted(names)
    assert "Аглая" not in page.text
    both = reader(town.coordinator).get("/people").text
    assert "Аглая Чужая" in both
    assert "Другая школа" in both


@pytest.mark.parametrize("who", ["mentor", "mentee", "methodist"])
def test_whoever_looks_after_nobody_has_no_list(reader, town, who):
    sitting = reader(getattr(town, who))
    for address in ("/people", "/people.csv", "/people/new"):
        assert sitting.get(address).status_code == 404


@pytest.mark.parametrize("sought", ["ромашкиной", "Ромашк", "ромаш агрип"])
def test_somebody_is_found_by_another_form_of_the_name_or_its_beginning(reader, town, add, sought):
    own = add("Агриппина Ромашкина")
    add("Пётр Синичкин")
    page = reader(town.curator).get("/people", query_string={"search": sought})
    assert ids(page.text, "people") == [str(own)]


def test_people_are_chosen_by_role_organisation_and_account(reader, town, add, work):
    tutor = add("Вера Синичкина", "tutor")
    elsewhere = add("Глеб Снегирёв", "tutor", place=town.other)
    head = reader(town.head)
    account = work.session.scalars(select(User).where(User.person_id == town.head.person_id)).one()
    above = reader(town.coordinator)

    def found(sitting, **wanted):
        return set(ids(sitting.get("/people", query_string=wanted).text, "people"))

    assert found(above, role="tutor") == {str(tutor), str(elsewhere)}
    assert found(above, role="tutor", organisation=town.other.id) == {str(elsewhere)}
    assert found(head, account="open") == {str(town.head.person_id)}
    assert str(tutor) in found(head, account="none")
    head.post(f"/people/{tutor}/invite")
    assert found(head, account="invited") == {str(tutor)}
    assert str(tutor) not in found(head, account="none")
    block_user(work, account.id)
    work.session.commit()
    assert found(above, account="blocked") == {str(town.head.person_id)}


def test_paging_comes_to_everybody_once_and_costs_the_same(reader, town, add, statements):
    for number in range(60):
        add(f"Участник {number:02}", "mentee")
    curator = reader(town.curator)
    page = curator.get("/people?search=участник")
    assert "60 человек" in page.text
    following = parsed(page).find(".//a[@rel='next']").get("href")
    seen = ids(page.text, "people") + ids(curator.get(following).text, "people")
    assert len(seen) == len(set(seen)) == 60
    with statements() as many:
        curator.get("/people?search=участник")
    with statements() as few:
        curator.get("/people?search=первая")
    assert len(few) <= len(many) <= 8


def test_the_table_holds_everybody_without_a_way_to_reach_them(reader, town, add):
    add("=Формула Ромашкина", "mentee", email="romashkina@example.org", phone="+7 912 345-67-89")
    table = reader(town.curator).get("/people.csv?search=ромашкина").text
    head, row = csv.reader(io.StringIO(table.removeprefix("\ufeff")), delimiter=";")
    assert head[4:6] == ["Роли", "Учётная запись"]
    assert row[0] == "'=Формула Ромашкина"
    assert row[4:6] == ["наставляемый", "нет учётной записи"]
    assert "romashkina@example.org" not in table
    assert "345-67-89" not in table
    assert "3456789" not in table


def test_a_person_is_added_with_a_role_and_the_page_says_what_comes_next(reader, town, session):
    administrator = reader(town.administrator)
    parsed(administrator.get("/people/new"))
    answer = administrator.post("/people/new", typed(town, role="psychologist", phone="8 912 345 67 89"))
    page = administrator.get(answer.headers["Location"])
    parsed(page)
    assert "Ромашкина Мария" in page.text
    assert "Пригласить" in page.text
    person = session.scalars(select(Person).where(Person.full_name == "Ромашкина Мария")).one()
    assert (person.phone, person.study_group) == ("+79123456789", None)
    roles = select(Membership.role).where(Membership.person_id == person.id)
    assert session.scalars(roles).all() == ["psychologist"]


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(reader, town):
    wrong = typed(town, full_name="", phone="пять", email="нет", study_group="10А")
    answer = reader(town.administrator).post("/people/new", wrong)
    parsed(answer)
    assert answer.status_code == 422
    assert 'value="10А"' in answer.text
    answer = reader(town.administrator).post("/people/new", typed(town, phone="пять"))
    assert "Напишите номер" in answer.text


@pytest.mark.parametrize("alike", [{"full_name": "мария РОМАШКИНА"}, {"email": "M@example.org"}])
def test_one_who_may_be_there_already_is_shown_first_and_can_be_added_still(
    reader, town, add, session, alike
):
    known = add("Ромашкина Мария", email="m@example.org")
    administrator, new = reader(town.administrator), typed(town, full_name="Другая Птица") | alike
    asked = administrator.post("/people/new", new)
    parsed(asked)
    assert asked.status_code == 409
    assert ids(asked.text, "people") == [str(known)]
    assert administrator.post("/people/new", new | {"another": "on"}).status_code == 303


def test_nobody_is_told_of_one_alike_elsewhere(reader, town, add):
    add("Ромашкина Мария", place=town.other)
    assert reader(town.administrator).post("/people/new", typed(town)).status_code == 303


def test_contacts_stand_only_on_the_page_of_those_who_may_reach_somebody(reader, town, add):
    mentee = add("Ромашкина Мария", "mentee", email="m@example.org", phone="+79123456789")
    assert "m@example.org" in reader(town.curator).get(f"/people/{mentee}").text
    for looks_on in (town.auditor, town.coordinator):
        page = reader(looks_on).get(f"/people/{mentee}").text
        assert "Ромашкина" in page
        assert "m@example.org" not in page
        assert "+79123456789" not in page


def test_a_look_at_a_child_is_noted_once_and_one_at_a_grown_up_never(reader, town, add, clock, session):
    child = add("Ромашкина Мария", "mentee", born_on=clock().date().replace(year=2012))
    grown_up = add("Синичкин Пётр", "mentor", born_on=clock().date().replace(year=1990))
    curator = reader(town.curator)
    for somebody in (child, child, grown_up):
        curator.get(f"/people/{somebody}")
    looks = session.execute(select(ProfileView.person_id, ProfileView.viewer_id, ProfileView.role)).all()
    assert looks == [(child, town.curator.person_id, "curator")]


def test_what_is_known_is_changed_and_the_journal_does_not_repeat_it(reader, town, add, session, work):
    mentee = add("Ромашкина Мария", "mentee")
    facts = {"full_name": "Ромашкина Мария", "email": "", "language": "ru", "phone": "+7 912 345-67-89"}
    curator = reader(town.curator)
    assert curator.post(f"/people/{mentee}", facts | {"study_group": " 10  Б "}).status_code == 303
    session.expire_all()
    assert session.get_one(Person, mentee).study_group == "10 Б"
    answer = curator.post(f"/people/{mentee}", facts | {"phone": "нет"})
    assert answer.status_code == 422
    assert 'value="нет"' in answer.text


def test_nobody_makes_oneself_older(reader, town, session):
    facts = {"full_name": "Я", "email": "", "language": "ru", "born_on": "1990-01-01"}
    assert reader(town.mentee).post(f"/people/{town.mentee.person_id}", facts).status_code == 403
    session.expire_all()
    assert session.get_one(Person, town.mentee.person_id).born_on is None


def test_a_role_is_given_from_a_day_to_a_day_and_ended(reader, town, add, session):
    tutor = add("Синичкина Вера")
    head = reader(town.head)
    role = {
        "role": "tutor",
        "organisation": town.school.id,
        "since_on": "2026-10-01",
        "until_on": "2027-05-31",
    }
    assert head.post(f"/people/{tutor}/roles", role).status_code == 303
    page = head.get(f"/people/{tutor}")
    parsed(page)
    assert "классный руководитель" in page.text.lower()
    twice = head.post(f"/people/{tutor}/roles", role)
    assert twice.status_code == 409
    assert "tutor»" not in twice.text, "the role is called by its name"
    held = session.scalars(select(Membership).where(Membership.person_id == tutor)).one()
    assert head.post(f"/people/{tutor}/roles/{held.id}/end", {"until_on": "2026-12-31"}).status_code == 303
    longer = head.post(f"/people/{tutor}/roles/{held.id}/end", {"until_on": "2027-12-31"})
    assert longer.status_code == 422
    assert "31 декабря 2026" in longer.text


@pytest.mark.parametrize(
    ("who", "role", "status"),
    [
        ("administrator", "administrator", 303),
        ("head", "tutor", 303),
        ("head", "administrator", 403),
        ("head", "coordinator", 403),
        ("curator", "mentor", 303),
        ("curator", "curator", 403),
        ("curator", "head", 403),
        ("curator", "psychologist", 403),
        ("auditor", "mentor", 403),
    ],
)
def test_nobody_gives_more_than_they_hold(reader, town, add, who, role, status):
    somebody = add("Синичкина Вера")
    given = {"role": role, "organisation": town.school.id}
    assert reader(getattr(town, who)).post(f"/people/{somebody}/roles", given).status_code == status


def test_nobody_lifts_oneself_and_the_refusal_says_who_can(reader, town):
    head = reader(town.head)
    answer = head.post(
        f"/people/{town.head.person_id}/roles", {"role": "auditor", "organisation": town.school.id}
    )
    assert answer.status_code == 403
    assert "Обратитесь к администратору" in answer.text
    assert f"/people/{town.head.person_id}/roles" in answer.text, "it is said on the same page"
    offered = head.get(f"/people/{town.head.person_id}").text
    assert 'value="auditor"' not in offered
    assert 'value="tutor"' in offered


def test_the_last_administrator_does_not_leave_the_house_alone(reader, town, add, session, work):
    administrator, person = reader(town.administrator), town.administrator.person_id
    held = session.scalars(select(Membership.id).where(Membership.person_id == person)).one()
    refused = administrator.post(f"/people/{person}/roles/{held}/end")
    assert refused.status_code == 409
    assert "Сначала дайте эту роль" in refused.text
    other = add("Снегирёв Глеб", "administrator")
    assert administrator.post(f"/people/{person}/roles/{held}/end").status_code == 409, "has no account yet"
    user_id = add_user(work, other, "sn-gleb", "тихая вода 7 снегирей")
    block_user(work, user_id)
    work.session.commit()
    assert administrator.post(f"/people/{person}/roles/{held}/end").status_code == 409, "cannot sign in"
    unblock_user(work, user_id)
    work.session.commit()
    assert administrator.post(f"/people/{person}/roles/{held}/end").status_code == 303
    assert administrator.get("/people").status_code == 404


def test_a_child_and_its_guardian_lead_to_each_other(reader, town, add, session):
    child, mother = add("Ромашкина Мария", "mentee"), add("Ромашкина Анна", "guardian")
    session.add(Guardianship(child_id=child, guardian_id=mother, kin="мать"))
    session.commit()
    curator, auditor = reader(town.curator), reader(town.auditor)
    for one, other in ((child, mother), (mother, child)):
        assert f'href="/people/{other}"' in curator.get(f"/people/{one}").text
        assert f'href="/people/{other}"' not in auditor.get(f"/people/{one}").text


def test_a_role_elsewhere_is_not_given(reader, town, add):
    somebody = add("Синичкина Вера")
    given = {"role": "tutor", "organisation": town.other.id}
    assert reader(town.administrator).post(f"/people/{somebody}/roles", given).status_code == 404


def test_a_role_is_ended_only_on_the_page_of_whoever_holds_it(reader, town, session):
    other = session.scalars(
        select(Membership.id).where(Membership.person_id == town.stranger.person_id)
    ).one()
    administrator = reader(town.administrator)
    for person in (town.mentor, town.stranger):
        assert administrator.post(f"/people/{person.person_id}/roles/{other}/end").status_code == 404


def test_a_page_costs_the_same_whatever_somebody_has_been_part_of(reader, town, add, work, statements):
    tutor = add("Синичкина Вера", "tutor")
    curator = reader(town.curator)
    curator.get(f"/people/{tutor}")
    with statements() as few:
        curator.get(f"/people/{tutor}")
    for role in ("mentor", "guardian", "psychologist"):
        grant_membership(work, tutor, town.school.id, role)
    work.session.commit()
    with statements() as many:
        curator.get(f"/people/{tutor}")
    assert len(few) == len(many) <= 20


def typed(town, **more):
    """Return what is typed into the page on which somebody is added."""
    new = {"organisation": town.school.id, "full_name": "Ромашкина Мария", "email": "", "language": "ru"}
    return new | more
