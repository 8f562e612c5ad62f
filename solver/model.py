"""From the problem to a model: variables, every rule through the guard, and the tiers of the objective."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ortools.sat.python import cp_model

from solver.guard import Guard
from solver.objective.quality import quality_terms
from solver.objective.shortfall import Shortfall, minima_value, targets_value
from solver.rules import RULES
from solver.variables import Expression, PlanVars

if TYPE_CHECKING:
    from collections.abc import Collection

    from solver.debts import Debts
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem
    from solver.guard import Name


@dataclass(frozen=True)
class BuiltModel:
    """A model with its variables and its guard."""

    problem: Problem
    model: cp_model.CpModel
    plan: PlanVars
    guard: Guard
    build_seconds: float

    @cached_property
    def objective(self) -> Objective:
        """The tiers on this model's variables."""
        return Objective(self.plan)

    @property
    def variables(self) -> int:
        """How many decision and auxiliary variables the model has."""
        return len(self.model.proto.variables)

    @property
    def constraints(self) -> int:
        return len(self.model.proto.constraints)


_ALWAYS = frozenset({"structure.sessions"})
"""Rules that say something about every week, whichever of them are asked for: here that there is a session."""


def build_model(
    problem: Problem,
    *,
    explaining: bool = False,
    with_facts: bool = False,
    only: Collection[Name] | None = None,
    debts: Debts | None = None,
) -> BuiltModel:
    """State every rule, or only those named.

    `explaining`: with an assumption literal per rule and subject. `with_facts`: with every pair of exercise and
    slot, and what makes a pair impossible (equipment, exclusions, stage ...) stated as a rule instead of left out.
    `debts`: which rules may fall short, and by how much they do.
    """
    started = time.perf_counter()
    model = cp_model.CpModel()
    plan = PlanVars(model, problem, explaining=with_facts, every_rule_holds=not explaining and only is None)
    guard = Guard(model, explaining=explaining, only=only, debts=debts)
    for rule in RULES:
        if only is None or rule.id in _ALWAYS or any(name.rule == rule.id for name in only):
            rule.post(plan, guard)
    return BuiltModel(problem, model, plan, guard, time.perf_counter() - started)


@dataclass(frozen=True)
class TierSpec:
    """A tier of the objective: what it is called, which way is better and in what it is counted."""

    tier: int
    name: str
    sense: Literal["min", "max"]
    unit: str


MINIMA = TierSpec(1, "minima", "min", "weighted eighth sets below the minima")
TARGETS = TierSpec(2, "targets", "min", "weighted eighth sets below the targets")
QUALITY = TierSpec(3, "quality", "max", "points")
TIERS = (MINIMA, TARGETS, QUALITY)


class Objective:
    """The tiers on the variables of one model, stated when first asked for."""

    def __init__(self, plan: PlanVars) -> None:
        self._plan = plan

    @cached_property
    def _shortfall(self) -> Shortfall:
        return Shortfall(self._plan)

    @cached_property
    def minima(self) -> Expression:
        return self._shortfall.minima()

    @cached_property
    def targets(self) -> Expression:
        return self._shortfall.targets()

    @cached_property
    def most_points(self) -> int:
        """Points of a week that had everything and cost nothing: no plan has more, and the scale of tier 3's gap."""
        quality = self.quality
        model = self._plan.model.clone()
        model.maximize(quality)
        proto = model.proto
        most = 0
        for index, coefficient in zip(proto.objective.vars, proto.objective.coeffs, strict=True):
            domain = proto.variables[index].domain
            # A maximised objective is stored negated.
            most += max(-coefficient * domain[0], -coefficient * domain[len(domain) - 1])
        return most + round(-proto.objective.offset)

    @cached_property
    def quality(self) -> Expression:
        return cp_model.LinearExpr.sum([term.express(self._plan) for term in quality_terms(self._plan.problem)])


def measured(problem: Problem, plan: Plan, spec: TierSpec) -> dict[str, int]:
    """The terms of a tier on a finished plan, by its own arithmetic: per muscle, or per quality term."""
    if spec is MINIMA:
        return minima_value(problem, plan)
    if spec is TARGETS:
        return targets_value(problem, plan)
    return {term.name: term.measure(problem, plan) for term in quality_terms(problem)}
