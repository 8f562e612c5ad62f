"""A plan held against the baseline: differences, changes and one sentence about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.comparisons.comparability import same_goals, same_question
from service.comparisons.figures import fatigue_of
from service.comparisons.rows import muscle_name
from service.comparisons.schemas.response import (
    AgainstResponse,
    ComparedEntryResponse,
    DifferenceResponse,
    MuscleChangeResponse,
    PairedSlotResponse,
)
from service.comparisons.wording import costs_and_gains
from solver.compare import difference_between
from solver.domain.change_wording import change_in_words
from solver.domain.metrics import total_sets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catalog.catalog import Catalog
    from service.comparisons.compared import Compared
    from solver.compare import Difference
    from solver.domain.change import Change, WeekEntry
    from solver.domain.problem import Problem

_PLACES = 4
"""Decimals of a score."""


def against(baseline: Compared, plan: Compared, catalog: Catalog) -> AgainstResponse:
    """What sets a plan apart from the baseline."""
    changed = {
        muscle: plan.volume[muscle].stimulus - old.stimulus
        for muscle, old in baseline.volume.items()
        if muscle in plan.volume
    }
    told = _difference(baseline, plan)
    fatigue = (fatigue_of(plan), fatigue_of(baseline))
    found = AgainstResponse(
        statement="",
        score=round(plan.score.value - baseline.score.value, _PLACES) if same_goals((baseline, plan)) else None,
        score_inside_gaps=_inside_gaps(baseline, plan),
        seconds=plan.seconds - baseline.seconds,
        sessions=len(plan.sessions) - len(baseline.sessions),
        sets=total_sets(plan.plan) - total_sets(baseline.plan),
        fatigue=None if None in fatigue else (fatigue[0] or 0) - (fatigue[1] or 0),
        gained=_muscles({muscle: sets for muscle, sets in changed.items() if sets > 0}, catalog),
        lost=_muscles({muscle: -sets for muscle, sets in changed.items() if sets < 0}, catalog),
        distance=None if told is None else told.distance,
        changes=None if told is None else [_change(told.problem, change) for change in told.changes],
        paired_slots=[] if told is None else _paired(told),
    )
    return found.model_copy(update={"statement": costs_and_gains(baseline, plan, found)})


def _inside_gaps(baseline: Compared, plan: Compared) -> bool | None:
    """Whether the plan that scores less may, for all that is proven, reach the other's score."""
    if not same_goals((baseline, plan)):
        return None
    if same_question((baseline, plan)):
        return False
    less, more = sorted((baseline.score, plan.score), key=lambda score: score.value)
    if less.value == more.value:
        return max(less.bound, more.bound) > more.value
    return less.bound >= more.value


def _muscles(sets: Mapping[str, float], catalog: Catalog) -> list[MuscleChangeResponse]:
    ordered = sorted(sets.items(), key=lambda item: (-item[1], item[0]))
    return [
        MuscleChangeResponse(muscle=muscle, name=muscle_name(muscle, catalog), sets=number)
        for muscle, number in ordered
    ]


def _difference(baseline: Compared, plan: Compared) -> Difference | None:
    if baseline.read is None or plan.read is None:
        return None
    return difference_between(baseline.read, plan.read)


def _paired(told: Difference) -> list[PairedSlotResponse]:
    return [PairedSlotResponse(slot=slot, baseline_slot=of) for slot, of in sorted(told.slots.items())]


def _change(problem: Problem, change: Change) -> DifferenceResponse:
    return DifferenceResponse(
        kind=change.kind,
        slot=change.slot,
        weight=change.weight,
        before=_entry(problem, change.before),
        after=_entry(problem, change.after),
        statement=change_in_words(problem, change),
    )


def _entry(problem: Problem, entry: WeekEntry | None) -> ComparedEntryResponse | None:
    if entry is None:
        return None
    name = problem.exercise_by_id[entry.exercise].name
    return ComparedEntryResponse(slot=entry.slot, exercise=entry.exercise, name=name, sets=entry.sets)
