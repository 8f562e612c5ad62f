from __future__ import annotations

from solver.blocks import plan_block
from solver.blocks.domain import BlockInfeasible
from tests.golden.asking import budget
from tests.solver.blocks.asking import block


def test_a_week_without_a_plan_is_named_with_its_conflict() -> None:
    # Knee-height rack pulls are insisted on, and a week loads one stage. Two sessions a week: week 2 still builds the
    # three that are needed, week 3 is to load from below the knee.
    wanted = {"athlete": {"must_include": [{"exercise": "rack_pull_knee", "min_sets": 3}]}}
    outcome = plan_block(block(3, deadlift=3, body=wanted), budget(1.5))
    assert isinstance(outcome, BlockInfeasible), outcome
    assert outcome.number == 3
    assert [week.number for week in outcome.weeks] == [1, 2]
    assert outcome.problem.athlete.stages["deadlift"] == 4
    assert {element.rule for element in outcome.conflict.elements} == {"athlete.must_include", "progression.deadlift"}
