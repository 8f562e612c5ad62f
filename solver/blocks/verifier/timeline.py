"""All sessions of a block in one row, on one clock."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from solver.domain.problem import MINUTES_PER_WEEK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catalog.schema import Exercise
    from solver.blocks.domain import BlockWeek


@dataclass(frozen=True)
class Trained:
    """A session of the block: `minute` counts from the start of week 1."""

    week: int
    slot: str
    minute: int
    entries: tuple[tuple[Exercise, int], ...]

    @property
    def name(self) -> str:
        return f"'{self.slot}' of week {self.week}"

    @cached_property
    def quarters(self) -> Mapping[str, int]:
        """Quarter sets of training volume per muscle."""
        total: Counter[str] = Counter()
        for exercise, sets in self.entries:
            for muscle, quarters in exercise.volume_quarters.items():
                total[muscle] += sets * quarters
        return total


def timeline(planned: Sequence[BlockWeek]) -> tuple[Trained, ...]:
    """Every session of every week, in time order."""
    sessions = (
        Trained(
            week.number,
            session.slot,
            (week.number - 1) * MINUTES_PER_WEEK + week.problem.slot_by_id[session.slot].start_minute,
            tuple((week.problem.exercise_by_id[entry.exercise], entry.sets) for entry in session.entries),
        )
        for week in planned
        for session in week.solved.plan.sessions
    )
    return tuple(sorted(sessions, key=lambda session: session.minute))
