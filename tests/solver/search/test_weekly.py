"""Totals take no plan away, and the week without its days bounds the week."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from ortools.sat.python import cp_model

from solver.domain.problem import PinnedEntry
from solver.model import Objective, build_model
from solver.search.weekly import add_totals
from tests.solver.rule_lab import FLOOR, GYM, THREE_DAYS, problem
from tests.solver.tiny import tiny_problem

if TYPE_CHECKING:
    from solver.domain.problem import Problem, Slot

SEEDS = range(24)


def solved(model: cp_model.CpModel) -> tuple[int | None, tuple[int, ...]]:
    """The best value of the objective, None when there is no solution, and the variables that have it."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 20
    status = solver.solve(model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    if status == cp_model.INFEASIBLE:
        return None, ()
    return round(solver.objective_value), tuple(solver.response_proto.solution)


def optimum(model: cp_model.CpModel) -> int | None:
    """The best value of the objective; None when there is no solution."""
    return solved(model)[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_totals_keep_the_optimum_and_alone_they_bound_it(seed: int) -> None:
    built = build_model(tiny_problem(seed))
    objective = Objective(built.plan)
    built.model.maximize(objective.quality - 1000 * objective.targets - 1_000_000 * objective.minima)
    plain = optimum(built.model)
    linked = built.model.clone()
    totals = add_totals(linked, built.problem)
    assert optimum(linked) == plain
    dayless, _ = totals.alone(linked)
    bound = optimum(dayless)
    if plain is not None:
        assert bound is not None
        assert bound >= plain


@pytest.mark.parametrize(("seed", "exercise"), [(2, "bench"), (11, "calf_raise"), (17, "leg_curl")])
def test_a_pin_below_the_range_of_sets_has_a_total_of_its_own(seed: int, exercise: str) -> None:
    free = tiny_problem(seed)
    pinned = replace(free, pinned_entries=(PinnedEntry(free.slots[0].id, exercise, 1),))
    built = build_model(pinned)
    built.model.maximize(built.objective.quality)
    plain = optimum(built.model)
    linked = built.model.clone()
    dayless, _ = add_totals(linked, pinned).alone(linked)
    bound = optimum(dayless)
    assert plain is not None
    assert bound is not None
    assert bound >= plain


@pytest.mark.parametrize("weight", [3, -3])
def test_an_objective_that_prefers_one_of_a_places_slots_is_bounded_all_the_same(weight: int) -> None:
    built = build_model(tiny_problem(2))
    assert len(built.problem.slots) > 1
    first = built.plan.of(lambda e: not e.is_drill, built.problem.slots[0])
    built.model.maximize(weight * cp_model.LinearExpr.sum([choice.present for choice in first]))
    best = optimum(built.model)
    linked = built.model.clone()
    dayless, _ = add_totals(linked, built.problem).alone(linked)
    bound = optimum(dayless)
    assert best is not None
    assert bound is not None
    assert bound >= best


def test_the_seeds_have_weeks_that_totals_alone_cannot_tell_apart() -> None:
    """Otherwise the test above would hold for a model that lost nothing."""
    several = [seed for seed in SEEDS if add_totals_of(tiny_problem(seed)) > 0]
    assert len(several) >= 5


def add_totals_of(question: Problem) -> int:
    built = build_model(question)
    return len(set(add_totals(built.model, question).total_of.values()))


def _named(*slots: Slot) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    return model, [model.new_bool_var(f"row@{slot.id}") for slot in slots]


def test_rows_that_say_the_same_of_each_slot_are_added_up() -> None:
    question = problem(slots=THREE_DAYS)
    model, rows = _named(*question.slots)
    lift = [model.new_bool_var(f"lift@{slot.id}") for slot in question.slots]
    for a, b in zip(rows, lift, strict=True):
        model.add(2 * a + b <= 2)
    model.add(cp_model.LinearExpr.sum(rows) + cp_model.LinearExpr.sum(lift) <= 4)
    model.maximize(3 * cp_model.LinearExpr.sum(rows) + 2 * cp_model.LinearExpr.sum(lift))
    totals = add_totals(model, question)
    dayless, index_of = totals.alone(model)
    assert len(index_of) == 2
    # 2 R + L <= 6 and R + L <= 4: two rows and two lifts are 10, three rows alone 9, one row and three lifts 9.
    assert optimum(dayless) == 10
    # Slot by slot a row leaves no room for its lift: one row and two lifts, or three rows, come to 9 at most.
    assert optimum(model) == 9


def test_places_have_totals_of_their_own() -> None:
    question = problem(slots=THREE_DAYS)
    first, *others = question.slots
    split = replace(question, slots=(replace(first, place=FLOOR), *(replace(slot, place=GYM) for slot in others)))
    model, rows = _named(*split.slots)
    totals = add_totals(model, split)
    assert rows[0].index not in totals.total_of
    assert totals.total_of[rows[1].index] == totals.total_of[rows[2].index]
