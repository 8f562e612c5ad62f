"""Which entries count for the rules against the six mistakes, and for how much."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from catalog.schema import QUARTERS_PER_SET
from solver.audit.findings import Evidence
from solver.domain import kinds
from solver.domain.eligibility import Eligibility

if TYPE_CHECKING:
    from catalog.schema import Exercise
    from solver.audit.followed import FollowedWeek
    from solver.domain.problem import Problem

SUBSTITUTE_UNITS = 2
"""What a set counts that stands in for work nobody can do here (`balance.*`)."""

Amount = Callable[["Exercise", int], Fraction | int]


@dataclass(frozen=True)
class Side:
    """One figure of a rule: the amount that so many sets of an exercise add to it; nothing where it is 0."""

    rule: str
    name: str
    unit: str
    amount: Amount


def evidence(problem: Problem, week: FollowedWeek) -> tuple[Evidence, ...]:
    """Every entry that adds to a figure of a rule against a mistake, in the order of the rules and of the week."""
    by_id = problem.exercise_by_id
    return tuple(
        Evidence(side.rule, session.slot, entry, side.name, Fraction(amount), side.unit)
        for side in _sides(problem)
        for session in week.sessions
        for entry in session.entries
        if (amount := side.amount(by_id[entry.exercise], entry.sets))
    )


def _sides(problem: Problem) -> Iterator[Side]:
    yield Side("mobility.thoracic", "drill", "drills", lambda e, _: 1 if kinds.thoracic_drill(e) else 0)
    yield from _balance(problem)
    rotation = "shoulder.external_rotation"
    yield Side(rotation, "external", "sets", _sets(kinds.external_rotation))
    yield Side(rotation, "internal", "sets", _sets(lambda e: e.shoulder_rotation == "internal"))
    traps = "scapula.lower_trap"
    yield Side(traps, "lower", "weighted sets", _weighted("trapezius_lower"))
    yield Side(traps, "upper", "weighted sets", _weighted("trapezius_upper"))
    yield Side("pull.isometric_hold", "hold", "sets", _sets(kinds.top_hold))
    rows = "row.retraction"
    yield Side(rows, "led", "sets", _sets(kinds.led_row))
    yield Side(rows, "plain", "sets", _sets(lambda e: e.row_type == "plain"))
    ladder = "progression.deadlift"
    yield Side(ladder, "drill", "sets", _sets(lambda e: e.is_hinge_drill))
    stage = problem.athlete.stages.get(kinds.DEADLIFT, 0)
    yield Side(ladder, "current stage", "sets", _sets(lambda e: 0 < stage == kinds.deadlift_stage(e)))
    yield Side(ladder, "other stage", "sets", _sets(lambda e: kinds.deadlift_stage(e) not in (0, stage)))
    yield Side(ladder, "beside the ladder", "sets", _sets(lambda e: e.floor_pull and not kinds.deadlift_stage(e)))


def _balance(problem: Problem) -> Iterator[Side]:
    """Units as the two ratios count them in sets, substitutes included."""
    possible = Eligibility.of(problem).eligible
    no_pull = not possible(kinds.upper_pull)
    no_compound = not possible(lambda e: kinds.posterior(e) and kinds.compound(e))

    def upper_pull(e: Exercise, sets: int) -> int:
        if kinds.upper_pull(e):
            return sets * e.ratio_units
        return sets * SUBSTITUTE_UNITS if no_pull and kinds.scapular_pull(e) else 0

    def posterior(e: Exercise, sets: int) -> int:
        if not kinds.posterior(e):
            return 0
        return sets * (SUBSTITUTE_UNITS if no_compound and not kinds.compound(e) else e.ratio_units)

    yield Side("balance.upper_pull_push", "pull", "units", upper_pull)
    yield Side("balance.upper_pull_push", "push", "units", _units(kinds.upper_push))
    yield Side("balance.lower_pull_push", "posterior", "units", posterior)
    yield Side("balance.lower_pull_push", "quad", "units", _units(kinds.quad_dominant))


def _sets(wanted: Callable[[Exercise], bool]) -> Amount:
    return lambda e, sets: sets if wanted(e) else 0


def _units(wanted: Callable[[Exercise], bool]) -> Amount:
    return lambda e, sets: sets * e.ratio_units if wanted(e) else 0


def _weighted(muscle: str) -> Amount:
    def amount(e: Exercise, sets: int) -> Fraction:
        quarters = e.muscle_quarters.get(muscle, 0) if e.counts_as_hard_set else 0
        return Fraction(sets * quarters, QUARTERS_PER_SET)

    return amount
