"""The week that someone follows, read and measured, and the answer that a repair makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from solver.domain.change import WeekEntry, difference, distance, entries_of, merged, undone
from solver.domain.outcome import InvalidPlanError
from solver.model import MINIMA, TARGETS, measured
from solver.objective.score import score_of
from solver.repair.outcome import Repaired
from solver.repair.reasons import reasoned
from solver.repair.weeks import as_written, in_training_order, keeping_order
from solver.verifier import certify, verify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.domain.outcome import CertificateLine, SolveStats
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem


@dataclass(frozen=True)
class StandingWeek:
    """What is followed, of exercises that the problem knows, and what was set aside."""

    problem: Problem
    entries: tuple[WeekEntry, ...]
    set_aside: tuple[WeekEntry, ...]

    @classmethod
    def of(cls, problem: Problem, followed: Iterable[WeekEntry]) -> StandingWeek:
        """Read a week in any order. Raises ValueError for a slot that is not offered and for sets below 1."""
        known: list[WeekEntry] = []
        unknown: list[WeekEntry] = []
        for entry in followed:
            if entry.slot not in problem.slot_by_id:
                offered = ", ".join(problem.slot_by_id)
                raise ValueError(f"the week has an entry in slot '{entry.slot}'; the slots are {offered}")
            if entry.sets < 1:
                raise ValueError(f"{entry.exercise} in '{entry.slot}' has {entry.sets} sets; an entry has at least 1")
            (known if entry.exercise in problem.exercise_by_id else unknown).append(entry)
        return cls(problem, merged(known), tuple(unknown))

    @cached_property
    def plan(self) -> Plan:
        """The week as it is written."""
        return as_written(self.problem, self.entries)

    @cached_property
    def certificate(self) -> tuple[CertificateLine, ...]:
        return certify(self.problem, self.plan)

    def compliant(self) -> Plan | None:
        """The week itself, put in order where the rules ask for that; None when it breaks any other rule."""
        if not any(line.violations for line in self.certificate):
            return self.plan
        ordered = in_training_order(self.problem, self.entries)
        if verify(self.problem, ordered):
            return None
        return keeping_order(self.problem, ordered, self.entries)

    def repaired(self, plan: Plan, bound: int, stats: SolveStats) -> Repaired:
        """The answer with this week. Raises InvalidPlanError when the verifier rejects it."""
        certificate = certify(self.problem, plan)
        violations = tuple(v for line in certificate for v in line.violations)
        if violations:
            raise InvalidPlanError(violations)
        changes = difference(self.problem, self.entries, entries_of(plan))
        return Repaired(
            plan=plan,
            distance=distance(changes),
            bound=bound,
            changes=reasoned(self.problem, self.entries, self.certificate, plan, changes),
            set_aside=self.set_aside,
            score_before=self.score(self.plan),
            score_after=self.score(plan),
            certificate=certificate,
            certificate_before=self.certificate,
            stats=stats,
        )

    def score(self, plan: Plan) -> float:
        """The ordinary score of a week of this problem."""
        minima, targets = (sum(measured(self.problem, plan, spec).values()) for spec in (MINIMA, TARGETS))
        return score_of(self.problem, minima, targets)


def without_needless(standing: StandingWeek, plan: Plan) -> Plan:
    """The plan without changes that no rule needs; a plan that is proven nearest has none."""
    problem = standing.problem
    changes = difference(problem, standing.entries, entries_of(plan))
    for change in changes:
        if change.kind in ("drop", "close") and change.slot in problem.done:
            continue  # history is not undone
        nearer = in_training_order(problem, undone(change, entries_of(plan), changes))
        if change.weight and not verify(problem, nearer):
            return without_needless(standing, nearer)
    return plan
