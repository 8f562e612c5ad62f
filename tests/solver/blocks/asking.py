"""Blocks small enough to be planned in a test: a full gym, three hours a week, exercises that every coach knows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from catalog.catalog import default_catalog
from solver.blocks.domain import BlockProblem
from tests.golden.asking import problem_of

if TYPE_CHECKING:
    from solver.domain.problem import Problem

LADDERS = tuple(default_catalog().ladders.values())
_KNOWN = """
thoracic_rotation_quadruped thoracic_bridge prone_cobra bird_dog hip_hinge_wall_drill dowel_hip_hinge
empty_bar_rack_pull_knee rack_pull_knee rack_pull_below_knee block_pull conventional_deadlift
isometric_chin_up_hold chin_up pull_up barbell_back_squat goblet_squat walking_lunge leg_press
dumbbell_row_retraction cable_row_retraction face_pull prone_y_raise prone_w_raise
barbell_bench_press push_up dumbbell_lateral_raise lying_triceps_extension romanian_deadlift
lying_leg_curl seated_leg_curl back_extension_45 standing_calf_raise front_plank side_plank ab_wheel_rollout
side_lying_external_rotation hip_thrust glute_bridge
"""
KNOWN = frozenset(_KNOWN.split())


def week_of(**body: Any) -> Problem:
    """The week of a request, with the known exercises only."""
    whole = problem_of(body)
    return replace(whole, exercises=tuple(e for e in whole.exercises if e.id in KNOWN))


def block(weeks: int, *, deadlift: int = 1, **changes: Any) -> BlockProblem:
    """A block from this deadlift stage on; `body` is the rest of the request, other changes are the block's own."""
    body = changes.pop("body", {})
    body = {**body, "athlete": {**body.get("athlete", {}), "ladder_stages": {"deadlift": deadlift}}}
    return BlockProblem(week_of(**body), LADDERS, weeks, **changes)
