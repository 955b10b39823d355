"""`tandem role`: what people may do where."""

import uuid
from datetime import date, datetime

import click
from sqlalchemy import select

from models.organisations import Organisation
from models.people import Membership, Person
from webapp.commands.opening import carried_out, find_organisation, find_person, opened
from workflows.work import Work

_DAY = click.DateTime(["%Y-%m-%d"])


@click.group()
def role() -> None:
    """Give and end the roles of people."""


@role.command()
@click.argument("person")
@click.argument("role_code", metavar="ROLE")
@click.option("--organisation", help="Name or id of the organisation; the person's own if not given.")
@click.option("--since", type=_DAY, help="First day, as 2026-09-01; today if not given.")
@click.option("--until", type=_DAY, help="Last day; without it the role does not end.")
def grant(
    person: str, role_code: str, organisation: str | None, since: datetime | None, until: datetime | None
) -> None:
    """Give PERSON (a sign-in name, full name or id) a ROLE such as curator or mentor."""

    def act(work: Work) -> str:
        from workflows.operations.people import grant_membership

        person_id = find_person(work, person)
        place = _place(work, person_id, organisation)
        grant_membership(work, person_id, place.id, role_code, since_on=_day(since), until_on=_day(until))
        return place.name

    with opened("role grant") as database:
        click.echo(f"{person} is {role_code} in {carried_out(database, act)}.")


@role.command()
@click.argument("person")
@click.argument("role_code", metavar="ROLE")
@click.option("--organisation", help="Name or id of the organisation; the person's own if not given.")
@click.option("--until", type=_DAY, help="Last day; without it the role counts no more from now on.")
def end(person: str, role_code: str, organisation: str | None, until: datetime | None) -> None:
    """End the ROLE of PERSON (a sign-in name, full name or id)."""

    def act(work: Work) -> str:
        from workflows.operations.people import end_membership

        person_id = find_person(work, person)
        place = _place(work, person_id, organisation)
        held = _held(work, person_id, place, role_code)
        if not held:
            raise click.ClickException(f"{person} is not {role_code} in {place.name}.")
        for membership_id in held:
            end_membership(work, membership_id, until_on=_day(until))
        return place.name

    with opened("role end") as database:
        place = carried_out(database, act)
    last = f" after {until:%Y-%m-%d}" if until else ""
    click.echo(f"{person} is not {role_code} in {place} any more{last}.")


def _place(work: Work, person_id: uuid.UUID, named: str | None) -> Organisation:
    if named:
        return find_organisation(work, named)
    person = work.session.get_one(Person, person_id)
    return work.session.get_one(Organisation, person.organisation_id)


def _held(work: Work, person_id: uuid.UUID, place: Organisation, role_code: str) -> list[uuid.UUID]:
    """Find what is held now; what begins later is left alone."""
    held = (
        select(Membership.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.person_id == person_id,
            Membership.organisation_id == place.id,
            Membership.role == role_code,
            Membership.counts_at(work.now()),
        )
    )
    return list(work.session.scalars(held))


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
