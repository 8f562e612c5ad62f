"""Ladders from week to week, each week with the reason for its stage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.blocks.schemas import LadderPathResponse
from service.plans.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalog.schema import Ladder
    from solver.blocks.domain import BlockWeek


def path_of(ladder: Ladder, weeks: Sequence[BlockWeek]) -> LadderPathResponse:
    """One ladder through all weeks."""
    return LadderPathResponse(
        ladder=ladder.id,
        name=ladder.name,
        strict=ladder.strict,
        stages=[week.stages[ladder.id] for week in weeks],
        sessions=[week.sessions[ladder.id] for week in weeks],
        reasons=list(_reasons(ladder, weeks)),
    )


def _reasons(ladder: Ladder, weeks: Sequence[BlockWeek]) -> Iterator[str]:
    needed = {rung.stage: rung.min_sessions_before_advancing for rung in ladder.stages}
    done = 0
    for week in weeks:
        stage = week.stages[ladder.id]
        entered = next((step for step in week.advances if step.ladder == ladder.id), None)
        if week.number == 1:
            yield f"Begins at stage {stage}."
        elif entered is not None:
            done = 0
            done_of = f"{entered.sessions} of {counted(entered.needed, 'session')}"
            yield f"Enters stage {stage}: {done_of} on stage {entered.before}."
        elif stage == max(needed):
            yield f"Stays at stage {stage}, the last."
        elif done < needed[stage]:
            yield f"Stays at stage {stage}: {done} of {counted(needed[stage], 'session')} on it."
        elif week.deload:
            yield f"Stays at stage {stage}: none is entered while unloading."
        else:
            yield f"Stays at stage {stage}: the next has no exercise that is possible here."
        done += week.sessions[ladder.id]
