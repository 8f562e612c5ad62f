"""The tiny weeks again, with supersets: every pairing of every week is listed, and the search finds the best of all."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest

from solver.domain.outcome import Infeasible, Solved
from solver.domain.plan import Plan, Session
from solver.domain.pricing import PricedEntry, session_seconds
from solver.domain.problem import PinnedEntry, PinnedSession, Place
from solver.pipeline import optimise
from tests.solver.rule_lab import plan_of
from tests.solver.test_brute_force import BUDGET
from tests.solver.tiny import is_valid, keeps_local_rules, tiers_of, tiny_problem
from tests.solver.verifier.supersets_by_hand import matchings

if TYPE_CHECKING:
    from solver.domain.problem import Problem, Slot

SEEDS = (0, 2, 5, 9, 18, 21, 24, 25, 31)
EQUIPPED_SEEDS = (0, 2, 5)
"""Weeks in which a superset is needed that is done otherwise than preferred."""
HURRIED_PERCENT = 80
"""A session has this share of the time in which everything could be done."""

Tiers = tuple[int, int, int]


@cache
def hurried_problem(seed: int) -> Problem:
    """A tiny week in which rests matter: they are long, and the sessions short."""
    calm = tiny_problem(seed)
    rested = tuple(e if e.is_drill else e.model_copy(update={"rest_seconds": 120}) for e in calm.exercises)
    everything = session_seconds(
        [PricedEntry(e, e.sets.max) for e in rested],
        warmup_seconds=calm.rules.warmup_seconds,
        changeover_seconds=calm.rules.changeover_seconds,
    )
    slots = (replace(slot, limit_seconds=everything * HURRIED_PERCENT // 100) for slot in calm.slots)
    return replace(calm, slots=tuple(slots), exercises=rested, supersets=True)


def sessions(problem: Problem, where: Slot, *, fewest: bool = False) -> list[Session | None]:
    """Everything that can be done in a slot in every pairing, or the fewest pairs that let it be; and nothing."""
    counts = [[0, *range(e.sets.min, e.sets.max + 1)] for e in problem.exercises]
    found: list[Session | None] = [None]
    for sets in product(*counts):
        chosen = {e.id: n for e, n in zip(problem.exercises, sets, strict=True) if n}
        plan = plan_of(problem, {where.id: chosen})
        paired = [s for plan_session in plan.sessions for s in matchings(problem, plan_session)]
        valid = [session for session in paired if keeps_local_rules(problem, Plan((session,)))]
        found += sorted(valid, key=_pairs)[: 1 if fewest else None]
    return found


def _pairs(session: Session) -> int:
    return len({entry.superset for entry in session.entries} - {None})


STATIONS = ("barbell", "cable", "dumbbells")


def equipped_problem(seed: int, *stations: str) -> Problem:
    """The hurried week where working exercises have two alternatives of equipment each, and these stations stand.

    Any two of them leave each exercise possible, so whatever the third changes is which entries make a superset.
    """
    dice, hurried = random.Random(seed), hurried_problem(seed)
    ways = [tuple((station,) for station in dice.sample(STATIONS, 2)) for _ in hurried.exercises]
    exercises = (
        e if e.is_drill else e.model_copy(update={"equipment": way})
        for e, way in zip(hurried.exercises, ways, strict=True)
    )
    hall = Place("hall", frozenset({"none", *stations}))
    slots = tuple(replace(slot, place=hall) for slot in hurried.slots)
    return replace(hurried, exercises=tuple(exercises), slots=slots)


@cache
def _best(seed: int) -> dict[bool, Tiers | None]:
    return _best_of(hurried_problem(seed))


def _best_of(problem: Problem) -> dict[bool, Tiers | None]:
    """The tiers of the best valid week, with supersets and without."""
    weeks = [
        Plan(tuple(s for s in week if s is not None))
        for week in product(*(sessions(problem, s, fewest=True) for s in problem.slots))
    ]
    ranked = sorted(((tiers_of(problem, plan), plan) for plan in weeks), key=lambda week: _rank(week[0]))
    best: dict[bool, Tiers | None] = {}
    for paired in (True, False):
        best[paired] = next(
            (
                tiers
                for tiers, plan in ranked
                if (paired or not any(map(_pairs, plan.sessions))) and is_valid(problem, plan)
            ),
            None,
        )
    return best


def _rank(tiers: Tiers) -> Tiers:
    return tiers[0], tiers[1], -tiers[2]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_search_ends_where_listing_every_pairing_ends(seed: int) -> None:
    best = _best(seed)
    found: dict[bool, Tiers | None] = {}
    for paired in (True, False):
        problem = replace(hurried_problem(seed), supersets=paired)
        outcome = optimise(problem, BUDGET)
        if isinstance(outcome, Infeasible):
            found[paired] = None
            continue
        assert isinstance(outcome, Solved)
        assert outcome.status == "optimal"
        minima, targets, quality = (int(tier.value) for tier in outcome.tiers)
        found[paired] = minima, targets, quality
    assert found == best
    with_them, without = found[True], found[False]
    assert without is None or (with_them is not None and _rank(with_them) <= _rank(without)), "never worse for them"


def test_supersets_matter_in_these_weeks() -> None:
    best = [_best(seed) for seed in SEEDS]
    assert sum(b[True] != b[False] for b in best) >= 3
    assert any(b[True] is not None and b[False] is None for b in best), "some are only possible with them"
    assert any(b[True] is not None and b[True] == b[False] for b in best), "some need none"


@cache
def _proven(seed: int, *stations: str) -> Solved | Infeasible:
    outcome = optimise(equipped_problem(seed, *stations), BUDGET)
    assert isinstance(outcome, Infeasible) or outcome.status == "optimal"
    return outcome


@pytest.mark.parametrize("seed", SEEDS)
def test_a_station_more_never_lowers_the_proven_optimum(seed: int) -> None:
    with_all = _proven(seed, *STATIONS)
    for stations in combinations(STATIONS, 2):
        without = _proven(seed, *stations)
        if isinstance(without, Solved):
            assert isinstance(with_all, Solved)
            assert _shortfalls(with_all) <= _shortfalls(without)


def _shortfalls(solved: Solved) -> list[int]:
    return [int(tier.value) for tier in solved.tiers[:2]]


@pytest.mark.parametrize("seed", EQUIPPED_SEEDS)
def test_entries_of_a_superset_are_done_in_any_way_that_lets_them(seed: int) -> None:
    found = _proven(seed, *STATIONS)
    assert isinstance(found, Solved)
    minima, targets, quality = (int(tier.value) for tier in found.tiers)
    problem = equipped_problem(seed, *STATIONS)
    assert (minima, targets, quality) == _best_of(problem)[True]
    used = [e for session in found.plan.sessions for e in session.entries if e.superset]
    assert any(e.equipment != problem.exercise_by_id[e.exercise].equipment[0] for e in used), "not all as preferred"


def test_pinned_sessions_keep_the_supersets_they_need() -> None:
    problem = hurried_problem(25)
    free = optimise(problem, BUDGET)
    assert isinstance(free, Solved)
    assert sum(map(_pairs, free.plan.sessions)) > 0
    pins = tuple(
        PinnedSession(s.slot, tuple(PinnedEntry(s.slot, e.exercise, e.sets) for e in s.entries))
        for s in free.plan.sessions
    )
    pinned = optimise(replace(problem, pinned_sessions=pins), BUDGET)
    assert isinstance(pinned, Solved)
    assert pinned.plan == free.plan
    alone = optimise(replace(problem, pinned_sessions=pins, supersets=False), BUDGET)
    assert isinstance(alone, Infeasible)
    assert {"time.session", "plan.pinned"} <= {element.rule for element in alone.conflict.elements}
