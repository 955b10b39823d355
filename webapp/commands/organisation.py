"""`tandem organisation`: the tree of regions, municipalities and schools."""

import click

from webapp.commands.opening import carried_out, find_organisation, opened
from workflows.work import Work


@click.group()
def organisation() -> None:
    """Look after the tree of organisations."""


@organisation.command()
@click.argument("name")
@click.option("--below", help="Name or id of the organisation above it; without it a new tree begins.")
@click.option(
    "--kind",
    type=click.Choice(["region", "municipality", "organisation"]),
    default="organisation",
    show_default=True,
)
@click.option("--time-zone", default="Europe/Moscow", show_default=True, help="Where its days begin and end.")
def add(name: str, below: str | None, kind: str, time_zone: str) -> None:
    """Add the organisation NAME."""

    def act(work: Work) -> str:
        from models.organisations import OrganisationKind
        from workflows.operations.organisations import add_organisation

        parent_id = find_organisation(work, below).id if below else None
        return str(
            add_organisation(work, name, OrganisationKind(kind), parent_id=parent_id, time_zone=time_zone)
        )

    with opened("organisation add") as database:
        click.echo(f"{name} is there now: {carried_out(database, act)}")


@organisation.command("list")
def list_all() -> None:
    """Show the tree: name, kind, id."""

    def read(work: Work) -> list[str]:
        from workflows.queries.organisations import list_organisations

        return [
            f"{'  ' * (one.path.count('/') - 2)}{one.name} ({one.kind.value}, {one.id})"
            for one in list_organisations(work)
        ]

    with opened("organisation list") as database:
        for line in carried_out(database, read):
            click.echo(line)
