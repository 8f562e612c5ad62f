"""A second opinion on a whole block, from the rules alone: exact arithmetic, no solver, nothing of the planner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.blocks.verifier import ladders, recovery, stability, targets, unloading, weeks
from solver.rulebook import BLOCK_RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from solver.blocks.domain import BlockProblem, BlockWeek
    from solver.domain.outcome import CertificateLine

    Check = Callable[[BlockProblem, Sequence[BlockWeek]], CertificateLine]

CHECKS: Mapping[str, Check] = {
    weeks.RULE: weeks.check,
    targets.RULE: targets.check,
    unloading.RULE: unloading.check,
    ladders.RULE: ladders.check,
    recovery.MUSCLE: recovery.check_muscles,
    recovery.AXIAL: recovery.check_spine,
    stability.RULE: stability.check,
}


def certify_block(block: BlockProblem, planned: Sequence[BlockWeek]) -> tuple[CertificateLine, ...]:
    """Measure a block against every rule of a block: exactly one line per rule, in the order of the rulebook."""
    return tuple(CHECKS[rule.id](block, planned) for rule in BLOCK_RULES)


__all__ = ["CHECKS", "certify_block"]
