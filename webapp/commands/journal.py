"""`tandem journal`: prove that nothing was changed."""

import uuid
from functools import partial

import click

from webapp.commands.opening import carried_out, find_organisation, opened
from workflows.work import Work

_SENTENCES = {
    "entry_changed": "the entry is not as it was written",
    "details_changed": "the details of the entry are not as they were written",
    "details_erased": "the details of the entry were erased, and no entry says so",
    "entry_removed": "an entry was removed",
    "entry_moved": "the entry stands in another place than it was sealed at",
    "entry_unlinked": "the entry is not in the chain and does not wait for its place",
    "block_changed": "the block or the digest of an entry in it is not as it was sealed",
    "block_removed": "the block was removed",
    "chain_broken": "the block does not follow the one before it",
    "not_as_expected": "there is no block with the number and the hash that were noted",
}


@click.group()
def journal() -> None:
    """Look after the journal."""


@journal.command()
@click.option("--organisation", help="Name or id of the organisation; all of them if not given.")
@click.option(
    "--expect",
    metavar="NUMBER:HASH",
    help="A block noted at an earlier verification; it must still be there.",
)
def verify(organisation: str | None, expect: str | None) -> None:
    """Compute the chain anew and say what does not fit; ends with code 1 if anything does not.

    The last line of each organisation names its newest block. Note it somewhere else: with --expect
    it proves later that nothing was taken away from the end.
    """
    expected = _parsed(expect) if expect else None
    if expected and not organisation:
        raise click.UsageError("--expect needs --organisation: every organisation has a chain of its own.")

    from workflows.queries.organisations import list_organisations

    def chosen(work: Work) -> list[tuple[uuid.UUID, str]]:
        if organisation:
            one = find_organisation(work, organisation)
            return [(one.id, one.name)]
        return [(one.id, one.name) for one in list_organisations(work)]

    with opened("journal verify") as database:
        reports = [
            carried_out(
                database, partial(_verified, organisation_id=organisation_id, name=name, expected=expected)
            )
            for organisation_id, name in carried_out(database, chosen)
        ]
    raise SystemExit(0 if all(reports) else 1)


def _verified(work: Work, organisation_id: uuid.UUID, name: str, expected: tuple[int, bytes] | None) -> bool:
    from workflows.operations.verification import Fault, verify_journal

    def told(fault: Fault) -> str:
        block = f"block {fault.block}" if fault.block else ""
        entry = f"entry {fault.entry_id}" if fault.entry_id else ""
        return f"  {', '.join(filter(None, (block, entry)))}: {_SENTENCES[fault.kind.value]}"

    report = verify_journal(work, organisation_id, expected=expected)
    state = "sound" if report.is_sound else f"NOT SOUND, {report.fault_count} faults"
    click.echo(
        f"{name}: {state}. {report.entries} entries, {report.unsealed} wait to be sealed, "
        f"details of {report.redacted} erased."
    )
    for fault in report.faults:
        click.echo(told(fault))
    click.echo(f"  newest block {report.number}:{report.hash.hex()}")
    return report.is_sound


def _parsed(text: str) -> tuple[int, bytes]:
    number, _, digest = text.partition(":")
    try:
        return int(number), bytes.fromhex(digest)
    except ValueError:
        raise click.UsageError(
            "--expect must look like 12:89ab…, as an earlier verification printed it."
        ) from None
