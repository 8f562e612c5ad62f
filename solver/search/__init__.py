"""The search for the best week of a model: one function, `search`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.search.lexicographic import Found, NoPlan, Search

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.domain.outcome import Progress
    from solver.domain.plan import Plan
    from solver.domain.problem import SolveBudget
    from solver.model import BuiltModel
    from solver.watch import Watch


def search(
    built: BuiltModel,
    budget: SolveBudget,
    watch: Watch,
    on_progress: Callable[[Progress], None] | None = None,
    start: Plan | None = None,
) -> Found | NoPlan:
    """The lexicographically best plan of a model with the proven bound of every tier, within the watch's budget.

    `start`: a week to begin from. It need not be one of the model's; the nearer it is to one, the sooner it helps.
    """
    return Search(built, watch, budget.gap, budget.seed, on_progress, start).run()


__all__ = ["Found", "NoPlan", "search"]
