from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from solver.domain.pricing import PricedEntry
from solver.domain.pricing import session_seconds as priced_seconds
from solver.timing import session_seconds
from solver.variables import PlanVars
from tests.solver.rule_lab import THREE_DAYS, Week, exercise, fix, problem, settings, solved

if TYPE_CHECKING:
    from solver.domain.problem import Problem

EXERCISES = st.lists(
    st.fixed_dictionaries(
        {
            "pattern": st.sampled_from(["legs", "push", "pull"]),
            "seconds_per_set": st.integers(5, 120),
            "rest_seconds": st.integers(0, 240),
            "setup_seconds": st.integers(0, 120),
            "warmup_seconds": st.sampled_from([0, 0, 60, 180, 300]),
        }
    ),
    min_size=1,
    max_size=6,
)
SETS = st.lists(st.integers(0, 6), min_size=6, max_size=6)


def _seconds_in_model(world: Problem, wanted: Week) -> dict[str, int]:
    """Each slot's seconds, once the model is asked for the least."""
    model = cp_model.CpModel()
    plan = PlanVars(model, world)
    fix(plan, wanted)
    prices = [session_seconds(plan, s) for s in world.slots]
    model.minimize(cp_model.LinearExpr.sum(prices))
    solver = solved(model)
    assert solver is not None
    return {s.id: int(solver.value(price)) for s, price in zip(world.slots, prices, strict=True)}


def _seconds_by_price_list(world: Problem, wanted: Week) -> dict[str, int]:
    rules = world.rules
    entries = {
        s.id: [PricedEntry(world.exercise_by_id[name], sets) for name, sets in wanted.get(s.id, {}).items()]
        for s in world.slots
    }
    rates = {"warmup_seconds": rules.warmup_seconds, "changeover_seconds": rules.changeover_seconds}
    return {slot_id: priced_seconds(found, **rates) for slot_id, found in entries.items()}


@hypothesis_settings(derandomize=True, deadline=None, max_examples=120)
@given(
    facts=EXERCISES,
    days=st.lists(SETS, min_size=3, max_size=3),
    warmup=st.integers(0, 900),
    changeover=st.integers(0, 300),
)
def test_the_model_prices_every_week_like_the_price_list(
    facts: list[dict[str, Any]], days: list[list[int]], warmup: int, changeover: int
) -> None:
    exercises = [exercise(f"work_{k}", **fact) for k, fact in enumerate(facts)]
    world = problem(*exercises, rules=settings(warmup_seconds=warmup, changeover_seconds=changeover))
    wanted = {
        s.id: {e.id: sets for e, sets in zip(exercises, day, strict=False) if sets}
        for s, day in zip(THREE_DAYS, days, strict=True)
    }
    assert _seconds_in_model(world, wanted) == _seconds_by_price_list(world, wanted)


SQUAT = {"pattern": "legs", "seconds_per_set": 40, "rest_seconds": 120, "setup_seconds": 60, "warmup_seconds": 180}
LUNGE = {"pattern": "legs", "seconds_per_set": 60, "rest_seconds": 90, "setup_seconds": 10, "warmup_seconds": 120}


@pytest.mark.parametrize(
    ("wanted", "seconds"),
    [
        ({}, 0),
        ({"squat": 1}, 300 + 60 + 40 + 180),
        ({"squat": 3}, 300 + 60 + 3 * 40 + 2 * 120 + 180),
        # the ramp-up of the legs once, at the squat's price; one changeover
        ({"squat": 2, "lunge": 2}, 300 + (60 + 80 + 120) + (10 + 120 + 90) + 180 + 60),
        ({"lunge": 2}, 300 + (10 + 120 + 90) + 120),
    ],
)
def test_hand_counted_sessions(wanted: dict[str, int], seconds: int) -> None:
    world = problem(exercise("squat", **SQUAT), exercise("lunge", **LUNGE))
    expected = {"mon": seconds, "wed": 0, "fri": 0}
    assert _seconds_in_model(world, {"mon": wanted}) == expected
    assert _seconds_by_price_list(world, {"mon": wanted}) == expected
