"""One exercise at a time: its fields agree with each other."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from catalog.faults import Fault
    from catalog.records import Located, Records
    from catalog.schema import Exercise

NO_EQUIPMENT = "none"
SPINAL_LOAD_FROM = 2
"""Axial load from which an exercise carries the stress tag `spinal_load`."""
MOBILITY_SLOT = 1
SKILL_SLOT = 2
RATIO_UNITS = {"compound": 2, "isolation": 1}
"""Units a set counts in the pull-to-push ratios (rules `balance.*`)."""


def check_exercises(records: Records) -> Iterator[Fault]:
    """No exercise contradicts itself."""
    for item in records.exercises.records:
        for check in _CHECKS:
            yield from check(item)


def _spans(item: Located[Exercise]) -> Iterator[Fault]:
    for field, span in (("repetitions", item.record.repetitions), ("sets", item.record.sets)):
        if span.min > span.max:
            yield item.fault(f"min {span.min} is above max {span.max}", field)


def _muscles(item: Located[Exercise]) -> Iterator[Fault]:
    if not item.record.primary_muscles:
        yield item.fault("no primary muscle", "primary_muscles")
    for muscle in item.record.secondary_muscles:
        if muscle in item.record.primary_muscles:
            yield item.fault(f"{muscle} is primary as well as secondary", "secondary_muscles", muscle)


def _dose(item: Located[Exercise]) -> Iterator[Fault]:
    exercise = item.record
    if exercise.is_isometric != (exercise.dose_unit == "hold"):
        yield item.fault("isometric exercises, and only they, are dosed as holds", "is_isometric")
    if (exercise.hold_seconds > 0) != (exercise.dose_unit != "reps"):
        yield item.fault("holds and timed sets, and only they, have hold_seconds", "hold_seconds")
    sides = 2 if exercise.unilateral else 1
    if exercise.hold_seconds * exercise.repetitions.min * sides > exercise.seconds_per_set:
        yield item.fault("a set is shorter than the holds in it", "seconds_per_set")


def _ratio(item: Located[Exercise]) -> Iterator[Fault]:
    exercise = item.record
    expected = 0 if exercise.ratio_group == "none" else RATIO_UNITS.get(exercise.mechanic, 0)
    if exercise.ratio_units != expected:
        yield item.fault(
            f"{exercise.mechanic} in ratio group {exercise.ratio_group} counts {expected} units", "ratio_units"
        )
    if exercise.ratio_group != "none" and exercise.push_pull == "neutral":
        yield item.fault("an exercise in a ratio group pushes or pulls", "push_pull")


def _drill(item: Located[Exercise]) -> Iterator[Fault]:
    exercise = item.record
    if exercise.is_drill and exercise.counts_as_hard_set:
        yield item.fault("a drill is never a hard set", "counts_as_hard_set")
    if exercise.is_drill and exercise.ratio_group != "none":
        yield item.fault("a drill is in no ratio group", "ratio_group")
    if exercise.thoracic != "none" and not exercise.is_drill:
        yield item.fault("thoracic mobility is a drill", "thoracic")
    if exercise.is_hinge_drill and not (exercise.is_drill and exercise.pattern == "hip_hinge"):
        yield item.fault("a hinge drill is a drill of the pattern hip_hinge", "is_hinge_drill")


def _hinge(item: Located[Exercise]) -> Iterator[Fault]:
    exercise = item.record
    if exercise.barbell_hinge and (exercise.is_drill or exercise.pattern != "hip_hinge"):
        yield item.fault("a barbell hinge is a working exercise of the pattern hip_hinge", "barbell_hinge")
    if exercise.floor_pull and not exercise.barbell_hinge:
        yield item.fault("a pull from the floor is a barbell hinge", "floor_pull")


def _place(item: Located[Exercise]) -> Iterator[Fault]:
    """Sessions are ordered by slot, and in that order every drill comes before the work it prepares."""
    exercise = item.record
    if exercise.is_drill and exercise.thoracic != "none" and exercise.session_slot != MOBILITY_SLOT:
        yield item.fault(f"thoracic drills open the session, slot {MOBILITY_SLOT}", "session_slot")
    if exercise.is_drill and exercise.is_hinge_drill and exercise.session_slot > SKILL_SLOT:
        yield item.fault(f"hinge drills come before all hinges, slot {SKILL_SLOT} or earlier", "session_slot")
    if not exercise.is_drill and exercise.session_slot == MOBILITY_SLOT:
        yield item.fault(f"slot {MOBILITY_SLOT} is for drills", "session_slot")
    if not exercise.is_drill and exercise.pattern == "hip_hinge" and exercise.session_slot <= SKILL_SLOT:
        yield item.fault(f"working hinges come after the hinge drills, slot {SKILL_SLOT + 1} or later", "session_slot")


def _row(item: Located[Exercise]) -> Iterator[Fault]:
    if (item.record.row_type == "none") != (item.record.row_implement == "none"):
        yield item.fault("rows, and only rows, have an implement", "row_implement")


def _stress(item: Located[Exercise]) -> Iterator[Fault]:
    if ("spinal_load" in item.record.stress) != (item.record.axial_load >= SPINAL_LOAD_FROM):
        yield item.fault(f"spinal_load is the tag of axial load {SPINAL_LOAD_FROM} and more", "stress")


def _equipment(item: Located[Exercise]) -> Iterator[Fault]:
    alternatives = item.record.equipment
    for index, alternative in enumerate(alternatives):
        if not alternative:
            yield item.fault(f"an alternative without items is spelled {NO_EQUIPMENT}", "equipment", index)
        if len(set(alternative)) < len(alternative):
            yield item.fault("an item is named twice", "equipment", index)
        if NO_EQUIPMENT in alternative and len(alternative) > 1:
            yield item.fault(f"{NO_EQUIPMENT} stands alone", "equipment", index)
    needed = [frozenset(alternative) - {NO_EQUIPMENT} for alternative in alternatives]
    for (_, earlier), (index, later) in combinations(enumerate(needed), 2):
        if earlier <= later:
            yield item.fault("never chosen: an earlier alternative needs no more than this one", "equipment", index)


_CHECKS: tuple[Callable[[Located[Exercise]], Iterator[Fault]], ...] = (
    _spans,
    _muscles,
    _dose,
    _ratio,
    _drill,
    _hinge,
    _place,
    _row,
    _stress,
    _equipment,
)
