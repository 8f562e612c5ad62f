from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from catalog.catalog import default_catalog
from solver.extract import extract_plan
from solver.variables import PlanVars
from solver.verifier import certify, verify
from tests.solver.rule_lab import Bench, athlete, drill, exercise, keeps, lower, problem, rung, slot, week

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from catalog.schema import Exercise
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem

RULE = "structure.order"
STRETCH = drill("stretch")
HINGE_DRILL = drill("hinge_drill", pattern="hip_hinge", is_hinge_drill=True, ladder=rung("deadlift", 1), session_slot=2)
EMPTY_BAR = drill("empty_bar", pattern="hip_hinge", ladder=rung("deadlift", 2), session_slot=2)
JUMP = exercise("jump", session_slot=3)
KNEE = lower("z_knee", "pull", pattern="hip_hinge", ladder=rung("deadlift", 3), session_slot=4, axial_load=3)
BELOW = lower("below", "pull", pattern="hip_hinge", ladder=rung("deadlift", 4), session_slot=4, axial_load=3)
SQUAT = lower("squat", "push", pattern="squat", session_slot=4, axial_load=2, systemic_fatigue=3)
PRESS = exercise("press", session_slot=4, axial_load=2, systemic_fatigue=1)
DIP = exercise("dip", session_slot=5)
CURL = exercise("curl", session_slot=6)
CRUNCH = exercise("crunch", session_slot=7)
CARRY = exercise("carry", session_slot=8)
EVERYTHING = (STRETCH, HINGE_DRILL, EMPTY_BAR, JUMP, KNEE, BELOW, SQUAT, PRESS, DIP, CURL, CRUNCH, CARRY)


def _extracted(question: Problem, present: Mapping[str, Iterable[str]]) -> Plan:
    """The plan read from a week in which these exercises are present in these slots, each with its fewest sets."""
    variables = PlanVars(cp_model.CpModel(), question, explaining=True)
    chosen = {f"{name}@{slot_id}" for slot_id, names in present.items() for name in names}
    return extract_plan(variables, lambda variable: int(variable.name in chosen))


def _order(names: Iterable[str], question: Problem | None = None) -> list[str]:
    plan = _extracted(question or problem(*EVERYTHING), {"mon": names})
    return [entry.exercise for entry in plan.sessions[0].entries]


def test_a_session_runs_from_mobility_to_carries() -> None:
    slots = [STRETCH, HINGE_DRILL, JUMP, PRESS, DIP, CURL, CRUNCH, CARRY]
    assert [e.session_slot for e in slots] == list(range(1, 9))
    assert _order({e.id for e in slots}) == [e.id for e in slots]


def test_any_week_keeps_it_because_the_model_lays_the_order_itself() -> None:
    world = problem(*EVERYTHING, who=athlete(stages={"deadlift": 4}))
    mixed = {e.id: 2 for e in reversed(EVERYTHING)}
    assert keeps(world, week(mon=mixed, fri=mixed), RULE)


def test_another_order_breaks_it() -> None:
    plan = _extracted(problem(*EVERYTHING), {"mon": ["stretch", "press", "carry"]})
    backwards = type(plan)(tuple(type(s)(s.slot, s.entries[::-1]) for s in plan.sessions))
    line = next(line for line in certify(problem(*EVERYTHING), backwards) if line.rule == RULE)
    assert not line.holds


# The boundary inside one session slot: the lower rung comes first, although it is not first by name or by load.
def test_lower_rungs_come_first() -> None:
    assert _order(["below", "z_knee", "empty_bar", "hinge_drill"]) == ["hinge_drill", "empty_bar", "z_knee", "below"]


def test_then_what_loads_the_spine_and_tires_more() -> None:
    # none of them on the ladder: axial load 2 before 0, then systemic fatigue 3 before 1
    assert _order(["plank", "press", "squat"]) == ["squat", "press", "plank"]


def test_same_patterns_stay_together_and_names_decide_last() -> None:
    names = {"a_curl": "curl", "b_raise": "raise", "c_curl": "curl"}
    world = problem(*(exercise(name, pattern=pattern) for name, pattern in names.items()))
    assert _order(reversed(names), world) == ["a_curl", "c_curl", "b_raise"]


def test_there_is_nothing_to_relax() -> None:
    bench = Bench(problem(*EVERYTHING), week(mon={"carry": 1, "stretch": 1}), RULE, explaining=True)
    assert bench.subjects == frozenset()
    assert bench.feasible()


def test_sessions_come_in_time_order_and_empty_slots_not_at_all() -> None:
    plan = _extracted(problem(*EVERYTHING), {"fri": ["curl"], "mon": ["dip"]})
    assert [session.slot for session in plan.sessions] == ["mon", "fri"]


CATALOG = sorted(default_catalog().exercises.values(), key=lambda e: e.id)
THORACIC = [e.id for e in CATALOG if e.is_drill and e.thoracic != "none"]
HINGE_DRILLS = [e.id for e in CATALOG if e.is_hinge_drill]
ORDERED_BY_POSITION = ("comes after", "before its first pull", "comes before")
"""What the verifier says where a position is wrong, of any rule."""


@pytest.mark.parametrize("stage", [1, 3, 6])
@hypothesis_settings(derandomize=True, deadline=None, max_examples=40)
@given(
    entries=st.sets(st.sampled_from([e.id for e in CATALOG]), min_size=1, max_size=25),
    opening=st.tuples(st.sampled_from(THORACIC), st.sampled_from(HINGE_DRILLS)),
)
def test_every_set_of_entries_has_an_order_that_the_verifier_accepts(
    stage: int, entries: set[str], opening: tuple[str, str]
) -> None:
    names = entries | set(opening)
    chosen: list[Exercise] = [e for e in CATALOG if e.id in names]
    ladders = dict.fromkeys(default_catalog().ladders, 1) | {"deadlift": stage}
    world = problem(*chosen, who=athlete(stages=ladders), slots=(slot("mon"),))
    found = verify(world, _extracted(world, {"mon": names}))
    assert [v for v in found if v.rule == RULE or any(said in v.statement for said in ORDERED_BY_POSITION)] == []
