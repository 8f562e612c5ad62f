"""What pairing saves: the model, the definition and the verifier agree, and a plan pairs no more than it has to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from solver.conditions import seconds_at_most
from solver.domain.metrics import total_seconds
from solver.domain.plan import Plan
from solver.extract import extract_plan
from solver.model import Objective
from solver.timing import session_seconds
from solver.variables import PlanVars
from solver.verifier import certify
from solver.verifier.facts import digest
from solver.verifier.supersets import saved_seconds, supersets_of, unfit_pairs
from tests.solver.rule_lab import Week, exercise, fix, plan_of, problem, slot, solved
from tests.solver.verifier.supersets_by_hand import matchings

if TYPE_CHECKING:
    from solver.domain.problem import Problem

FACTS = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["upper", "upper", "lower", "trunk"]),
        "push_pull": st.sampled_from(["push", "pull", "pull", "neutral"]),
        "mechanic": st.sampled_from(["compound", "isolation"]),
        "session_slot": st.sampled_from([3, 4, 5, 5, 6, 6, 7]),
        "axial_load": st.sampled_from([0, 0, 0, 1, 2, 3]),
        "systemic_fatigue": st.integers(0, 2),
        "skill_level": st.sampled_from([1, 1, 2, 3]),
        "rest_seconds": st.sampled_from([0, 45, 60, 120, 300]),
        "seconds_per_set": st.sampled_from([10, 30, 60]),
        "equipment": st.sampled_from(
            [
                (("none",),),
                (("dumbbells",),),
                (("barbell", "rack"),),
                (("barbell",), ("dumbbells",)),
                (("cable",), ("wall",)),
            ]
        ),
        "muscles": st.dictionaries(
            st.sampled_from(["chest", "back", "legs", "forearms"]), st.integers(1, 4), max_size=2
        ),
    }
)
ENTRIES = st.lists(st.tuples(FACTS, st.integers(1, 6)), min_size=1, max_size=6)
MONDAY = slot("mon")


def _world(entries: list[tuple[dict[str, Any], int]], seconds: int = 3600) -> tuple[Problem, Week]:
    exercises = [exercise(f"work_{k}", **facts) for k, (facts, _) in enumerate(entries)]
    world = problem(*exercises, slots=(replace(MONDAY, limit_seconds=seconds),), supersets=True)
    return world, {"mon": {e.id: sets for e, (_, sets) in zip(exercises, entries, strict=True)}}


def _savings(world: Problem, wanted: Week) -> list[tuple[int, int]]:
    """Number of pairs and seconds saved of every way of pairing the session that the verifier lets pass."""
    found = []
    for session in matchings(world, plan_of(world, wanted).sessions[0]):
        (facts,) = digest(world, Plan((session,))).sessions
        if not list(unfit_pairs(facts)):
            pairs = [saved_seconds(a, b) for _, a, b in supersets_of(facts)]
            found.append((len(pairs), sum(pairs)))
    return found


@hypothesis_settings(derandomize=True, deadline=None, max_examples=60)
@given(entries=ENTRIES)
def test_the_model_saves_what_the_best_pairing_saves(entries: list[tuple[dict[str, Any], int]]) -> None:
    world, wanted = _world(entries)
    model = cp_model.CpModel()
    plan = PlanVars(model, world, explaining=True)
    fix(plan, wanted)
    alone = PlanVars(cp_model.CpModel(), _alone(world), explaining=True)
    fix(alone, wanted)
    assert _least(alone) - _least(plan) == max(saved for _, saved in _savings(world, wanted))


@hypothesis_settings(derandomize=True, deadline=None, max_examples=60)
@given(entries=ENTRIES, share=st.integers(0, 100))
def test_a_plan_has_the_fewest_pairs_that_make_it_fit(entries: list[tuple[dict[str, Any], int]], share: int) -> None:
    world, wanted = _world(entries)
    savings = _savings(world, wanted)
    alone = PlanVars(cp_model.CpModel(), _alone(world), explaining=True)
    fix(alone, wanted)
    needed = max(saved for _, saved in savings) * share // 100
    tight, _ = _world(entries, seconds=_least(alone) - needed)
    chosen = {f"{name}@mon" for name in wanted["mon"]} | {
        f"{name}:{k}@mon" for name, sets in wanted["mon"].items() for k in range(2, sets + 1)
    }
    found = extract_plan(PlanVars(cp_model.CpModel(), tight, explaining=True), lambda v: int(v.name in chosen))
    kept = {line.rule: line.holds for line in certify(tight, found)}
    assert kept["time.session"]
    assert kept["structure.order"]
    labels = [entry.superset for entry in found.sessions[0].entries if entry.superset]
    assert len(labels) == 2 * min(number for number, saved in savings if saved >= needed)
    assert labels == sorted(labels), "called A, B, C ... in the order of doing"


def test_nothing_of_supersets_is_in_a_model_without_them() -> None:
    world, _ = _world([({"region": "upper", "push_pull": "push"}, 3), ({"region": "upper", "push_pull": "pull"}, 3)])
    plan, alone = PlanVars(cp_model.CpModel(), world), PlanVars(cp_model.CpModel(), _alone(world))
    session_seconds(plan, world.slots[0])
    assert any(v.name.startswith("superset") for v in plan.model.proto.variables)
    before = len(alone.model.proto.variables)
    session_seconds(alone, world.slots[0])
    assert len(alone.model.proto.variables) == before


def _alone(world: Problem) -> Problem:
    return replace(world, supersets=False)


def _least(plan: PlanVars) -> int:
    """The fewest seconds that the model gives Monday."""
    seconds = session_seconds(plan, plan.problem.slots[0])
    plan.model.minimize(seconds)
    solver = solved(plan.model)
    assert solver is not None
    return int(solver.value(seconds))


def test_a_limit_on_all_minutes_counts_what_supersets_save() -> None:
    entries = [
        ({"region": "upper", "push_pull": "push", "rest_seconds": 120}, 3),
        ({"region": "upper", "push_pull": "pull", "rest_seconds": 120}, 3),
    ]
    world, wanted = _world(entries)
    plan = PlanVars(cp_model.CpModel(), world)
    fix(plan, wanted)
    alone = PlanVars(cp_model.CpModel(), _alone(world))
    fix(alone, wanted)
    # two rests of 120 s are shared, but no more than 35 % of 2 x (3 x 30 + 2 x 120) s are saved
    (limit,) = seconds_at_most(_least(alone) - 231)(plan, Objective(plan))
    plan.model.add(limit)
    solver = solved(plan.model)
    assert solver is not None
    found = extract_plan(plan, solver.value)
    assert [entry.superset for entry in found.sessions[0].entries] == ["A", "A"], "although it fits without"
    assert total_seconds(world, found) == _least(alone) - 231
