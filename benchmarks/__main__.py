"""Measure everything, or what is named: `python -m benchmarks [engine completion http inbox …] [--write]`."""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks import (
    chain,
    completion,
    definitions,
    documents,
    engine_step,
    http_completion,
    inbox,
    memory,
    pages,
    pairing,
    simulation,
)
from benchmarks.measuring import Finding
from benchmarks.town import town

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- findings -->", "<!-- end of findings -->"

PURE: dict[str, Callable[[], list[Finding]]] = {
    "engine": engine_step.measure,
    "definitions": definitions.measure,
    "pairing": pairing.measure,
    "simulation": simulation.measure,
    "pages": pages.measure,
}
IN_TOWN = {
    "completion": completion.measure,
    "http": http_completion.measure,
    "memory": memory.measure,
    "inbox": inbox.measure,
    "chain": chain.measure,
    "documents": documents.measure,
}


def main() -> int:
    """Print the table; end with 1 if a bar was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*PURE, *IN_TOWN], help="what to measure; all by default")
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    options = parser.parse_args()
    names = options.names or [*PURE, *IN_TOWN]
    findings = [finding for name in names for finding in _measure(name)]
    if options.write:
        _write(findings)
    missed = [finding.what for finding in findings if finding.kept is False]
    for what in missed:
        print(f"MISSED: {what}", file=sys.stderr)
    return 1 if missed else 0


def _measure(name: str) -> Iterable[Finding]:
    if name in PURE:
        findings = PURE[name]()
    else:
        with town() as one:
            findings = IN_TOWN[name](one)
    for finding in findings:
        print(_row(finding), flush=True)
    return findings


def _row(finding: Finding) -> str:
    kept = {True: "kept", False: "missed", None: ""}[finding.kept]
    return f"| {finding.what} | {finding.figure} | {finding.bar} | {kept} |"


def _write(findings: list[Finding]) -> None:
    table = ["| what | measured | bar | |", "| --- | --- | --- | --- |", *map(_row, findings)]
    before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n\n" + "\n".join(table) + f"\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
