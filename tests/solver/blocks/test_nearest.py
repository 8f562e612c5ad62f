"""Tiny catalogs of which every week is listed: no week that scores nearly as well is nearer to the known ones, none of
unloading has fewer hard sets than the fewest, and every change of a block has a reason."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from catalog.catalog import default_catalog
from solver.blocks import plan_block
from solver.blocks.domain import BlockPlanned, BlockProblem
from solver.blocks.weekly import Limits, fewest_hard_sets, hard_sets, nearest
from solver.domain.outcome import Solved
from solver.objective.score import untrained
from solver.pipeline import optimise
from tests.golden.asking import budget
from tests.solver.tiny import every_week, is_valid, tiers_of, tiny_problem

if TYPE_CHECKING:
    from solver.domain.plan import Plan

BUDGET = budget(3)
TOLERANCE = 12.0

Sets = dict[tuple[str, str], int]


def _sets(week: Plan) -> Sets:
    return {(session.slot, entry.exercise): entry.sets for session in week.sessions for entry in session.entries}


def _apart(one: Sets, other: Sets) -> int:
    """20 for an exercise that goes or comes, 6 for its place in a session, 1 for a set."""
    exercises = {name for _, name in one} ^ {name for _, name in other}
    stays = one.keys() & other.keys()
    places = (one.keys() | other.keys()) - stays
    return 20 * len(exercises) + 6 * len(places) + sum(abs(one[pair] - other[pair]) for pair in stays)


@pytest.mark.parametrize("seed", [2, 4, 5, 8, 11, 14, 17, 19, 22, 25, 28, 31])
def test_no_week_that_scores_nearly_as_well_is_nearer(seed: int) -> None:
    problem = tiny_problem(seed)
    best = optimise(problem, BUDGET)
    assert isinstance(best, Solved)
    weeks = every_week(problem)
    known = tuple(random.Random(seed).choices(weeks, k=2))
    hard = {e.id for e in problem.exercises if e.counts_as_hard_set}
    minima, targets, _ = tiers_of(problem, best.plan)
    most = sum(sets for (_, name), sets in _sets(best.plan).items() if name in hard)

    def is_good(week: Plan) -> bool:
        low, missed, _ = tiers_of(problem, week)
        sets = sum(sets for (_, name), sets in _sets(week).items() if name in hard)
        nearly = missed <= targets + int(TOLERANCE * untrained(problem) / 100)
        return low <= minima and nearly and sets <= most and is_valid(problem, week)

    near = nearest(problem, best, known, TOLERANCE, Limits(most_hard_sets=most), BUDGET)
    by_distance = sorted(weeks, key=lambda week: sum(_apart(_sets(one), _sets(week)) for one in known))
    first = next(week for week in by_distance if is_good(week))
    least = sum(_apart(_sets(one), _sets(first)) for one in known)
    assert (near.distance, near.bound) == (least, least)
    assert is_good(near.solved.plan)
    assert near.solved.score.value >= best.score.value - TOLERANCE


def test_a_week_of_unloading_found_within_no_limit_is_the_limit() -> None:
    problem = tiny_problem(0)
    week = next(week for week in every_week(problem) if hard_sets(problem, week) > 1)
    assert Limits(3).no_more_than(problem, week) == Limits(3, most_hard_sets=hard_sets(problem, week))
    assert Limits(3).no_more_than(problem, week).kept_by(problem, week)
    assert Limits(3, most_hard_sets=1).no_more_than(problem, week) == Limits(3, most_hard_sets=1)


@pytest.mark.parametrize("seed", [0, 6, 21])
def test_the_fewest_hard_sets_are_those_of_the_listed_weeks(seed: int) -> None:
    problem = tiny_problem(seed)
    found, _ = fewest_hard_sets(problem, None, Limits(), BUDGET)
    valid = [week for week in every_week(problem) if is_valid(problem, week)]
    assert found == Limits(most_hard_sets=min(hard_sets(problem, week) for week in valid), fewest_proven=True)


@pytest.mark.parametrize("seed", [0, 25])
def test_nothing_changes_for_no_reason_where_no_nearer_week_is_proven_to_be(seed: int) -> None:
    asked = BlockProblem(tiny_problem(seed), tuple(default_catalog().ladders.values()), 4)
    planned = plan_block(asked, BUDGET)
    assert isinstance(planned, BlockPlanned)
    changes = [change for week in planned.weeks if week.nearness.proven for change in week.changes]
    assert changes
    assert "unproven" not in {change.cause for change in changes}
