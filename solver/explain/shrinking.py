"""From all rules to a few that cannot hold together, and of several such groups the one a person would rather read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from solver.explain.preference import Rank, rank_of, weight_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.explain.proving import Prover
    from solver.guard import Name

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
    best = _first(prover, most)
    if best is None:
        return None
    best = _without_the_spare(prover, best.core, spent)
    tried: set[Name] = set()
    while not spent() and len(tried) < MOST_OTHERS and best.minimal:
        other = next((n for n in _least_wanted(prover, best.core) if n not in tried), None)
        if other is None or rank_of(prover.problem, other) < Rank.LIMIT:
            return best
        tried.add(other)
        answer = prover.ask([n for n in prover.names if n != other], most=FOR_ANOTHER)
        if answer.verdict == "impossible":
            found = _without_the_spare(prover, answer.core, spent)
            if found.minimal and weight_of(prover.problem, found.core) < weight_of(prover.problem, best.core):
                best = found
    return best


def _first(prover: Prover, most: float) -> Shrunk | None:
    """A first group: of what the request says when that is enough, else with limits, else with the guide's rules."""
    names: list[Name] = []
    telling = sorted(prover.names, key=lambda name: max(Rank.CIRCUMSTANCE, rank_of(prover.problem, name)))
    for rank, group in groupby(telling, key=lambda name: max(Rank.CIRCUMSTANCE, rank_of(prover.problem, name))):
        names += group
        last = rank == Rank.GUIDE or len(names) == len(telling)
        answer = prover.ask(names, most=most) if last else prover.ask(names, most=FOR_ANOTHER)
        if answer.verdict == "impossible":
            return Shrunk(answer.core, minimal=False)
    return None


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
