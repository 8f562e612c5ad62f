"""Tiny weeks in mid-course of which every rest is listed: no valid one is nearer, and none keeps more of the rules."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

import pytest

from solver.domain.outcome import Infeasible
from solver.domain.plan import Plan
from solver.domain.problem import Avoidances, PinnedEntry, PinnedSession
from solver.objective.distance import Distance
from solver.replan import Replanned, replan
from solver.replan.standing import standing_entries
from solver.verifier import certify, verify
from solver.verifier.past import mendable
from tests.golden.asking import budget
from tests.solver.rule_lab import plan_of, slot
from tests.solver.tiny import LOCAL_RULES, tiers_of, tiny_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.domain.plan import Session
    from solver.domain.problem import Problem, Slot
    from solver.replan import ReplanOutcome

SEEDS = range(20)
BUDGET = budget(5)


@dataclass(frozen=True)
class Question:
    """A week of which all but the last slot is over, and the plan that was being followed."""

    problem: Problem
    followed: Plan

    @property
    def open_slot(self) -> Slot:
        return self.problem.slots[-1]


@cache
def question(seed: int) -> Question:
    """What was done may be anything: what no plan would hold, more than fits, or nothing."""
    dice = random.Random(seed)
    tiny = tiny_problem(3 * seed + 1)
    slots = (slot("mon"), slot("tue", minutes=30), slot("thu", minutes=dice.choice((26, 34, 45))))
    last = slots[-1]
    if dice.random() < 0.2:
        last = replace(last, avoid=Avoidances(exercises=frozenset({dice.choice(tiny.exercises).id})))
    done = tuple(
        PinnedSession(past.id, tuple(PinnedEntry(past.id, e.id, dice.randint(1, 5)) for e in chosen), done=True)
        for past in slots[:-1]
        for chosen in [dice.sample(tiny.exercises, dice.choice((0, 1, 2, 3, 4)))]
    )
    problem = replace(
        tiny,
        slots=(*slots[:-1], last),
        rules=replace(tiny.rules, sessions_min=1, sessions_max=3),
        pinned_entries=(),
        pinned_sessions=done,
    )
    followed = {
        where.id: {e.id: dice.randint(e.sets.min, e.sets.max) for e in dice.sample(problem.exercises, 3)}
        for where in problem.slots
    }
    return Question(problem, plan_of(replace(problem, pinned_sessions=()), followed))


def _sessions(problem: Problem, where: Slot) -> Iterator[Session | None]:
    yield None
    counts = [[0, *range(e.sets.min, e.sets.max + 1)] for e in problem.exercises]
    for sets in product(*counts):
        chosen = {e.id: n for e, n in zip(problem.exercises, sets, strict=True) if n}
        plan = plan_of(problem, {where.id: chosen})
        broken = {line.rule for line in certify(problem, plan) if line.violations}
        if plan.sessions and not broken & LOCAL_RULES:
            yield plan.sessions[0]


def _history(asked: Question) -> list[Session]:
    """What was done, in the order told."""
    done = asked.problem.pinned_sessions
    as_told = {s.slot: {e.exercise: e.sets for e in s.entries} for s in done}
    in_order = {s.slot: {e.exercise: n for n, e in enumerate(s.entries)} for s in done}
    return [
        replace(session, entries=tuple(sorted(session.entries, key=lambda e: in_order[session.slot][e.exercise])))
        for session in plan_of(asked.problem, as_told).sessions
    ]


@cache
def weeks(seed: int) -> list[Plan]:
    """Every week with this past whose last session is valid on its own."""
    asked = question(seed)
    past = _history(asked)
    rests = _sessions(asked.problem, asked.open_slot)
    return [Plan((*past, *([] if rest is None else [rest]))) for rest in rests]


@cache
def answered(seed: int) -> ReplanOutcome:
    asked = question(seed)
    return replan(asked.problem, asked.followed, BUDGET)


def _least_broken(problem: Problem, plans: list[Plan]) -> int | None:
    """The fewest faults of a week all of whose faults could have been mended."""
    broken = [verify(problem, plan) for plan in plans]
    return min((len(found) for found in broken if all(map(mendable, found))), default=None)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_week_with_this_past_is_nearer(seed: int) -> None:
    asked, outcome = question(seed), answered(seed)
    problem, goal = asked.problem, Distance(standing_entries(asked.problem, asked.followed))
    near = [(goal.measure(problem, plan), plan) for plan in weeks(seed) if not verify(problem, plan)]
    if not near:
        return
    assert isinstance(outcome, Replanned)
    assert outcome.unkept == ()
    assert verify(problem, outcome.solved.plan) == ()
    nearest = min(distance for distance, _ in near)
    assert (outcome.distance, outcome.bound) == (nearest, nearest)
    ranks = [(m, t, -q) for m, t, q in (tiers_of(problem, plan) for distance, plan in near if distance == nearest)]
    minima, targets, quality = tiers_of(problem, outcome.solved.plan)
    assert (minima, targets, -quality) == min(ranks)


@pytest.mark.parametrize("seed", SEEDS)
def test_where_no_week_keeps_every_rule_the_fewest_are_given_up(seed: int) -> None:
    asked, outcome = question(seed), answered(seed)
    least = _least_broken(asked.problem, weeks(seed))
    if least == 0:
        return
    if isinstance(outcome, Infeasible):
        assert outcome.conflict.elements
        return
    assert isinstance(outcome, Replanned)
    assert verify(asked.problem, outcome.solved.plan) == outcome.unkept
    assert len(outcome.unkept) == least
    assert outcome.unkept_least


@pytest.mark.parametrize("seed", SEEDS)
def test_history_stands_and_what_it_broke_is_told(seed: int) -> None:
    asked, outcome = question(seed), answered(seed)
    if not isinstance(outcome, Replanned):
        return
    past = _history(asked)
    plan = outcome.solved.plan
    assert list(plan.sessions[: len(past)]) == past
    by_itself = verify(replace(asked.problem, pinned_sessions=()), Plan(tuple(past)))
    assert {v.statement for v in outcome.broken} <= {v.statement for v in by_itself}
    again = replan(asked.problem, plan, BUDGET)
    if outcome.unkept:
        return
    assert isinstance(again, Replanned)
    assert (again.distance, again.bound, again.solved.plan) == (0, 0, plan)


def test_the_questions_are_of_all_kinds() -> None:
    outcomes = [answered(seed) for seed in SEEDS]
    found = [outcome for outcome in outcomes if isinstance(outcome, Replanned)]
    assert sum(not outcome.unkept for outcome in found) >= 4
    assert sum(bool(outcome.unkept) for outcome in found) >= 4
    assert {v.rule for outcome in found for v in outcome.broken} >= {"recovery.muscle", "volume.session_max"}
