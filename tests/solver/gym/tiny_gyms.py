"""Two members and tiny catalogs: which two weeks can be had side by side is found by trying every order at a station.

The arithmetic is of its own: a week's blocks, one after the other, and for every two blocks that want the same single
station both ways round, by the longest path through what has to wait for what.
"""

from __future__ import annotations

import random
from dataclasses import replace
from functools import cache
from itertools import combinations_with_replacement, groupby, permutations, product
from typing import TYPE_CHECKING

from solver.domain.plan import Plan, Session
from solver.gym import GymProblem, Member, Station
from solver.objective.score import score_of
from solver.verifier import verify
from tests.solver.tiny import tiny_problem, valid_weeks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from solver.domain.problem import Problem

Block = tuple[int, frozenset[str]]
"""Seconds, and the stations that it holds."""

STATIONS = (
    Station("rack", frozenset({"rack", "barbell"}), 1),
    Station("cables", frozenset({"cable"}), 1),
    Station("bar", frozenset({"pull_up_bar"}), 1),
    Station("corner", frozenset({"corner"}), 1),
)


@cache
def tight_problem(seed: int) -> Problem:
    """A tiny problem some of whose exercises are done in the one corner of the gym."""
    dice = random.Random(f"corner {seed}")
    problem = tiny_problem(seed)
    exercises = tuple(
        e.model_copy(update={"equipment": (("corner",),)})
        if e.equipment == (("none",),) and dice.random() < 0.85
        else e
        for e in problem.exercises
    )
    slots = tuple(
        replace(s, place=replace(s.place, equipment=s.place.equipment | {"corner"})) if s.place.id == "gym" else s
        for s in problem.slots
    )
    return replace(problem, exercises=exercises, slots=slots)


def tiny_gym(first: int, second: int) -> GymProblem:
    """Two tiny problems in one gym, one of every station."""
    return GymProblem({"gym": STATIONS}, (Member("one", tight_problem(first)), Member("two", tight_problem(second))))


@cache
def weeks(seed: int) -> list[tuple[float, Plan]]:
    """Every valid week of a tight problem with its score."""
    problem = tight_problem(seed)
    return [(score_of(problem, *tiers[:2]), plan) for tiers, plan in valid_weeks(problem)]


def best_sum(first: int, second: int, places: Mapping[str, int] | None = None) -> float | None:
    """The best sum of scores of two weeks that fit beside each other; None when no two do.

    `places`: how many of them a slot takes.
    """
    pairs = [p for p in product(weeks(first), weeks(second)) if _have_places(places or {}, p[0][1], p[1][1])]
    ordered = sorted(pairs, key=lambda pair: -(pair[0][0] + pair[1][0]))
    one, two = tight_problem(first), tight_problem(second)
    return next((a + b for (a, mine), (b, yours) in ordered if side_by_side(one, mine, two, yours)), None)


def _have_places(places: Mapping[str, int], mine: Plan, yours: Plan) -> bool:
    slots = [session.slot for session in (*mine.sessions, *yours.sessions)]
    return all(slots.count(slot) <= number for slot, number in places.items())


def fairest(first: int, second: int) -> tuple[float, float] | None:
    """The shares of their best scores that two weeks have which fit beside each other, the lower one first.

    Of all such weeks those whose lower share is highest, and of these those with the highest other share.
    """
    mine, yours = weeks(first), weeks(second)
    one, two = tight_problem(first), tight_problem(second)

    def shares(pair: tuple[tuple[float, Plan], tuple[float, Plan]]) -> tuple[float, float]:
        kept = sorted((pair[0][0] / mine[0][0], pair[1][0] / yours[0][0]))
        return kept[0], kept[1]

    ordered = sorted(product(mine, yours), key=shares, reverse=True)
    return next((shares(p) for p in ordered if side_by_side(one, p[0][1], two, p[1][1])), None)


def side_by_side(one: Problem, mine: Plan, two: Problem, yours: Plan) -> bool:
    """Whether there are times for both weeks, each station being there once."""
    for a, b in product(mine.sessions, yours.sessions):
        x, y = one.slot_by_id[a.slot], two.slot_by_id[b.slot]
        if x.place.id == y.place.id == "gym" and x.start_minute == y.start_minute and not _fit(one, a, two, b):
            return False
    return True


@cache
def _orders(seed_key: int, session: Session) -> tuple[tuple[Block, ...], ...]:
    problem = _BY_KEY[seed_key]
    return tuple(dict.fromkeys(tuple(_blocks(problem, order)) for order in _valid_orders(problem, session)))


_BY_KEY: dict[int, Problem] = {}


def _fit(one: Problem, a: Session, two: Problem, b: Session) -> bool:
    for problem in (one, two):
        _BY_KEY[id(problem)] = problem
    limits = one.slot_by_id[a.slot].limit_seconds, two.slot_by_id[b.slot].limit_seconds
    return any(
        _timed_together(mine, yours, one.rules.warmup_seconds, one.rules.changeover_seconds, limits)
        for mine, yours in product(_orders(id(one), a), _orders(id(two), b))
    )


def _valid_orders(problem: Problem, session: Session) -> Iterator[Session]:
    """The orders of a session that keep the rules about order; parts of a session stand as they do."""
    parts = [
        list(group)
        for _, group in groupby(session.entries, key=lambda e: problem.exercise_by_id[e.exercise].session_slot)
    ]
    ordering = {"structure.order", "mobility.thoracic", "progression.deadlift"}
    known = [v for v in verify(problem, Plan((session,))) if v.rule in ordering]
    for chosen in product(*(permutations(part) for part in parts)):
        other = Session(session.slot, tuple(entry for part in chosen for entry in part))
        if [v for v in verify(problem, Plan((other,))) if v.rule in ordering] == known:
            yield other


def _blocks(problem: Problem, session: Session) -> Iterator[Block]:
    exercises = [problem.exercise_by_id[entry.exercise] for entry in session.entries]
    for position, (e, entry) in enumerate(zip(exercises, session.entries, strict=True)):
        dearest = [p for p, o in enumerate(exercises) if o.pattern == e.pattern]
        first = max(dearest, key=lambda p: (exercises[p].warmup_seconds, -p))
        ramp_up = e.warmup_seconds if first == position else 0
        seconds = ramp_up + e.setup_seconds + entry.sets * e.seconds_per_set + (entry.sets - 1) * e.rest_seconds
        yield seconds, frozenset(s.id for s in STATIONS if s.provides & set(entry.equipment))


def _timed_together(
    mine: Sequence[Block], yours: Sequence[Block], warmup: int, changeover: int, limits: tuple[int, int]
) -> bool:
    disputes = [(i, len(mine) + j) for i, (_, a) in enumerate(mine) for j, (_, b) in enumerate(yours) if a & b]
    blocks = (*mine, *yours)
    chain = [(p, p + 1, blocks[p][0] + changeover) for p in range(len(blocks) - 1) if p + 1 != len(mine)]
    for sides in _sides(disputes):
        waits = chain + [
            (a, b, blocks[a][0]) if mine_first else (b, a, blocks[b][0])
            for (a, b), mine_first in zip(disputes, sides, strict=True)
        ]
        starts = _earliest(len(blocks), waits, warmup)
        if starts is not None and all(start + blocks[p][0] <= limits[p >= len(mine)] for p, start in enumerate(starts)):
            return True
    return False


def _sides(disputes: Sequence[tuple[int, int]]) -> set[tuple[bool, ...]]:
    """Every way to settle the disputes that goes round in no circle: what comes after mine comes after what it follows.

    So many of theirs before each of mine, and never fewer before a later one.
    """
    mine, yours = sorted({a for a, _ in disputes}), sorted({b for _, b in disputes})
    found = set()
    for before in combinations_with_replacement(range(len(yours) + 1), len(mine)):
        ahead = dict(zip(mine, before, strict=True))
        found.add(tuple(yours.index(b) >= ahead[a] for a, b in disputes))
    return found


def _earliest(number: int, waits: Sequence[tuple[int, int, int]], warmup: int) -> list[int] | None:
    """Longest paths; None where waits go round in a circle."""
    starts = [warmup] * number
    for _ in range(number + 1):
        changed = False
        for before, after, seconds in waits:
            if starts[before] + seconds > starts[after]:
                starts[after], changed = starts[before] + seconds, True
        if not changed:
            return starts
    return None
