"""The search proves what the plain model proves, and its relaxation is a true bound."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from ortools.math_opt.python import mathopt
from ortools.sat.python import cp_model

from catalog.catalog import default_catalog
from service.plans.mapping import to_problem
from service.plans.schemas import PlanRequest
from solver.domain.outcome import Infeasible, Solved
from solver.domain.problem import SolveBudget
from solver.model import Objective, build_model
from solver.pipeline import optimise
from solver.search.relaxation import export, relax

if TYPE_CHECKING:
    from solver.domain.problem import Problem

SECONDS = 60.0


def week(preset: str, minutes: int, *days: str, experience: str = "beginner") -> Problem:
    slots = [{"id": day, "day": day, "start": "18:00", "minutes": minutes, "place": "room"} for day in days]
    request = {
        "athlete": {"experience": experience},
        "places": [{"id": "room", "equipment": preset}],
        "week": {"slots": slots},
    }
    return to_problem(PlanRequest.model_validate(request), default_catalog())


SMALL = {
    "bodyweight, once": week("bodyweight", 60, "monday"),
    "bodyweight, twice": week("bodyweight", 45, "monday", "thursday"),
    "bands, once": week("bands_only", 60, "monday"),
}


def plain(problem: Problem) -> cp_model.CpModel:
    """The plain model with tiers 1 and 2 as one sum to minimise."""
    built = build_model(problem)
    objective = Objective(built.plan)
    built.model.minimize(1000 * objective.minima + objective.targets)
    return built.model


def optimum(model: cp_model.CpModel) -> float:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = SECONDS
    assert solver.solve(model) == cp_model.OPTIMAL
    return solver.objective_value


@pytest.mark.parametrize("problem", SMALL.values(), ids=SMALL)
def test_the_exported_model_has_the_same_optimum_elsewhere(problem: Problem) -> None:
    model = plain(problem)
    elsewhere = mathopt.solve(
        mathopt.Model.from_model_proto(export(model, integers=True)),
        mathopt.SolverType.GSCIP,
        params=mathopt.SolveParameters(time_limit=timedelta(seconds=SECONDS)),
    )
    assert elsewhere.termination.reason == mathopt.TerminationReason.OPTIMAL
    assert round(elsewhere.objective_value()) == optimum(model)


@pytest.mark.parametrize("problem", SMALL.values(), ids=SMALL)
def test_the_relaxation_bounds_the_optimum(problem: Problem) -> None:
    model = plain(problem)
    relaxation = relax(model, SECONDS)
    assert relaxation is not None
    # Muscles that nothing in the room trains stay short in the relaxation too.
    assert 0 < relaxation.objective <= optimum(model) + 1e-6


def test_a_model_without_a_plan_has_no_relaxation() -> None:
    model = plain(week("full_gym", 20, "monday"))
    assert relax(model, SECONDS) is None


@pytest.mark.parametrize("problem", SMALL.values(), ids=SMALL)
def test_the_search_proves_the_plain_models_optimum(problem: Problem) -> None:
    outcome = optimise(problem, SolveBudget(time_limit_seconds=SECONDS, deterministic_seconds=6.0))
    assert isinstance(outcome, Solved)
    minima, targets, _ = outcome.tiers
    assert minima.proven
    assert targets.proven
    assert 1000 * minima.value + targets.value == optimum(plain(problem))


def test_what_cannot_be_is_said_by_search_and_plain_model_alike() -> None:
    problem = week("full_gym", 20, "monday")
    outcome = optimise(problem, SolveBudget(time_limit_seconds=SECONDS, deterministic_seconds=20.0))
    assert isinstance(outcome, Infeasible)
    solver = cp_model.CpSolver()
    solver.parameters.cp_model_presolve = False
    assert solver.solve(build_model(problem).model) == cp_model.INFEASIBLE


def test_the_largest_request_gets_a_plan_within_its_limit() -> None:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    slots = [
        {"id": f"{day}_{hour}", "day": day, "start": f"{hour}:00", "minutes": 240}
        for day in days
        for hour in (10, 14, 19)
    ]
    request = {"week": {"slots": slots}, "rules": {"structure.sessions": {"per_day": 3}}}
    problem = to_problem(PlanRequest.model_validate(request), default_catalog())
    outcome = optimise(problem, SolveBudget(time_limit_seconds=SECONDS, deterministic_seconds=3.0))
    assert isinstance(outcome, Solved)
    assert len(outcome.plan.sessions) == problem.rules.sessions_min == 6


def test_a_bound_holds_only_while_earlier_tiers_stay_as_good() -> None:
    """Proven tier by tier with a fresh model, no bound is ever beaten by a plan of the same problem."""
    problem = SMALL["bodyweight, twice"]
    budgets = [
        SolveBudget(time_limit_seconds=SECONDS, deterministic_seconds=d, seed=s) for d in (0.3, 2.0) for s in (1, 2)
    ]
    outcomes = [outcome for outcome in (optimise(problem, budget) for budget in budgets) if isinstance(outcome, Solved)]
    assert len(outcomes) == len(budgets)
    best = min((o.tiers[0].value, o.tiers[1].value, -o.tiers[2].value) for o in outcomes)
    for outcome in outcomes:
        minima, targets, quality = outcome.tiers
        assert minima.bound is not None
        assert targets.bound is not None
        assert quality.bound is not None
        assert minima.bound <= best[0]
        if minima.value == best[0]:
            assert targets.bound <= best[1]
        if (minima.value, targets.value) == best[:2]:
            assert quality.bound >= -best[2]
