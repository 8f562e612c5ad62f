"""What `certify` promises about every line, whatever the plan."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.domain.plan import Entry, Plan, Session
from solver.rulebook import RULES
from solver.verifier import CHECKS, certify, verify
from tests.solver.verifier.builders import line_for, week
from tests.solver.verifier.full_week import PLAN, PROBLEM

RULE_IDS = [rule.id for rule in RULES]

entries = st.builds(
    Entry,
    exercise=st.sampled_from([*(e.id for e in PROBLEM.exercises), "nonsense"]),
    sets=st.integers(-1, 8),
    equipment=st.sampled_from([("none",), ("dumbbells",), ("moon",), ()]),
    superset=st.sampled_from([None, None, None, "a", "b"]),
)
sessions = st.builds(
    Session,
    slot=st.sampled_from([*(s.id for s in PROBLEM.slots), "someday"]),
    entries=st.lists(entries, max_size=8).map(tuple),
)
plans = st.builds(Plan, sessions=st.lists(sessions, max_size=5).map(tuple))


def test_one_line_per_rule_in_the_order_of_the_rulebook() -> None:
    assert [line.rule for line in certify(PROBLEM, PLAN)] == RULE_IDS
    assert list(CHECKS) == RULE_IDS


@settings(max_examples=150, deadline=None, derandomize=True)
@given(plan=plans, repeats=st.booleans())
def test_every_line_is_consistent_for_any_plan(plan: Plan, repeats: bool) -> None:
    problem = replace(PROBLEM, week_repeats=repeats)
    lines = certify(problem, plan)
    assert [line.rule for line in lines] == RULE_IDS
    for line in lines:
        assert line.holds is (not line.violations)
        assert all(violation.rule == line.rule for violation in line.violations)
        assert all(violation.statement.endswith(".") for violation in line.violations)
        if line.slack is not None:
            assert line.holds is (line.slack >= 0)
        json.dumps([line.statement, dict(line.measured), dict(line.limit), line.slack])
    assert verify(problem, plan) == tuple(violation for line in lines for violation in line.violations)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(plan=plans)
def test_what_cannot_be_read_is_never_passed_over(plan: Plan) -> None:
    broken = {violation.rule for violation in verify(PROBLEM, plan)}
    known = {exercise.id for exercise in PROBLEM.exercises}
    offered = {slot.id for slot in PROBLEM.slots}
    readable = [session for session in plan.sessions if session.slot in offered]
    if len(readable) < len(plan.sessions):
        assert "structure.sessions" in broken
    if any(entry.exercise not in known or entry.sets < 1 for session in readable for entry in session.entries):
        assert "structure.exercises" in broken


def test_an_empty_plan_is_measured_like_any_other() -> None:
    lines = {line.rule: line for line in certify(PROBLEM, Plan(()))}
    assert {"structure.sessions", "volume.weekly_min"} <= {rule for rule, line in lines.items() if not line.holds}
    assert lines["time.session"].statement == "0 of 0 sessions in time"
    assert lines["recovery.muscle"].statement == "no muscle is loaded"
    assert lines["structure.exercises"].measured == {"working": 0, "drills": 0}
    assert lines["structure.sessions"].measured == {"sessions": 0, "most_on_a_day": 0}
    assert lines["recovery.axial"].measured == {"exercises": 0, "sessions": 0}


def test_a_problem_without_slots_and_exercises_is_no_reason_to_raise() -> None:
    bare = replace(PROBLEM, slots=(), exercises=(), muscles=())
    assert verify(bare, PLAN)


def test_entries_that_cannot_be_counted_do_not_count() -> None:
    sets: Any = "many"
    plan = week(mon=[Entry("y_raise", sets, ("none",)), Entry("cuff", 2, ("none",))])
    assert line_for("scapula.lower_trap", PROBLEM, plan).measured["lower"] == 0
    assert line_for("shoulder.external_rotation", PROBLEM, plan).measured["external"] == 2


def test_loosened_parameters_are_marked_on_their_own_line() -> None:
    loosened = frozenset({"balance.upper_pull_push:ratio", "volume.weekly_max:calves"})
    problem = replace(PROBLEM, rules=replace(PROBLEM.rules, loosened=loosened))
    notes = {line.rule: line.notes for line in certify(problem, PLAN) if line.notes}
    assert notes == {
        "balance.upper_pull_push": ("Loosened: 'ratio' is set weaker than the default of 2.0.",),
        "volume.weekly_max": ("Loosened: 'calves' is set weaker than the default.",),
    }


def test_the_verifier_loads_neither_solver_nor_model() -> None:
    code = "import sys, solver.verifier; print(*(m for m in sys.modules if m.split('.')[0] in ('ortools', 'solver')))"
    root = Path(__file__).parents[3]
    answer = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True).stdout
    loaded = {".".join(name.split(".")[:2]) for name in answer.split()}
    assert loaded == {"solver", "solver.domain", "solver.rulebook", "solver.verifier"}
