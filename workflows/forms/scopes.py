"""A form as a whole: which parts share one set of answers, and what depends on what."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from marshmallow import Schema

from workflows.forms.components import SHOWN, Component, Computed, Formula, Group
from workflows.forms.questions import Choice, Field


@dataclass(frozen=True, kw_only=True)
class DynamicList(Component):
    """The same fields again and again, one row for each thing."""

    path: tuple[str, ...]
    scope: "Scope"
    rows_at_first: int = 1
    can_change: bool = True


@dataclass(frozen=True)
class Scope:
    """Components that share one set of answers: the form itself, or one row of a dynamic list."""

    components: tuple[Component, ...]

    @cached_property
    def all(self) -> tuple[Component, ...]:
        """List every component of this scope, those inside groups too, in the order of the page."""
        return tuple(_within(self.components))

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        return tuple(part for part in self.all if isinstance(part, Field))

    @cached_property
    def restricted(self) -> frozenset[str]:
        """Name the answers that only few may read; a list is one of them if anything in its rows is."""
        own = {part.path[0] for part in self.fields if part.restricted}
        return frozenset(own.union(part.path[0] for part in self.lists if part.scope.restricted))

    @cached_property
    def kept_from_case(self) -> frozenset[str]:
        """Name the answers that the case is not told: those of the restricted that do not decide its way."""
        return self.restricted - {part.path[0] for part in self.fields if part.routes}

    @cached_property
    def kept_from_task(self) -> frozenset[str]:
        """Name the answers that stand only in the rows that a listener writes."""
        return frozenset(part.path[0] for part in self.fields if part.in_row)

    @cached_property
    def lists(self) -> tuple[DynamicList, ...]:
        return tuple(part for part in self.all if isinstance(part, DynamicList))

    @cached_property
    def computed(self) -> tuple[Computed, ...]:
        return tuple(part for part in self.all if isinstance(part, Computed))

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        return tuple(dict.fromkeys(formula for part in self.all for formula in part.formulas()))

    @cached_property
    def reads(self) -> frozenset[str]:
        """Name the answers that expressions of this scope and of the rows below depend on."""
        own = {name for formula in self.formulas for name in formula.reads}
        return frozenset(own.union(*(part.scope.reads for part in self.lists)))

    @cached_property
    def decided_by(self) -> frozenset[str]:
        """Name what has to be known to check answers; what is only shown need not be."""
        own: set[str] = set()
        for part in self.all:
            if not isinstance(part, SHOWN):
                own |= {name for formula in part.formulas() for name in formula.reads}
            if isinstance(part, Choice) and part.options_key:
                own.add(part.options_key)
            if isinstance(part, Field) and part.locked is not False:
                own.add(part.path[0])
        return frozenset(own.union(*(part.scope.decided_by | {part.path[0]} for part in self.lists)))

    @cached_property
    def watched(self) -> frozenset[str]:
        """Name the answers whose change changes something else on the page."""
        own = frozenset(name for part in self.all for name in part.mentions)
        return own.union(self.reads, *(part.scope.watched for part in self.lists))

    @cached_property
    def is_still(self) -> bool:
        """Say whether the answers alone decide: nothing is computed, hidden, locked or looked up."""
        return (
            not self.formulas
            and not any(map(_is_live, self.fields))
            and all(part.scope.is_still for part in self.lists)
        )


def _within(components: tuple[Component, ...]) -> Iterator[Component]:
    for component in components:
        yield component
        if isinstance(component, Group):
            yield from _within(component.components)


def _is_live(part: Field) -> bool:
    return part.locked is True or (isinstance(part, Choice) and not part.has_written_options)


@dataclass(frozen=True)
class Form:
    """A form of a pack, read once and then only looked at: any number of threads may share it."""

    id: str
    scope: Scope
    schema: Schema = field(compare=False, repr=False)
    """The rules that need nothing but the answer itself."""
