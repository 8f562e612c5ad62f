"""Searches under conditions, begun from a week: they find what a list of weeks says, or that there is none."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest

from solver.conditions import (
    entries_shared_at_most,
    seconds_at_most,
    sessions_at_most,
    tier_at_least_as_good,
)
from solver.domain.outcome import NoneWithin, Solved
from solver.domain.plan import Entry, Plan, Session
from solver.domain.pricing import PricedEntry, session_seconds
from solver.domain.problem import SolveBudget
from solver.model import MINIMA, QUALITY, TARGETS
from solver.pipeline import optimise, optimise_within
from tests.golden.asking import budget, problem_of
from tests.solver.tiny import tiers_of, tiny_problem, valid_weeks

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.conditions import Condition
    from solver.domain.problem import Problem

BUDGET = SolveBudget(time_limit_seconds=600, workers=2, seed=1, deterministic_seconds=5)


def _seconds(problem: Problem, plan: Plan) -> int:
    rules, of = problem.rules, problem.exercise_by_id
    return sum(
        session_seconds(
            [PricedEntry(of[e.exercise], e.sets) for e in session.entries],
            warmup_seconds=rules.warmup_seconds,
            changeover_seconds=rules.changeover_seconds,
        )
        for session in plan.sessions
    )


def _places(plan: Plan) -> set[tuple[str, str]]:
    return {(session.slot, entry.exercise) for session in plan.sessions for entry in session.entries}


def _asked(problem: Problem, best: Plan) -> dict[str, tuple[Condition, Callable[[Plan], bool]]]:
    """Conditions that the best week fails, each with the same in plain words."""
    seconds, sessions, shared = _seconds(problem, best) - 1, len(best.sessions) - 1, len(_places(best)) - 1
    points = tiers_of(problem, best)[2] + 1
    return {
        "seconds": (seconds_at_most(seconds), lambda week: _seconds(problem, week) <= seconds),
        "sessions": (sessions_at_most(sessions), lambda week: len(week.sessions) <= sessions),
        "shared": (entries_shared_at_most(best, shared), lambda week: len(_places(week) & _places(best)) <= shared),
        "points": (tier_at_least_as_good(QUALITY, points), lambda week: tiers_of(problem, week)[2] >= points),
    }


INSTANCES = 0, 8, 16, 17, 25, 30, 31, 34
"""With 4 to 224 valid weeks each."""


@cache
def _weeks(seed: int) -> list[tuple[tuple[int, int, int], Plan]]:
    return list(valid_weeks(tiny_problem(seed)))


@pytest.mark.parametrize("seed", INSTANCES)
def test_the_best_week_under_a_condition_is_the_best_of_the_list_that_meets_it(seed: int) -> None:
    problem, weeks = tiny_problem(seed), _weeks(seed)
    best = weeks[0][1]
    for name, (condition, holds) in _asked(problem, best).items():
        expected = next((tiers for tiers, week in weeks if holds(week)), None)
        outcome = optimise_within(problem, BUDGET, start=best, conditions=[condition])
        if expected is None:
            assert isinstance(outcome, NoneWithin), name
            continue
        assert isinstance(outcome, Solved), name
        assert holds(outcome.plan), name
        assert tuple(tier.value for tier in outcome.tiers) == expected, name
        assert all(tier.proven for tier in outcome.tiers), name


def test_conditions_are_met_and_missed_among_the_instances() -> None:
    met = [
        any(holds(week) for _, week in _weeks(seed))
        for seed in INSTANCES
        for _, holds in _asked(tiny_problem(seed), _weeks(seed)[0][1]).values()
    ]
    assert any(met)
    assert not all(met)


BANDS = {
    "places": [{"id": "home", "equipment": "bands_only"}],
    "week": {
        "slots": [
            {"id": "mon", "day": "monday", "start": "18:00", "minutes": 40},
            {"id": "thu", "day": "thursday", "start": "18:00", "minutes": 40},
        ]
    },
}


def test_a_search_begun_from_a_week_has_it_at_once_and_never_ends_below_it() -> None:
    problem = problem_of(BANDS)
    first = optimise(problem, budget(0.8))
    assert isinstance(first, Solved)
    again = optimise_within(problem, budget(0.2), start=first.plan)
    assert isinstance(again, Solved)
    reached, before = tiers_of(problem, again.plan), tiers_of(problem, first.plan)
    assert (reached[0], reached[1], -reached[2]) <= (before[0], before[1], -before[2])


def test_a_start_may_break_rules_and_hold_what_nobody_knows() -> None:
    problem = problem_of(BANDS)
    nonsense = Plan(
        (Session("mon", (Entry("no_such_exercise", 3, ("none",)), Entry("band_pull_apart", 40, ("none",)))),)
    )
    outcome = optimise_within(problem, budget(0.5), start=nonsense)
    assert isinstance(outcome, Solved)


def test_a_tier_held_is_not_given_up_for_another() -> None:
    """With shortfalls free to grow, the week with most points is another one; holding them keeps it out."""
    problem = problem_of(BANDS)
    first = optimise(problem, budget(0.5))
    assert isinstance(first, Solved)
    minima, targets, _ = tiers_of(problem, first.plan)
    within = [tier_at_least_as_good(MINIMA, minima + 2), tier_at_least_as_good(TARGETS, targets + 20)]
    apart = entries_shared_at_most(first.plan, len(_places(first.plan)) - 1)
    other = optimise_within(problem, budget(1.0), start=first.plan, conditions=[*within, apart])
    assert isinstance(other, Solved)
    reached = tiers_of(problem, other.plan)
    assert reached[0] <= minima + 2
    assert reached[1] <= targets + 20
    assert not _places(other.plan) >= _places(first.plan)
