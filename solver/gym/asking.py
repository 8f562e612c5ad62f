"""One member's week, asked of the search: questions that do not depend on each other, to be answered side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.domain.outcome import NoneWithin, Solved, TimedOut
from solver.gym.bound import tightened
from solver.pipeline import optimise_within

if TYPE_CHECKING:
    from solver.conditions import Condition
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem, SolveBudget

Answer = Solved | NoneWithin | TimedOut


@dataclass(frozen=True)
class Question:
    """A week to be searched from `start`, under the first of `attempts` that it meets; each is a set of conditions.

    `bounded`: how good a week of this request can be at best is to be told with it, as well as can be told at once.
    """

    problem: Problem
    budget: SolveBudget
    start: Plan | None = None
    attempts: tuple[tuple[Condition, ...], ...] = ((),)
    bounded: bool = False


def answer(question: Question) -> Answer:
    """The best week found, or what came of the last attempt."""
    problem, budget = question.problem, question.budget
    for conditions in question.attempts:
        outcome = optimise_within(problem, budget, start=question.start, conditions=conditions)
        if isinstance(outcome, Solved):
            return tightened(problem, outcome, budget.time_limit_seconds) if question.bounded else outcome
    return outcome


Each = Callable[[Callable[[Question], Answer], Sequence[Question]], Iterable[Answer]]
"""Answers questions in their order: `map`, or that of a pool of threads; the search leaves the interpreter free."""


def one_by_one(ask: Callable[[Question], Answer], questions: Sequence[Question]) -> Iterable[Answer]:
    """Answers in this process, one after the other."""
    return map(ask, questions)
