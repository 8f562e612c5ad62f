"""Which rules of a collision a person would rather read: the caller's own words first, the guide's defaults last."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from solver.domain.kinds import DEADLIFT
from solver.rulebook import RULE_BY_ID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.domain.problem import Problem
    from solver.guard import Name


class Rank(IntEnum):
    """Where a rule of a conflict comes from, the most telling first."""

    STATED = 0
    """A wish, a pin, an exclusion, a stage or a parameter of the request."""
    CIRCUMSTANCE = 1
    """What is there: minutes, equipment, how far the athlete is."""
    LIMIT = 2
    """A limit by its default number."""
    GUIDE = 3
    """One of the guide's six mistakes by its default number."""


_ALWAYS_STATED = frozenset({"athlete.must_include", "athlete.exclusions", "plan.pinned", "volume.weekly_min"})
_CIRCUMSTANCES = frozenset({"time.session", "equipment.available", "athlete.skill", "athlete.prerequisite"})


def rank_of(problem: Problem, name: Name) -> Rank:
    """Where a rule with its subject comes from in this problem."""
    if name.rule in _ALWAYS_STATED or _stated(problem, name):
        return Rank.STATED
    if name.rule in _CIRCUMSTANCES:
        return Rank.CIRCUMSTANCE
    return Rank.LIMIT if RULE_BY_ID[name.rule].mistake is None else Rank.GUIDE


def weight_of(problem: Problem, names: Iterable[Name]) -> tuple[int, int]:
    """How much there is to read: less is better. A default counts half as much again as what the request says."""
    ranks = [rank_of(problem, name) for name in names]
    return sum(2 if rank <= Rank.CIRCUMSTANCE else 3 for rank in ranks), len(ranks)


def _stated(problem: Problem, name: Name) -> bool:
    """Whether the request says it in so many words: by a parameter, or by the stage of a ladder."""
    subject, stated = name.subject, problem.rules.stated
    if subject.kind == "ladder" and subject.id in problem.athlete.stated_stages:
        return True
    if (name.rule, subject.id) == ("progression.deadlift", "current stage"):
        return DEADLIFT in problem.athlete.stated_stages
    if subject.kind == "muscle":
        return not stated.isdisjoint({f"{name.rule}:{subject.id}", f"{name.rule}:hours.{subject.id}"})
    if subject.kind not in ("part", "rule"):
        return False
    if f"{name.rule}:{subject.id}" in stated:
        return True
    moving = (p.name for p in RULE_BY_ID[name.rule].parameters if p.moves == subject.id)
    return any(f"{name.rule}:{parameter}" in stated for parameter in moving)
