"""Muscles' landmarks, presets and the closed vocabularies."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from catalog.checks.exercises import NO_EQUIPMENT
from catalog.schema import Stress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.faults import Fault
    from catalog.records import Located, Records
    from catalog.schema import Muscle


def check_vocabulary(records: Records) -> Iterator[Fault]:
    """Landmarks rise from minimum to maximum, presets hold `none`, the stress tags are those the schema knows."""
    for muscle in records.muscles.records:
        yield from _landmarks(muscle)
    for preset in records.presets.records:
        if NO_EQUIPMENT not in preset.record.equipment:
            yield preset.fault(f"{NO_EQUIPMENT} is available everywhere", "equipment")
    known = frozenset(get_args(Stress))
    for tag in records.stress_tags.records:
        if tag.record.id not in known:
            yield tag.fault(f"the schema knows no stress {tag.record.id}", "id")


def _landmarks(item: Located[Muscle]) -> Iterator[Fault]:
    muscle = item.record
    rising = (
        ("weekly_min_sets", "weekly_target_sets"),
        ("weekly_target_sets", "weekly_max_sets"),
        ("max_sets_per_session", "weekly_max_sets"),
        ("recovery_free_sets_per_day", "max_sets_per_session"),
        ("recovery_hours", "recovery_hours_conservative"),
    )
    for lower, upper in rising:
        if getattr(muscle, lower) > getattr(muscle, upper):
            yield item.fault(f"{lower} {getattr(muscle, lower)} is above {upper} {getattr(muscle, upper)}", lower)
