"""One plain sentence for each change: what becomes of what, and because of which numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.change_wording import change_in_words

if TYPE_CHECKING:
    from solver.domain.problem import Problem
    from solver.repair.outcome import Reason, ReasonedChange

REASONS_SHOWN = 2


def sentence(problem: Problem, reasoned: ReasonedChange) -> str:
    """The change in words, the slot by its id, with up to two of its reasons.

    Like "tue: Barbell shrug, 4 sets -> Prone Y raise, 3 sets, because the week has 0 direct lower-trapezius sets ...".
    """
    said = change_in_words(problem, reasoned.change)
    reasons = because(problem, reasoned)
    if not reasons:
        return f"{said}; no rule needs this, a nearer week may exist."
    return f"{said}, because {reasons}."


def because(problem: Problem, reasoned: ReasonedChange) -> str:
    """Up to two of the reasons of a change, inside a sentence; empty when it has none."""
    mended = [reason for reason in reasoned.reasons if reason.mended]
    reasons = (mended or list(reasoned.reasons))[:REASONS_SHOWN]
    return "; ".join(_because(problem, reason) for reason in reasons)


def _because(problem: Problem, reason: Reason) -> str:
    """The statement inside a sentence; names of exercises keep their capital."""
    told = reason.statement.rstrip(".")
    if not any(told.startswith(exercise.name) for exercise in problem.exercises):
        told = told[0].lower() + told[1:]
    return told if reason.mended else f"otherwise {told}"
