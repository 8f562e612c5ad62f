"""Pull against push: the sums that the two balance rules share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from catalog.schema import Exercise
    from solver.domain.problem import Basis
    from solver.verifier.facts import Facts

SUBSTITUTE_UNITS = 2
"""What a set counts that stands in for compound work nobody can do here."""

SINGLE_JOINT_SHARE = 3
"""Single-joint units are at most one part in this many of their side."""


@dataclass(frozen=True)
class Tally:
    """Weekly units on both sides, counted by sets or by movements (an exercise in a session)."""

    basis: str
    pull: int
    push: int
    single_pull: int
    single_push: int

    @property
    def suffix(self) -> str:
        """How the tally is told apart from the one by sets: in a sentence."""
        return "" if self.basis == "sets" else " (by movements)"


def ratio_pull(group: str) -> Callable[[Exercise], bool]:
    """Exercises on the pulling side of a group."""
    return lambda e: e.ratio_group == group and e.push_pull == "pull" and e.ratio_units > 0


def ratio_push(group: str) -> Callable[[Exercise], bool]:
    """Exercises on the pushing side of a group."""
    return lambda e: e.ratio_group == group and e.push_pull == "push" and e.ratio_units > 0


def is_compound(exercise: Exercise) -> bool:
    """More than one joint does the work."""
    return exercise.mechanic == "compound"


def tallies(facts: Facts, basis: Basis, group: str, pull_units: Callable[[Exercise], int]) -> tuple[Tally, ...]:
    """One tally per basis that has to hold. `pull_units` says what a set of an exercise counts on the pulling side."""
    bases = ("sets", "movements") if basis == "both" else (basis,)
    return tuple(_tally(facts, each, ratio_push(group), pull_units) for each in bases)


def _tally(
    facts: Facts, basis: str, pushes: Callable[[Exercise], bool], pull_units: Callable[[Exercise], int]
) -> Tally:
    pull = push = single_pull = single_push = 0
    for _, placed in facts.week:
        exercise = placed.exercise
        count = placed.sets if basis == "sets" else 1
        pulled = count * pull_units(exercise)
        pushed = count * exercise.ratio_units if pushes(exercise) else 0
        pull += pulled
        push += pushed
        if not is_compound(exercise):
            single_pull += pulled
            single_push += pushed
    return Tally(basis, pull, push, single_pull, single_push)


def measured(counted: tuple[Tally, ...]) -> dict[str, int]:
    """Both sides by name; the second basis of `both` is marked."""
    found: dict[str, int] = {}
    for index, tally in enumerate(counted):
        mark = "" if index == 0 else f"_{tally.basis}"
        found |= {f"pull{mark}": tally.pull, f"push{mark}": tally.push}
    return found


def upper_pull_is_substituted(facts: Facts) -> bool:
    """Whether no ratio-counted upper-body pull is eligible anywhere, so that lower-trap pulls stand in."""
    return not facts.eligible(ratio_pull("upper"))
