"""The plan of a speed meeting: who talks with whom in which round at which table, everybody once.

Who sits where in which round is a colouring of the edges of a two-sided graph, for which as many rounds
are enough as the busiest guest has talks; with few tables they become as many as the tables need.
"""

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

Two = tuple[str, str]
Edge = tuple[int, int]
_LOOKED_AT = 200
"""So many of those whom a mentor has not met yet are compared with each other for one talk."""
Seats = tuple[dict[Edge, int], dict[Edge, int]]


@dataclass(frozen=True, slots=True)
class Talk:
    """A mentor and a mentee at a table in a round."""

    round: int
    table: int
    mentor: str
    mentee: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All talks, in the order of rounds and tables, and who rests in which round."""

    rounds: int
    talks: tuple[Talk, ...]
    left_out: int
    """So many talks did not fit into the rounds there are."""

    def of(self, guest: str) -> list[Talk]:
        """List the talks of one guest."""
        return [talk for talk in self.talks if guest in (talk.mentor, talk.mentee)]

    def pauses_of(self, guest: str) -> int:
        """Count the rounds in which a guest rests."""
        return self.rounds - len(self.of(guest))


def plan_rounds(
    mentors: Sequence[str],
    mentees: Sequence[str],
    tables: int | None = None,
    only: Iterable[Two] | None = None,
    most_rounds: int | None = None,
) -> Plan:
    """Plan who talks with whom; `only` names the pairs, mentor first, that must meet if not all do.

    Where not everybody can meet in the rounds there are, those who have talked least come first.
    """
    room = max(1, min(tables or len(mentors), len(mentors), len(mentees)))
    if only is None and room == min(len(mentors), len(mentees)):
        circles = _in_circles(len(mentors), len(mentees), most_rounds)
        return _seated(mentors, mentees, circles, len(mentors) * len(mentees))
    edges = _edges(mentors, mentees, only)
    needed = _rounds_for(edges, room)
    if most_rounds is not None and needed > most_rounds:
        return _seated(mentors, mentees, _as_time_allows(edges, most_rounds, room), len(edges))
    return _seated(mentors, mentees, _even_out(_colour(edges, needed), room), len(edges))


def _as_time_allows(edges: Sequence[Edge], rounds: int, room: int) -> list[list[Edge]]:
    """Fill these rounds one by one; in each those sit down first who have talked least so far."""
    ahead: dict[int, deque[int]] = {}
    for a, b in edges:
        ahead.setdefault(a, deque()).append(b)
    for turn, others in ahead.items():
        # They do not all begin with the same one.
        others.rotate(-turn * len(others) // len(ahead))
    talks: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    return [_sit_down(ahead, talks, room) for _ in range(rounds)]


def _sit_down(
    ahead: dict[int, deque[int]], talks: tuple[Counter[int], Counter[int]], room: int
) -> list[Edge]:
    chosen: dict[int, int] = {}
    for a in sorted(ahead, key=lambda one: (talks[0][one], one)):
        free = [b for b in islice(ahead[a], _LOOKED_AT) if b not in chosen]
        if len(chosen) < room and free:
            b = min(free, key=talks[1].__getitem__)
            ahead[a].remove(b)
            ahead[a].rotate(-1)
            talks[0][a] += 1
            talks[1][b] += 1
            chosen[b] = a
    return sorted((a, b) for b, a in chosen.items())


def _in_circles(mentors: int, mentees: int, most: int | None) -> list[list[Edge]]:
    """Let the larger side move on by one in each round; the smaller sits evenly around the circle."""
    larger, smaller = max(mentors, mentees), min(mentors, mentees)
    seats = [place * larger // smaller for place in range(smaller)] if smaller else []
    turns = range(larger if most is None else min(larger, most))
    rounds = [[(place, (seat + turn) % larger) for place, seat in enumerate(seats)] for turn in turns]
    return rounds if mentors <= mentees else [[(b, a) for a, b in one] for one in rounds]


def _edges(mentors: Sequence[str], mentees: Sequence[str], only: Iterable[Two] | None) -> list[Edge]:
    if only is None:
        return [(a, b) for a in range(len(mentors)) for b in range(len(mentees))]
    rows = {one: place for place, one in enumerate(mentors)}
    columns = {one: place for place, one in enumerate(mentees)}
    return sorted({(rows[a], columns[b]) for a, b in only if a in rows and b in columns})


def _rounds_for(edges: Sequence[Edge], room: int) -> int:
    busiest = max(Counter(a for a, _ in edges).values(), default=0)
    asked = max(Counter(b for _, b in edges).values(), default=0)
    return max(busiest, asked, -(-len(edges) // room))


def _colour(edges: Sequence[Edge], count: int) -> list[set[Edge]]:
    """Colour the edges so that no guest has two talks in the same round (König)."""
    at: Seats = ({}, {})
    for a, b in edges:
        first = next(c for c in range(count) if (a, c) not in at[0])
        second = next(c for c in range(count) if (b, c) not in at[1])
        if first != second:
            _swap(at, b, first, second)
        at[0][a, first], at[1][b, first] = b, a
    found: list[set[Edge]] = [set() for _ in range(count)]
    for (a, colour), b in at[0].items():
        found[colour].add((a, b))
    return found


def _swap(at: Seats, end: int, first: int, second: int) -> None:
    """Exchange two rounds along the chain of talks that begins at a guest of the second side."""
    side, here, colour = 1, end, first
    chain: list[tuple[int, int, int]] = []
    while (there := at[side].get((here, colour))) is not None:
        chain.append((there, here, colour) if side else (here, there, colour))
        side, here, colour = 1 - side, there, second if colour == first else first
    for a, b, old in chain:
        del at[0][a, old], at[1][b, old]
    for a, b, old in chain:
        new = second if old == first else first
        at[0][a, new], at[1][b, new] = b, a


def _even_out(rounds: list[set[Edge]], room: int) -> list[list[Edge]]:
    """Move talks from rounds that have more than the tables hold into rounds that have fewer."""
    while max(map(len, rounds), default=0) > room:
        full, free = max(rounds, key=len), min(rounds, key=len)
        chain = next(one for one in _chains(full, free) if len(one & full) > len(one & free))
        place, other = rounds.index(full), rounds.index(free)
        rounds[place], rounds[other] = full ^ chain, free ^ chain
    return [sorted(one) for one in rounds]


def _chains(one: set[Edge], other: set[Edge]) -> list[set[Edge]]:
    """Part the talks of two rounds into chains that share no guest."""
    left = dict.fromkeys(sorted(one | other))
    near: dict[tuple[int, int], list[Edge]] = {}
    for edge in left:
        for side in (0, 1):
            near.setdefault((side, edge[side]), []).append(edge)
    found: list[set[Edge]] = []
    while left:
        chain, ahead = set(), [next(iter(left))]
        while ahead:
            edge = ahead.pop()
            if edge in left:
                del left[edge]
                chain.add(edge)
                ahead += near[0, edge[0]] + near[1, edge[1]]
        found.append(chain)
    return found


def _seated(mentors: Sequence[str], mentees: Sequence[str], rounds: list[list[Edge]], wanted: int) -> Plan:
    """Give each talk a table; the mentors keep theirs as far as there are enough."""
    talks = [
        Talk(turn, table, mentors[a], mentees[b])
        for turn, each in enumerate(rounds, start=1)
        for table, (a, b) in enumerate(sorted(each), start=1)
    ]
    return Plan(len(rounds), tuple(talks), wanted - len(talks))
