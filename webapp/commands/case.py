"""`tandem case`: move running cases to another version of their methodology."""

import sys
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from models.database import Database
from webapp import words
from webapp.commands.opening import carried_out, find_pack_version, opened
from webapp.commands.speaking import LANGUAGE, speaking
from workflows.work import Work

if TYPE_CHECKING:
    from workflows.operations.migrations import CasePlan
    from workflows.queries.definitions import PackVersionRow
    from workflows.queries.moves import Outcome

# Each case brings its whole state, and so not all are read at once.
_AT_ONCE = 500
_MOST_TITLES = 5


@click.group()
def case() -> None:
    """Look after running cases."""


@case.command()
@click.argument("pack")
@click.option("--organisation", help="Name or id of the organisation; not needed if there is only one.")
@click.option("--number", type=int, help="Number of the version to move to; the newest if not given.")
@click.option(
    "--map", "pairs", multiple=True, metavar="OLD=NEW", help="A step that has another id in that version."
)
@click.option("--yes", is_flag=True, help="Move what can be moved: the worker does it.")
@click.option("--now", is_flag=True, help="With --yes: move it here and wait, worker or none.")
@LANGUAGE
def migrate(
    pack: str,
    organisation: str | None,
    number: int | None,
    pairs: tuple[str, ...],
    yes: bool,
    now: bool,
    language: str,
) -> None:
    """Show which running cases of PACK can move to another of its versions; with --yes move them.

    A case that cannot move stays on its version and runs on. With --now it ends with code 1 if a case
    that was to be moved was not.
    """
    if now and not yes:
        raise click.UsageError("--now moves cases: add --yes.")
    mapping = _mapping(pairs)
    with opened("case migrate") as database, speaking(language):
        version = carried_out(database, lambda work: find_pack_version(work, pack, organisation, number))
        plans = _plan(database, version, mapping)
        _tell(version, plans)
        moving = [plan.case_id for plan in plans if plan.moves]
        if not moving:
            return
        if not yes:
            click.echo(words.say("nothing_moved_yet"))
            return
        batches = _start(database, version, moving, mapping)
        if not now:
            click.echo(words.say("cases_left_to_worker", count=len(moving)))
        elif not _finish(database, batches, len(moving)):
            raise SystemExit(1)


def _mapping(pairs: Iterable[str]) -> dict[str, str]:
    split = [[part.strip() for part in pair.split("=")] for pair in pairs]
    if any(len(pair) != 2 or not all(pair) for pair in split):
        raise click.UsageError("--map must look like old_step=new_step.")
    mapping = dict[str, str](split)
    if len(mapping) < len(split):
        raise click.UsageError("--map names a step twice.")
    return mapping


def _plan(database: Database, version: "PackVersionRow", mapping: dict[str, str]) -> list["CasePlan"]:
    from workflows.operations.migrations import plan_migration
    from workflows.queries.moves import list_cases_elsewhere

    ids = carried_out(database, lambda work: list_cases_elsewhere(work, version))

    def plan(part: Sequence[uuid.UUID]) -> list["CasePlan"]:
        return carried_out(database, lambda work: plan_migration(work, version.id, part, mapping))

    return [one for part in _parts(ids, _AT_ONCE) for one in plan(part)]


def _parts(ids: Sequence[uuid.UUID], size: int) -> list[Sequence[uuid.UUID]]:
    return [ids[begin : begin + size] for begin in range(0, len(ids), size)]


def _tell(version: "PackVersionRow", plans: Sequence["CasePlan"]) -> None:
    values = {"pack": version.key, "number": version.number}
    if not plans:
        click.echo(words.say("all_cases_there", **values))
        return
    moving = [plan for plan in plans if plan.moves]
    click.echo(words.say("cases_move", count=len(moving), **values))
    changes = [
        (plan.title, change.code, change.element, change.name) for plan in moving for change in plan.changes
    ]
    if changes:
        click.echo(words.say("besides"))
        _tell_each(changes)
    staying = [plan for plan in plans if not plan.moves]
    if staying:
        click.echo(words.say("cases_stay", count=len(staying)))
        _tell_each((plan.title, one.code, one.element, one.name) for plan in staying for one in plan.reasons)


def _tell_each(said: Iterable[tuple[str, str, str, str]]) -> None:
    """Tell each sentence once, with the cases it is about."""
    titles = defaultdict[str, list[str]](list)
    for title, code, element, name in said:
        titles[words.move(code, title=title, element=element, name=name)].append(title)
    for sentence, about in sorted(titles.items(), key=lambda one: -len(one[1])):
        more = " …" if len(about) > _MOST_TITLES else ""
        click.echo(f"  {sentence}\n    {len(about)}: {', '.join(about[:_MOST_TITLES])}{more}")


def _start(
    database: Database, version: "PackVersionRow", ids: Sequence[uuid.UUID], mapping: dict[str, str]
) -> list[uuid.UUID]:
    from workflows.operations.migrations import MOST_CASES, start_migration

    def start(work: Work) -> list[uuid.UUID]:
        return [start_migration(work, version.id, part, mapping) for part in _parts(ids, MOST_CASES)]

    return carried_out(database, start)


def _finish(database: Database, batches: Sequence[uuid.UUID], count: int) -> bool:
    """Do the worker's part here, beside a worker that may run; say whether every case could be moved."""
    from workflows.operations.migrations import migrate_next
    from workflows.queries.moves import list_outcomes

    with click.progressbar(length=count, file=sys.stderr) as progress:
        for batch_id in batches:
            while carried_out(database, lambda work: migrate_next(work, batch_id)):  # noqa: B023
                progress.update(1)
    outcomes = [
        one
        for id_ in batches
        for one in carried_out(database, lambda work: list_outcomes(work, id_))  # noqa: B023
    ]
    return _tell_outcomes(outcomes)


def _tell_outcomes(outcomes: Sequence["Outcome"]) -> bool:
    by_status = defaultdict[str, list["Outcome"]](list)
    for outcome in outcomes:
        by_status[outcome.status].append(outcome)
    click.echo(words.say("cases_were_moved", count=len(by_status["done"])))
    if by_status["waiting"]:
        click.echo(words.say("cases_left_to_worker", count=len(by_status["waiting"])))
    refused = by_status["refused"]
    if refused:
        click.echo(words.say("cases_stay", count=len(refused)))
        _tell_each(
            (one.title, why["code"], why["element"], why["name"]) for one in refused for why in one.reasons
        )
    return not refused
