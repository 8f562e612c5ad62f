"""Hours between sessions: clock hours from start to start, around the week when it repeats."""

from __future__ import annotations

from itertools import combinations

from solver.domain.problem import MINUTES_PER_WEEK, PastSession, Problem, Slot


def sessions_within(problem: Problem, hours: int) -> tuple[tuple[Slot, ...], ...]:
    """Every largest group of two or more slots whose starts all lie less than `hours` apart, counted from the first.

    When the week repeats, the group may run over its end into the next week; a slot is never counted twice.
    """
    slots, span = problem.slots, hours * 60
    groups: list[tuple[Slot, ...]] = []
    for first in slots:
        following = sorted(
            (_minutes_after(problem, first, other), order, other)
            for order, other in enumerate(slots)
            if other is not first and 0 <= _minutes_after(problem, first, other) < span
        )
        group = (first, *(other for _, _, other in following))
        if len(group) > 1 and not any(set(_ids(group)) <= set(_ids(g)) for g in groups):
            groups = [g for g in groups if not set(_ids(g)) <= set(_ids(group))]
            groups.append(group)
    return tuple(groups)


def pairs_within(problem: Problem, hours: int) -> tuple[tuple[Slot, Slot], ...]:
    """Every pair of slots whose starts lie less than `hours` apart, once each."""
    groups = sessions_within(problem, hours)
    pairs = {frozenset((a.id, b.id)): (a, b) for group in groups for a, b in combinations(group, 2)}
    return tuple(pairs.values())


def past_volume(problem: Problem, past: PastSession, muscle: str) -> int:
    """Quarter sets of training volume that a session before the week gave a muscle."""
    by_id = problem.exercise_by_id
    return sum(sets * by_id[exercise].volume_quarters.get(muscle, 0) for exercise, sets in past.entries)


def _minutes_after(problem: Problem, first: Slot, other: Slot) -> int:
    """Minutes from `first` to the next start of `other`; negative when it never comes again."""
    apart = other.start_minute - first.start_minute
    return apart % MINUTES_PER_WEEK if problem.week_repeats else apart


def _ids(group: tuple[Slot, ...]) -> tuple[str, ...]:
    return tuple(slot.id for slot in group)
