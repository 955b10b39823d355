"""A prepared statement answers as SQLAlchemy would, and fails as SQLAlchemy would."""

import uuid

import pytest
from sqlalchemy import String, bindparam, exc, func, insert, literal, select, text

from models.cases import Case, CaseStatus
from models.meetings import Meeting
from models.organisations import Organisation, OrganisationKind
from models.prepared import Prepared

NAMED = Prepared(
    select(Organisation.id, Organisation.name, Organisation.kind).where(
        Organisation.name == bindparam("name")
    )
)
ADD = Prepared(
    insert(Organisation.__table__).values(
        {name: bindparam(name, type_=Organisation.__table__.c[name].type) for name in ("id", "name", "kind")}
        | {"path": bindparam("path"), "time_zone": "Europe/Moscow"}
    )
)


def new(name="Лицей"):
    place = uuid.uuid4()
    return {"id": place, "name": name, "kind": OrganisationKind.ORGANISATION, "path": f"/{place}/"}


def test_values_go_in_and_come_back_as_the_house_knows_them(session):
    given = new()
    ADD.run(session.connection(), given)
    row = NAMED.find(session.connection(), {"name": "Лицей"})
    assert (row.id, row.kind) == (given["id"], OrganisationKind.ORGANISATION)
    assert NAMED.find(session.connection(), {"name": "Гимназия"}) is None


def test_every_row_is_given_and_a_column_without_a_name_has_its_place(session):
    numbers = Prepared(select(func.generate_series(1, bindparam("last"))))
    assert [row[0] for row in numbers.all(session.connection(), {"last": 3})] == [1, 2, 3]


def test_a_value_written_into_the_statement_is_turned_over_too(session):
    running = Prepared(select(literal(CaseStatus.RUNNING, Case.__table__.c.status.type).label("status")))
    assert running.find(session.connection(), {}).status is CaseStatus.RUNNING


@pytest.mark.parametrize(
    ("given", "said"),
    [({}, r"missing \['name'\]"), ({"name": "Лицей", "nmae": "Лицей"}, r"unknown \['nmae'\]")],
)
def test_a_name_that_is_missing_or_misspelt_is_refused_each_time(session, given, said):
    assert NAMED.find(session.connection(), {"name": None}) is None
    for _ in range(2):
        with pytest.raises(TypeError, match=said):
            NAMED.find(session.connection(), given)


def test_a_name_that_is_missing_is_not_written_as_nothing(session):
    given = new()
    del given["kind"]
    with pytest.raises(TypeError, match="kind"):
        ADD.run(session.connection(), given)


def test_a_name_that_may_be_spared_is_left_alone(session):
    one = Prepared(select(bindparam("wanted", type_=String()).label("wanted")), spare=["else"])
    assert one.find(session.connection(), {"wanted": "a", "else": object()}).wanted == "a"


def test_a_default_that_sqlalchemy_would_work_out_is_refused(session):
    added = Prepared(insert(Meeting.__table__).values(cycle=bindparam("cycle")))
    with pytest.raises(AssertionError, match="defaults"):
        added.run(session.connection(), {"cycle": 1})


def test_a_refusal_of_the_database_is_one_of_sqlalchemy(session):
    given = new()
    ADD.run(session.connection(), given)
    with pytest.raises(exc.IntegrityError):
        ADD.run(session.connection(), given)


def test_a_lost_connection_is_operational_and_not_used_again(committed_database):
    database = committed_database
    with database.sessions() as session:
        connection = session.connection()
        pid = connection.scalar(text("SELECT pg_backend_pid()"))
        with database.engine.connect() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
        with pytest.raises(exc.OperationalError) as lost:
            NAMED.find(connection, {"name": "Лицей"})
        assert lost.value.connection_invalidated
    with database.sessions() as session:
        assert NAMED.find(session.connection(), {"name": "Нет такого"}) is None


def test_whoever_listens_to_statements_hears_it(session, database, statements):
    with statements() as heard:
        NAMED.find(session.connection(), {"name": "Лицей"})
    assert len(heard.other) == 1


def test_a_statement_whose_text_depends_on_its_values_is_refused(session):
    some = Prepared(select(Organisation.id).where(Organisation.name.in_(bindparam("names", expanding=True))))
    with pytest.raises(AssertionError, match="how many values"):
        some.all(session.connection(), {"names": ["a", "b"]})
