"""The shapes of quality terms. Each says what it is worth in the model and, apart from it, on a finished plan."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from ortools.sat.python import cp_model

from catalog.schema import Exercise
from solver.domain.problem import Problem
from solver.variables import Choice, Expression, PlanVars, counted, weighted

if TYPE_CHECKING:
    from solver.domain.plan import Entry, Plan

Points = Callable[[Problem, Exercise], int]


class Term(Protocol):
    """A named part of tier 3, in points; more is better."""

    @property
    def name(self) -> str: ...

    def express(self, plan: PlanVars) -> Expression:
        """The term on the decision variables. It may fall short of `measure`, never exceed it."""
        ...

    def measure(self, problem: Problem, plan: Plan) -> int:
        """The term on a finished plan, without a solver."""
        ...


def entries_of(problem: Problem, plan: Plan) -> Iterator[tuple[Exercise, Entry, str]]:
    """Every entry with its exercise and its slot's id."""
    for session in plan.sessions:
        for entry in session.entries:
            yield problem.exercise_by_id[entry.exercise], entry, session.slot


@dataclass(frozen=True)
class PerEntry:
    """Points for every entry, whatever its sets."""

    name: str
    points: Points

    def express(self, plan: PlanVars) -> Expression:
        return counted(plan.choices, lambda e: self.points(plan.problem, e))

    def measure(self, problem: Problem, plan: Plan) -> int:
        return sum(self.points(problem, e) for e, _, _ in entries_of(problem, plan))


@dataclass(frozen=True)
class PerSet:
    """Points for every set."""

    name: str
    points: Points

    def express(self, plan: PlanVars) -> Expression:
        return weighted(plan.choices, lambda e: self.points(plan.problem, e))

    def measure(self, problem: Problem, plan: Plan) -> int:
        return sum(self.points(problem, e) * entry.sets for e, entry, _ in entries_of(problem, plan))


@dataclass(frozen=True)
class Distinct:
    """Points once for every different key that the week holds; a key of None earns nothing."""

    name: str
    key: Callable[[Problem, Exercise, str], Hashable | None]
    points: Callable[[Hashable], int]

    def express(self, plan: PlanVars) -> Expression:
        holding: dict[Hashable, list[Choice]] = {}
        for choice in plan.choices:
            key = self.key(plan.problem, choice.exercise, choice.slot.id)
            if key is not None:
                holding.setdefault(key, []).append(choice)
        flags = [
            # A key that a single choice can hold needs no flag of its own.
            choices[0].present if len(choices) == 1 else plan.any_present(f"{self.name}: {key}", choices)
            for key, choices in holding.items()
        ]
        return cp_model.LinearExpr.weighted_sum(flags, [self.points(key) for key in holding])

    def measure(self, problem: Problem, plan: Plan) -> int:
        keys = {self.key(problem, e, slot) for e, _, slot in entries_of(problem, plan)} - {None}
        return sum(self.points(key) for key in keys)
