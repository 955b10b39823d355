"""`tandem user`: accounts, for the first person of an installation and for whoever is locked out."""

import sys

import click

from models.people import User
from webapp.commands.opening import carried_out, find_organisation, find_user, opened
from workflows.work import Work


@click.group()
def user() -> None:
    """Look after accounts. The password is asked for, or read from a pipe."""


@user.command()
@click.argument("sign_in_name")
@click.option("--name", "full_name", required=True, help="The person's name.")
@click.option("--organisation", help="Name or id of the organisation; not needed if there is only one.")
@click.option("--new-organisation", help="Make an organisation of this name first.")
@click.option("--role", default="administrator", show_default=True, help="Role in the organisation.")
@click.option("--language", type=click.Choice(["ru", "en"]), default="ru", show_default=True)
def add(
    sign_in_name: str,
    full_name: str,
    organisation: str | None,
    new_organisation: str | None,
    role: str,
    language: str,
) -> None:
    """Add a person with a role and an account that signs in as SIGN_IN_NAME."""
    if organisation and new_organisation:
        raise click.UsageError("Give --organisation or --new-organisation, not both.")

    def act(work: Work) -> str:
        from workflows.operations.organisations import add_organisation
        from workflows.operations.people import add_person, grant_membership
        from workflows.operations.users import add_user

        if new_organisation:
            organisation_id = add_organisation(work, new_organisation)
        else:
            organisation_id = find_organisation(work, organisation).id
        person_id = add_person(work, organisation_id, full_name, language=language)
        grant_membership(work, person_id, organisation_id, role)
        user_id = add_user(work, person_id, sign_in_name, password, must_change=True)
        return work.session.get_one(User, user_id).sign_in_name

    with opened("user add") as database:
        password = _ask_password()
        click.echo(f"{carried_out(database, act)} can sign in now.")


@user.command("password")
@click.argument("sign_in_name")
def set_new_password(sign_in_name: str) -> None:
    """Set the password of SIGN_IN_NAME and end all its sessions."""

    def act(work: Work) -> None:
        from workflows.operations.users import set_password

        set_password(work, find_user(work, sign_in_name), new, must_change=True)

    with opened("user password") as database:
        new = _ask_password()
        carried_out(database, act)
    click.echo(f"{sign_in_name} has a new password; all sessions have ended.")


@user.command()
@click.argument("sign_in_name")
def block(sign_in_name: str) -> None:
    """Let SIGN_IN_NAME sign in no more, and end all its sessions."""

    def act(work: Work) -> None:
        from workflows.operations.users import block_user

        block_user(work, find_user(work, sign_in_name))

    with opened("user block") as database:
        carried_out(database, act)
    click.echo(f"{sign_in_name} cannot sign in any more; all sessions have ended.")


@user.command()
@click.argument("sign_in_name")
def unblock(sign_in_name: str) -> None:
    """Let SIGN_IN_NAME sign in again."""

    def act(work: Work) -> None:
        from workflows.operations.users import unblock_user

        unblock_user(work, find_user(work, sign_in_name))

    with opened("user unblock") as database:
        carried_out(database, act)
    click.echo(f"{sign_in_name} can sign in again.")


def _ask_password() -> str:
    if sys.stdin.isatty():
        answer: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return answer
    return sys.stdin.readline().rstrip("\r\n")
