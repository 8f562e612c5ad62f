"""Training blocks: weeks in a row that ramp, unload and climb the ladders, and change no more than they have to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.blocks.domain import FEWEST_WEEKS, MOST_WEEKS, BlockOutcome, BlockProblem, BlockProgress
from solver.blocks.planner import Planner

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.domain.problem import SolveBudget


def plan_block(
    block: BlockProblem,
    budget: SolveBudget,
    *,
    on_progress: Callable[[BlockProgress], None] | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> BlockOutcome:
    """The weeks of a block one after the other, each verified, and the whole verified by checks of its own.

    The budget is for all weeks together. Greedy: a week is never changed for the sake of a later one. `on_progress` is
    called from solver threads; when `is_cancelled` turns true, the search stops within half a second and the answer is
    the weeks planned so far; where there are none yet, but their pattern is, the first is made of it, a moment later.

    Raises ValueError for a number of weeks out of range, InvalidPlanError when a verifier rejects what was planned: a
    fault of ours, never an answer.
    """
    if not FEWEST_WEEKS <= block.weeks <= MOST_WEEKS:
        raise ValueError(f"a block has {FEWEST_WEEKS} to {MOST_WEEKS} weeks, not {block.weeks}")
    return Planner(block, budget, on_progress, is_cancelled).run()


__all__ = ["BlockOutcome", "BlockProblem", "BlockProgress", "plan_block"]
