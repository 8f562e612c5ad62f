"""From all rules to a few that cannot hold together, and of several such groups the one a person would rather read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.explain.preference import Rank, rank_of, weight_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from solver.explain.proving import Prover
    from solver.guard import Name

FEW = 3
"""So many rules are quickly read: a larger group is worth the search for another."""
MOST_OTHERS = 8
"""So many rules at most are left out of everything, to see whether the others collide more tellingly."""
FOR_ANOTHER = 0.15
"""Deterministic seconds for such a look: most collisions show at once."""


@dataclass(frozen=True)
class Shrunk:
    """Names that cannot hold together; `minimal` when leaving out any one of them is proven possible."""

    core: tuple[Name, ...]
    minimal: bool


def shrink(prover: Prover, spent: Callable[[], bool], most: float) -> Shrunk | None:
    """The most telling group found until `spent`; None when not even all rules together are proven impossible.

    `most` is what the first proof, on which everything rests, may take of deterministic seconds.
    """
    best = _of_what_is_said_first(prover, spent, most)
    tried: set[Name] = set()
    while best is not None and best.minimal and len(tried) < MOST_OTHERS and not spent():
        worth = [n for n in _least_wanted(prover, best.core) if n not in tried and _worth_sparing(prover, best.core, n)]
        if not worth:
            break
        tried.add(worth[0])
        found = _group(prover, [n for n in prover.names if n != worth[0]], spent, FOR_ANOTHER)
        best = _better(prover, best, found)
    return best


def _of_what_is_said_first(prover: Prover, spent: Callable[[], bool], most: float) -> Shrunk | None:
    """A first group: of what the request says and what is there, or with limits, or with the guide's rules as well.

    Where the first is large, one with more defaults in it may be the shorter story.
    """
    best: Shrunk | None = None
    for last in (Rank.CIRCUMSTANCE, Rank.LIMIT, Rank.GUIDE):
        names = [name for name in prover.names if rank_of(prover.problem, name) <= last]
        needed = best is None and last is Rank.GUIDE
        if best is None or (len(best.core) > FEW and not spent()):
            best = _better(prover, best, _group(prover, names, spent, most if needed else FOR_ANOTHER))
    return best


def _worth_sparing(prover: Prover, core: tuple[Name, ...], name: Name) -> bool:
    return len(core) > FEW or rank_of(prover.problem, name) >= Rank.LIMIT


def _better(prover: Prover, best: Shrunk | None, other: Shrunk | None) -> Shrunk | None:
    if best is None or other is None:
        return best or other
    lighter = weight_of(prover.problem, other.core) < weight_of(prover.problem, best.core)
    return other if lighter and other.minimal >= best.minimal else best


def _group(prover: Prover, names: Collection[Name], spent: Callable[[], bool], most: float) -> Shrunk | None:
    """A group of these that collides, without what can be spared; None when they are not proven to collide."""
    answer = prover.ask(names, most=most)
    return _without_the_spare(prover, answer.core, spent) if answer.verdict == "impossible" else None


def _least_wanted(prover: Prover, core: tuple[Name, ...]) -> list[Name]:
    return sorted(core, key=lambda name: (-rank_of(prover.problem, name), name))


def _without_the_spare(prover: Prover, core: tuple[Name, ...], spent: Callable[[], bool]) -> Shrunk:
    """Leave out one name after another, the least telling first, as long as the others stay impossible."""
    minimal = True
    for name in _least_wanted(prover, core):
        if name not in core:
            continue
        if spent():
            return Shrunk(core, minimal=False)
        without = prover.ask([n for n in core if n != name])
        if without.verdict == "impossible":
            core = without.core
        minimal = minimal and without.verdict != "unknown"
    return Shrunk(core, minimal)
