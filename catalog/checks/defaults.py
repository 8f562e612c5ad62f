"""The defaults of a request name what exists and cover every case."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING, get_args

from catalog.schema import Experience

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.faults import Fault
    from catalog.records import Located, Records
    from catalog.schema import Defaults

HIGHEST_PRIORITY = 3
HIGHEST_SKILL = 3


def check_defaults(records: Records) -> Iterator[Fault]:
    """Every experience has a stage on every ladder, a skill and a scale; slots, place and priorities are valid."""
    if records.defaults is None:
        return
    item = records.defaults
    yield from _slots(item)
    if item.record.place.equipment not in records.presets.ids:
        yield item.fault(f"unknown preset {item.record.place.equipment}", "place", "equipment")
    yield from _per_experience(item)
    yield from _stages(item, records)
    for muscle, priority in item.record.priorities.items():
        if muscle not in records.muscles.ids:
            yield item.fault(f"unknown muscle {muscle}", "priorities", muscle)
        if not 0 <= priority <= HIGHEST_PRIORITY:
            yield item.fault(f"a priority is 0 to {HIGHEST_PRIORITY}", "priorities", muscle)


def _slots(item: Located[Defaults]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, slot in enumerate(item.record.slots):
        if slot.id in seen:
            yield item.fault(f"the id {slot.id} is already taken", "slots", index, "id")
        seen.add(slot.id)
        try:
            time.fromisoformat(slot.start)
        except ValueError:
            yield item.fault(f"{slot.start} is no time of day", "slots", index, "start")
        if slot.minutes <= 0:
            yield item.fault("a slot lasts at least a minute", "slots", index, "minutes")


def _per_experience(item: Located[Defaults]) -> Iterator[Fault]:
    for field in ("ladder_stages", "skill_level", "volume_scale_percent"):
        for experience in get_args(Experience):
            if experience not in getattr(item.record, field):
                yield item.fault(f"nothing is said for {experience}", field)
    for experience, skill in item.record.skill_level.items():
        if not 1 <= skill <= HIGHEST_SKILL:
            yield item.fault(f"a skill level is 1 to {HIGHEST_SKILL}", "skill_level", experience)
    for experience, percent in item.record.volume_scale_percent.items():
        if percent <= 0:
            yield item.fault("a scale is above 0 %", "volume_scale_percent", experience)


def _stages(item: Located[Defaults], records: Records) -> Iterator[Fault]:
    last = {ladder.record.id: len(ladder.record.stages) for ladder in records.ladders.records}
    for experience, stages in item.record.ladder_stages.items():
        for ladder in sorted(records.ladders.ids - set(stages)):
            yield item.fault(f"no stage on the ladder {ladder}", "ladder_stages", experience)
        for ladder, stage in stages.items():
            if ladder not in records.ladders.ids:
                yield item.fault(f"unknown ladder {ladder}", "ladder_stages", experience, ladder)
            elif ladder in last and not 1 <= stage <= last[ladder]:
                yield item.fault(
                    f"the ladder {ladder} has stages 1 to {last[ladder]}", "ladder_stages", experience, ladder
                )
