"""What the form of a user task may be told out of our own tables, by the name written in the diagram.

A reader gets the work and the id of the case, and gives variables: the expressions of the form see them
beside what the case knows, and a field whose key is the name of one is filled with it. Readers only read;
one module for each noun stands beside this one. The task asks who may see it; a reader need not.
"""

import uuid
from collections.abc import Collection, Iterable
from typing import Any

from workflows.engine.values import plain
from workflows.queries.readings import (
    awards,
    base_counts,
    bases,
    completion,
    concerns,
    general_meetings,
    goals,
    leaving,
    monitoring,
    pairing,
    pairs,
    programmes,
    stages,
    support,
)
from workflows.queries.readings.reader import Reader
from workflows.work import Work

__all__ = ["READERS", "Reader", "read_facts", "read_past"]

READERS: dict[str, Reader] = {
    **bases.READERS,
    **base_counts.READERS,
    **programmes.READERS,
    **pairing.READERS,
    **general_meetings.READERS,
    **stages.READERS,
    **pairs.READERS,
    **goals.READERS,
    **awards.READERS,
    **completion.READERS,
    **monitoring.READERS,
    **concerns.READERS,
    **leaving.READERS,
    **support.READERS,
}


def read_facts(
    work: Work, names: Iterable[str], case_id: uuid.UUID, *, wanted: Collection[str] | None = None
) -> dict[str, Any]:
    """Return what these readers give for a case, as plain data; of all, or only of what is wanted.

    One that the house does not have any more gives nothing: the form has to stay usable.
    """
    facts: dict[str, Any] = {}
    for name in names:
        reader = READERS.get(name)
        if reader and (wanted is None or any(given in wanted for given in reader.gives)):
            facts |= plain(reader.read(work, case_id))
    return facts


def read_past(work: Work, names: Iterable[str], case_id: uuid.UUID) -> dict[str, Any]:
    """Return what could be chosen at any time, to read back what was chosen then."""
    found = (READERS[name] for name in names if name in READERS)
    facts: dict[str, Any] = {}
    for reader in found:
        facts |= plain(reader.past(work, case_id)) if reader.past else {}
    return facts
