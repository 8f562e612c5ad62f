"""A recording read again, and every solver on one week that each of them proves within a second."""

from __future__ import annotations

import pytest
from ortools.sat.python import cp_model

from solver.model import QUALITY, TARGETS, BuiltModel, Objective, build_model
from tests.bench.agreement import contradictions, equal_optima
from tests.bench.child import PEERS, solve
from tests.bench.names import SOLVERS
from tests.bench.results import Facts, Run
from tests.bench.solvers.hindsight import states_of
from tests.bench.solvers.recording import Event, Recording
from tests.bench.suite import Instance
from tests.bench.trajectory import State

SECONDS = 120.0
"""A limit that no test comes near."""


def instance(minutes: int) -> Instance:
    """One session of a beginner without any equipment."""
    body = {
        "athlete": {"experience": "beginner"},
        "places": [{"id": "room", "equipment": "bodyweight"}],
        "week": {"slots": [{"id": "mon", "day": "monday", "minutes": minutes}]},
    }
    return Instance(f"one_{minutes}", "easy", body)


@pytest.fixture(scope="module")
def week() -> tuple[BuiltModel, tuple[int, ...]]:
    """A model and some plan of it: a value for every variable. Its tiers are (130, 781, points), as all prove below."""
    built = build_model(instance(60).problem)
    objective = Objective(built.plan)
    built.model.minimize(1000 * objective.minima + objective.targets)
    solver = cp_model.CpSolver()
    assert solver.solve(built.model) == cp_model.OPTIMAL
    return built, tuple(solver.response_proto.solution)


def read(built: BuiltModel, *events: Event) -> tuple[list[State], list[str]]:
    recording = Recording(events=list(events))
    return states_of(built, recording), recording.faults


def test_a_plan_that_was_handed_over_is_measured_in_all_tiers(week: tuple[BuiltModel, tuple[int, ...]]) -> None:
    built, assignment = week
    states, faults = read(built, Event(1.0, 0, None, 99.2), Event(2.0, 0, 130.0, 130.0, assignment))
    assert faults == []
    assert states[0].tiers == ((None, 100), (None, 0), (None, None))
    assert states[1].tiers[:2] == ((130, 130), (781, 0))
    assert states[1].tiers[2][0] is not None


def test_of_a_plan_in_a_log_only_its_own_tier_is_known_until_it_is_handed_over(
    week: tuple[BuiltModel, tuple[int, ...]],
) -> None:
    built, assignment = week
    states, faults = read(built, Event(1.0, 0, 130.0, 120.0), Event(2.0, 0, 130.0, 130.0, assignment))
    assert faults == []
    assert states[0].tiers == ((130, 120), (None, 0), (None, None))
    assert states[1].tiers[1] == (781, 0)


def test_events_count_in_the_order_of_their_time_and_worse_news_changes_nothing(
    week: tuple[BuiltModel, tuple[int, ...]],
) -> None:
    built, _ = week
    states, faults = read(built, Event(3.0, 0, 150.0, 90.0), Event(1.0, 0, 140.0, 100.0))
    assert faults == []
    assert [(state.seconds, state.tiers[0]) for state in states] == [(1.0, (140, 100))]


def test_floating_point_bounds_round_towards_the_plan(week: tuple[BuiltModel, tuple[int, ...]]) -> None:
    built, _ = week
    states, _ = read(built, Event(1.0, 1, None, 780.0000001), Event(2.0, 1, None, 780.2), Event(3.0, 2, None, -65.1))
    assert [state.tiers[1][1] for state in states] == [780, 781, 781]
    assert states[-1].tiers[2] == (None, -66)


def test_a_plan_that_is_worth_less_than_its_solver_says_is_a_fault(week: tuple[BuiltModel, tuple[int, ...]]) -> None:
    built, assignment = week
    _, faults = read(built, Event(1.0, 0, 129.0, 100.0, assignment))
    assert any("tier 1 of a plan is 130, but the solver says 129" in fault for fault in faults)
    # The other way about: a shortfall's variable may be larger than it has to be.
    assert read(built, Event(1.0, 0, 131.0, 100.0, assignment))[1] == []


def test_a_plan_that_breaks_a_rule_is_a_fault(week: tuple[BuiltModel, tuple[int, ...]]) -> None:
    built, assignment = week
    emptied = [0 if built.model.proto.variables[index].domain[0] == 0 else v for index, v in enumerate(assignment)]
    _, faults = read(built, Event(1.0, 0, 10_000.0, 100.0, tuple(emptied)))
    assert any("the verifier rejects a plan" in fault for fault in faults)


def test_a_plan_beyond_its_bound_is_a_fault(week: tuple[BuiltModel, tuple[int, ...]]) -> None:
    built, _ = week
    for spec, value, bound in ((TARGETS, 700.0, 701.0), (QUALITY, 20.0, 19.0)):
        _, faults = read(built, Event(1.0, spec.tier - 1, value, bound))
        assert len(faults) == 1, faults


@pytest.fixture(scope="module")
def runs() -> list[Run]:
    """Every solver on the week of one hour."""
    facts = Facts("easy", 187, 1, 1, 60, 50)
    found = []
    for solver in SOLVERS:
        content = solve(instance(60), solver, SECONDS, 2)
        states = tuple(State.from_json(state) for state in content.pop("states"))
        faults = tuple(content.pop("faults"))
        found.append(Run("one_60", solver, SECONDS, 2, "-", facts=facts, states=states, faults=faults, **content))
    return found


def test_all_solvers_prove_the_same_optimum(runs: list[Run]) -> None:
    assert {run.solver: run.faults for run in runs} == dict.fromkeys(SOLVERS, ())
    assert len({run.states[-1].tiers for run in runs}) == 1
    assert contradictions(runs) == []
    pairs = len(runs) * (len(runs) - 1) // 2
    assert equal_optima(runs) == 3 * pairs


def test_every_run_tells_its_size_and_times(runs: list[Run]) -> None:
    for run in runs:
        assert 0 < run.build_seconds < run.states[-1].seconds <= run.seconds < SECONDS
        assert run.variables > 100
        assert run.constraints > 100
        assert run.verify_seconds > 0


@pytest.mark.parametrize("solver", PEERS)
def test_a_week_that_cannot_be_is_told_of(solver: str) -> None:
    content = solve(instance(30), solver, SECONDS, 2)
    assert content["faults"] == ["tier 1 is said to have no plan"]
