"""Organisations, people, the roles they hold from a day to a day, and their accounts."""

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from models.journal import JournalEntry
from models.organisations import Organisation, OrganisationKind
from models.people import Membership, Person, User
from workflows.operations.organisations import add_organisation, change_organisation
from workflows.operations.people import add_person, change_person, end_membership, grant_membership
from workflows.operations.users import add_user, block_user, end_sessions, set_password, unblock_user
from workflows.queries.members import list_strangers
from workflows.queries.people import find_signed_in, get_actor_of_person, list_members
from workflows.refusals import Complaint, Conflict, Forbidden, Invalid, NotFound
from workflows.work import Actor, Work

As = Callable[[Actor], Work]
PASSWORD = "четыре слова и запятая"


def acts(work: Work) -> list[str]:
    return list(work.session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)))


@pytest.fixture
def school(work: Work) -> uuid.UUID:
    return add_organisation(work, "Школа № 7")


@pytest.fixture
def person(work: Work, school: uuid.UUID) -> uuid.UUID:
    return add_person(work, school, "Мария Синицына", email="m@example.org")


@pytest.fixture
def user(work: Work, person: uuid.UUID) -> uuid.UUID:
    return add_user(work, person, "Sinitsyna", PASSWORD)


def test_the_tree_of_organisations_is_kept_as_paths(work: Work) -> None:
    region = add_organisation(work, "Край", OrganisationKind.REGION)
    town = add_organisation(work, "Город", OrganisationKind.MUNICIPALITY, parent_id=region)
    school = add_organisation(work, "Школа", parent_id=town)
    assert work.session.get_one(Organisation, school).path == f"/{region}/{town}/{school}/"


def test_a_region_cannot_be_below_a_school(work: Work, school: uuid.UUID) -> None:
    with pytest.raises(Conflict) as refusal:
        add_organisation(work, "Край", OrganisationKind.REGION, parent_id=school)
    assert refusal.value.key == "organisation_cannot_be_below"


def test_only_the_system_plants_a_new_tree(town: SimpleNamespace, as_: As) -> None:
    with pytest.raises((Forbidden, NotFound)):
        add_organisation(as_(town.administrator), "Свой край", OrganisationKind.REGION)


def test_an_administrator_adds_below_and_nowhere_else(town: SimpleNamespace, as_: As) -> None:
    work = as_(town.administrator)
    branch = add_organisation(work, "Филиал", parent_id=town.school.id)
    assert work.session.get_one(Organisation, branch).path.startswith(town.school.path)
    with pytest.raises(NotFound):
        add_organisation(work, "Чужой филиал", parent_id=town.other.id)


def test_a_wrong_name_and_a_wrong_time_zone_are_complained_about_together(work: Work) -> None:
    with pytest.raises(Invalid) as refusal:
        add_organisation(work, "  ", time_zone="Moon/Crater")
    assert refusal.value.problems == {
        "name": [Complaint("required")],
        "time_zone": [Complaint("not_a_time_zone")],
    }


def test_a_change_of_an_organisation_is_journaled_with_old_and_new(work: Work, school: uuid.UUID) -> None:
    change_organisation(work, school, name="Лицей № 7", time_zone="Europe/Moscow")
    details = work.session.scalars(select(JournalEntry.details).order_by(JournalEntry.id.desc())).first()
    assert details == {"name": ["Школа № 7", "Лицей № 7"]}


def test_a_person_needs_a_name_and_a_real_address(work: Work, school: uuid.UUID) -> None:
    with pytest.raises(Invalid) as refusal:
        add_person(work, school, " ", email="nowhere", language="xx")
    assert set(refusal.value.problems) == {"full_name", "email", "language"}


def test_a_person_changes_own_record_and_nobody_elses(town: SimpleNamespace, as_: As) -> None:
    work = as_(town.mentee)
    change_person(work, town.mentee.person_id, full_name="Новое Имя", email=None, language="en")
    assert work.session.get_one(Person, town.mentee.person_id).language == "en"
    with pytest.raises((Forbidden, NotFound)):
        change_person(work, town.mentor.person_id, full_name="Другое Имя", email=None, language="ru")


def test_a_role_counts_from_its_first_day_to_its_last(
    work: Work, person: uuid.UUID, school: uuid.UUID
) -> None:
    grant_membership(work, person, school, "mentor", since_on=date(2026, 9, 10), until_on=date(2026, 9, 20))

    def roles_on(day: int) -> list[str]:
        actor = get_actor_of_person(work.session, person, datetime(2026, 9, day, 9, tzinfo=UTC))
        return [role.name for role in actor.roles]

    assert [roles_on(day) for day in (9, 10, 20, 21)] == [[], ["mentor"], ["mentor"], []]


def test_a_role_that_is_ended_counts_no_more_today(work: Work, person: uuid.UUID, school: uuid.UUID) -> None:
    membership = grant_membership(work, person, school, "curator", since_on=date(2026, 1, 1))
    end_membership(work, membership)
    assert get_actor_of_person(work.session, person, work.now()).roles == ()
    assert work.session.get_one(Membership, membership).until_on == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("zone", "hour", "held"),
    [
        ("Asia/Kamchatka", 11, []),  # 23:00 of the ninth
        ("Asia/Kamchatka", 12, ["curator"]),  # midnight
        ("Europe/Kaliningrad", 21, []),  # 23:00 of the ninth
        ("Europe/Kaliningrad", 22, ["curator"]),
    ],
)
def test_a_role_begins_and_ends_at_midnight_where_it_is_held(
    work: Work, clock: Callable[[], datetime], town: SimpleNamespace, zone: str, hour: int, held: list[str]
) -> None:
    school = add_organisation(work, "Школа на краю", time_zone=zone)
    person = add_person(work, school, "Мария Синицына")
    grant_membership(work, person, school, "curator", since_on=date(2026, 9, 10), until_on=date(2026, 9, 10))

    def roles_at(now: datetime) -> list[str]:
        clock.at = now  # type: ignore[attr-defined]
        roles = [role.name for role in get_actor_of_person(work.session, person, now).roles]
        listed = [role for one in list_members(work, school) for role in one.roles]
        assert listed == roles
        stranger = list_strangers(work, work.session.get_one(Organisation, school), [person])
        assert stranger == []  # belongs there, role or none
        return roles

    begins = datetime(2026, 9, 9, hour, tzinfo=UTC)
    assert roles_at(begins) == held
    assert roles_at(begins + timedelta(days=1)) == ([] if held else ["curator"])


def test_a_role_is_given_from_the_day_it_is_in_the_organisation(
    work: Work, clock: Callable[[], datetime]
) -> None:
    school = add_organisation(work, "Школа на краю", time_zone="Asia/Kamchatka")
    person = add_person(work, school, "Мария Синицына")
    clock.at = datetime(2026, 9, 9, 20, tzinfo=UTC)  # type: ignore[attr-defined]
    membership = work.session.get_one(Membership, grant_membership(work, person, school, "curator"))
    assert membership.since_on == date(2026, 9, 10)
    assert get_actor_of_person(work.session, person, work.now()).roles


def test_to_end_a_role_neither_lengthens_it_nor_gives_it_back(
    work: Work, person: uuid.UUID, school: uuid.UUID
) -> None:
    membership = grant_membership(
        work, person, school, "mentor", since_on=date(2026, 1, 1), until_on=date(2026, 5, 31)
    )
    for until_on in (date(2026, 6, 1), date(2027, 1, 1), None):
        with pytest.raises(Invalid) as refusal:
            end_membership(work, membership, until_on=until_on)
        assert refusal.value.problems == {
            "until_on": [Complaint("ends_earlier_already", day=date(2026, 5, 31))]
        }
    with pytest.raises(Invalid) as refusal:
        end_membership(work, membership, until_on=date(2025, 12, 31))
    assert refusal.value.problems == {"until_on": [Complaint("ends_before_it_begins")]}
    end_membership(work, membership, until_on=date(2026, 5, 1))
    assert work.session.get_one(Membership, membership).until_on == date(2026, 5, 1)


@pytest.mark.parametrize("begins", [date(2026, 9, 1), date(2026, 12, 1)])
def test_a_role_that_begins_today_or_later_is_taken_away_altogether(
    work: Work, person: uuid.UUID, school: uuid.UUID, begins: date
) -> None:
    membership = grant_membership(work, person, school, "mentor", since_on=begins)
    end_membership(work, membership)
    assert get_actor_of_person(work.session, person, work.now()).roles == ()
    assert work.session.get(Membership, membership) is None
    assert acts(work)[-1] == "membership.ended"
    grant_membership(work, person, school, "mentor", since_on=begins)


def test_the_same_role_is_not_held_twice_at_a_time(work: Work, person: uuid.UUID, school: uuid.UUID) -> None:
    grant_membership(work, person, school, "mentor", until_on=date(2026, 12, 31))
    with pytest.raises(Conflict):
        grant_membership(work, person, school, "mentor", since_on=date(2026, 12, 31))
    grant_membership(work, person, school, "mentor", since_on=date(2027, 1, 1))


def test_a_role_cannot_end_before_it_begins(work: Work, person: uuid.UUID, school: uuid.UUID) -> None:
    with pytest.raises(Invalid) as refusal:
        grant_membership(work, person, school, "Mentor!", until_on=date(2026, 8, 1))
    assert set(refusal.value.problems) == {"role", "until_on"}


def test_a_curator_lets_people_in_as_participants_and_gives_no_power(town: SimpleNamespace, as_: As) -> None:
    curator = as_(town.curator)
    newcomer = add_person(curator, town.school.id, "Ева Осинина")
    for role in ("mentee", "mentor", "guardian"):
        assert grant_membership(curator, newcomer, town.school.id, role)
    for role in ("administrator", "psychologist", "curator"):
        with pytest.raises(Forbidden):
            grant_membership(curator, newcomer, town.school.id, role)


def test_a_person_may_hold_roles_in_several_organisations(
    work: Work, person: uuid.UUID, school: uuid.UUID
) -> None:
    college = add_organisation(work, "Колледж")
    grant_membership(work, person, school, "mentor")
    grant_membership(work, person, college, "curator")
    actor = get_actor_of_person(work.session, person, work.now())
    assert {(role.name, role.organisation_id) for role in actor.roles} == {
        ("mentor", school),
        ("curator", college),
    }
    assert all(role.path == f"/{role.organisation_id}/" for role in actor.roles)


def test_who_acts_is_found_by_one_statement(
    work: Work, user: uuid.UUID, statements: Callable[[], object]
) -> None:
    work.session.flush()
    with statements() as heard:  # type: ignore[attr-defined]
        assert find_signed_in(work.session, user, 1, work.now())
    assert len(heard) == 1


def test_a_sign_in_name_is_the_same_however_it_is_typed(
    work: Work, school: uuid.UUID, user: uuid.UUID
) -> None:
    assert work.session.get_one(User, user).sign_in_name == "sinitsyna"
    other = add_person(work, school, "Другая Синицына")
    with pytest.raises(Invalid) as refusal:
        add_user(work, other, " ＳＩＮＩＴＳＹＮＡ ", PASSWORD)  # full-width letters
    assert refusal.value.problems == {"sign_in_name": [Complaint("sign_in_name_taken", name="sinitsyna")]}


def test_one_person_has_one_account(work: Work, person: uuid.UUID, user: uuid.UUID) -> None:
    with pytest.raises(Conflict) as refusal:
        add_user(work, person, "second", PASSWORD)
    assert refusal.value.key == "has_account_already"


@pytest.mark.parametrize(
    ("password", "key"),
    [
        ("короткий", "password_too_short"),
        ("my name is SINITSYNA", "password_holds_name"),
        ("ааааааааааааа", "password_too_simple"),
        ("долго" * 100, "password_too_long"),
    ],
)
def test_a_weak_password_is_refused_with_a_reason(
    work: Work, person: uuid.UUID, password: str, key: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        add_user(work, person, "sinitsyna", password)
    assert [complaint.key for complaint in refusal.value.problems["password"]] == [key]


def test_a_new_password_ends_all_sessions(work: Work, user: uuid.UUID) -> None:
    now = work.now()
    assert find_signed_in(work.session, user, 1, now)
    set_password(work, user, "совсем другой пароль")
    assert find_signed_in(work.session, user, 1, now) is None
    assert find_signed_in(work.session, user, 2, now)


def test_signing_out_everywhere_ends_all_sessions(work: Work, user: uuid.UUID) -> None:
    end_sessions(work, user)
    assert find_signed_in(work.session, user, 1, work.now()) is None


def test_ones_own_password_is_changed_with_the_current_one(
    work: Work, person: uuid.UUID, user: uuid.UUID
) -> None:
    own = Work(work.session, get_actor_of_person(work.session, person, work.now()), work.clock)
    with pytest.raises(Invalid) as refusal:
        set_password(own, user, "совсем другой пароль", current="не тот")
    assert refusal.value.problems == {"current": [Complaint("wrong_password")]}
    set_password(own, user, "совсем другой пароль", current=PASSWORD)
    assert work.session.get_one(User, user).session_generation == 2


def test_a_blocked_account_acts_no_more(work: Work, user: uuid.UUID) -> None:
    block_user(work, user)
    generation = work.session.get_one(User, user).session_generation
    assert find_signed_in(work.session, user, generation, work.now()) is None
    unblock_user(work, user)
    found = find_signed_in(work.session, user, generation, work.now())
    assert found is not None
    assert found.actor.name == "Мария Синицына"
    assert acts(work)[-2:] == ["user.blocked", "user.unblocked"]


def test_nobody_blocks_oneself(work: Work, person: uuid.UUID, user: uuid.UUID, school: uuid.UUID) -> None:
    grant_membership(work, person, school, "administrator")
    own = Work(work.session, get_actor_of_person(work.session, person, work.now()), work.clock)
    with pytest.raises(Conflict):
        block_user(own, user)


def test_members_are_listed_by_name_to_those_who_may_see_them(town: SimpleNamespace, as_: As) -> None:
    mentors = list_members(as_(town.curator), town.school.id, "mentor")
    assert {one.person_id for one in mentors} == {town.mentor.person_id, town.second_mentor.person_id}
    assert [one.full_name for one in mentors] == sorted(one.full_name for one in mentors)
    with pytest.raises((Forbidden, NotFound)):
        list_members(as_(town.mentee), town.school.id)


def test_no_password_and_no_hash_gets_into_the_journal(work: Work, user: uuid.UUID) -> None:
    kept = work.session.get_one(User, user).password_hash
    everything = str(list(work.session.execute(select(JournalEntry.details)).all()))
    assert PASSWORD not in everything
    assert kept not in everything
    assert kept.startswith("$argon2id$")
