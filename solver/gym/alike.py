"""Members whose requests are the same but for when in the week they train: one search answers for all of them.

What the rules ask of time is how far sessions lie apart, which of them share a day, and in which order they come; the
names of the slots and the hour at which the first one begins say nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from solver.domain.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from solver.domain.problem import Problem


def alike(problems: Iterable[tuple[str, Problem]]) -> list[tuple[str, ...]]:
    """Members grouped by their request, each group and the groups in the order given."""
    groups: dict[Hashable, list[tuple[Problem, list[str]]]] = defaultdict(list)
    ordered: list[list[str]] = []
    for member, problem in problems:
        moved, candidates = _moved(problem), groups[_outline(problem)]
        known = next((members for other, members in candidates if other == moved), None)
        if known is None:
            known = []
            candidates.append((moved, known))
            ordered.append(known)
        known.append(member)
    return [tuple(members) for members in ordered]


def as_done_by(plan: Plan, by: Problem, other: Problem) -> Plan:
    """A week of one request as the same week of one that is alike."""
    slot_of = {mine.id: yours.id for mine, yours in zip(by.slots, other.slots, strict=True)}
    return Plan(tuple(replace(session, slot=slot_of[session.slot]) for session in plan.sessions))


def _outline(problem: Problem) -> Hashable:
    """What tells most requests apart at once, the days of the slots among it."""
    first = problem.slots[0].day if problem.slots else 0
    times = tuple((s.day - first, s.limit_seconds, s.place.id) for s in problem.slots)
    return times, problem.athlete.experience, problem.athlete.goal, problem.athlete.skill_level, len(problem.exercises)


def _moved(problem: Problem) -> Problem:
    """The request with its first slot at the beginning of the week, and slots called by their numbers."""
    if not problem.slots:
        return problem
    begins = problem.slots[0].start_minute
    name = {slot.id: str(number) for number, slot in enumerate(problem.slots)}
    return replace(
        problem,
        slots=tuple(replace(s, id=name[s.id], start_minute=s.start_minute - begins) for s in problem.slots),
        pinned_entries=tuple(replace(p, slot=name[p.slot]) for p in problem.pinned_entries),
        pinned_sessions=tuple(
            replace(s, slot=name[s.slot], entries=tuple(replace(e, slot=name[e.slot]) for e in s.entries))
            for s in problem.pinned_sessions
        ),
        preceding=tuple(replace(p, start_minute=p.start_minute - begins) for p in problem.preceding),
    )
