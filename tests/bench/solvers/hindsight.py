"""The states that a recording amounts to, worked out once the run is over, so that the run's time is all the solver's.

Every plan that a solver handed over is measured by the objective's own arithmetic and checked by the verifier.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from solver.extract import extract_plan
from solver.model import TIERS, BuiltModel, TierSpec, measured
from solver.verifier import verify
from tests.bench.trajectory import State, TierState

if TYPE_CHECKING:
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem
    from tests.bench.solvers.recording import Event, Recording

WHOLE_MARGIN = 1e-3
"""Every value is a whole number; a floating-point bound may be wrong by this much."""
UNKNOWN: tuple[TierState, ...] = ((None, 0), (None, 0), (None, None))
"""Before anything was found: shortfalls are never below 0, points have no such bound."""


def states_of(built: BuiltModel, recording: Recording) -> list[State]:
    """The plan at hand and what is proven, at every moment at which either changed. Faults go to the recording's.

    A plan counts from when it is known until a better one is, whichever tier is being searched. Of a plan that was not
    handed over (logs tell its value only), later tiers are unknown until it is.
    """
    tiers, states = list(UNKNOWN), list[State]()
    for event in sorted(recording.events, key=lambda event: event.seconds):
        spec = TIERS[event.tier]
        _take_plan(tiers, event, _measured(built, event, recording))
        value, bound = tiers[event.tier]
        tiers[event.tier] = (value, _tighter(spec, bound, event.bound))
        _check_order(spec, tiers[event.tier], recording)
        if not states or states[-1].tiers != tuple(tiers):
            states.append(State(event.seconds, tuple(tiers)))
    return states


def check(problem: Problem, plan: Plan, recording: Recording) -> None:
    """The verifier's opinion of a plan: a violation is a fault."""
    started = time.perf_counter()
    violations = verify(problem, plan)
    recording.verify_seconds = max(recording.verify_seconds, time.perf_counter() - started)
    recording.faults += [f"the verifier rejects a plan: {v.rule} [{v.subject}]: {v.statement}" for v in violations[:1]]


def whole_bound(spec: TierSpec, bound: float) -> int:
    """A fraction rounds towards the plan."""
    return math.ceil(bound - WHOLE_MARGIN) if spec.sense == "min" else math.floor(bound + WHOLE_MARGIN)


def _take_plan(tiers: list[TierState], event: Event, values: list[int]) -> None:
    """Let the event's plan be the one at hand when it is better in its tier, or the same and measured at last."""
    if event.value is None:
        return
    now = values[event.tier] if values else round(event.value)
    known = tiers[event.tier][0]
    later = range(event.tier + 1, len(tiers))
    better = known is None or _rank(TIERS[event.tier], now) < _rank(TIERS[event.tier], known)
    measured_at_last = bool(values) and now == known and any(tiers[number][0] is None for number in later)
    if better or measured_at_last:
        for number in (event.tier, *later):
            value = now if number == event.tier else values[number] if values else None
            tiers[number] = (value, tiers[number][1])


def _measured(built: BuiltModel, event: Event, recording: Recording) -> list[int]:
    """Every tier of the plan that an assignment stands for, by the objective's own arithmetic; nothing without one.

    A solver may count a plan as worse than it is, while a shortfall's variable is larger than it has to be; never as
    better.
    """
    if not event.assignment or event.value is None:
        return []
    plan = extract_plan(built.plan, lambda variable: event.assignment[variable.index])
    check(built.problem, plan, recording)
    values = [sum(measured(built.problem, plan, spec).values()) for spec in TIERS]
    spec, told = TIERS[event.tier], round(event.value)
    if _rank(spec, told) < _rank(spec, values[event.tier]):
        recording.faults.append(f"tier {spec.tier} of a plan is {values[event.tier]}, but the solver says {told}")
    return values


def _tighter(spec: TierSpec, known: int | None, told: float | None) -> int | None:
    if told is None:
        return known
    whole = whole_bound(spec, told)
    if known is None:
        return whole
    return max(known, whole) if spec.sense == "min" else min(known, whole)


def _rank(spec: TierSpec, value: int) -> int:
    """Smaller is better."""
    return value if spec.sense == "min" else -value


def _check_order(spec: TierSpec, tier: TierState, recording: Recording) -> None:
    value, bound = tier
    if value is not None and bound is not None and _rank(spec, value) < _rank(spec, bound):
        recording.faults.append(f"tier {spec.tier}: the value {value} is better than the proven bound {bound}")
