"""The week of every muscle: a row with a bar, and a shade on the figure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.plans.phrases import sets_of
from service.terminal.words import number, plain
from service.web.parts.body.shading import ShadedFigure, ShadedMuscle, shade_of, shaded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catalog.catalog import Catalog
    from service.plans.schemas.response import PlanResponse, VolumeResponse
    from service.web.parts.tracing import Traced, Tracing

_REGIONS = {"upper": "Upper body", "trunk": "Trunk", "lower": "Lower body"}


@dataclass(frozen=True)
class MuscleRow:
    """A muscle's week. Places on the bar are shares of its length, which is the weekly maximum or what is beyond."""

    id: str
    name: str
    sets: Traced
    minimum: int
    target: float
    maximum: int
    shade: int
    """Place in `SHADES` of the figure."""
    bar: float
    counted: float
    """The part of the bar that counts in full; less than all of it where exercises are too easy for the athlete."""
    least: float
    aim: float
    most: float
    words: str
    """What there is to say beyond the numbers; empty where they say it all."""

    @property
    def short(self) -> bool:
        """Whether the muscle stays below its minimum."""
        return self.sets.value < self.minimum


@dataclass(frozen=True)
class Volume:
    """All muscles: as rows by region, and as a figure."""

    regions: Mapping[str, tuple[MuscleRow, ...]]
    """Name of the region -> its muscles."""
    figure: ShadedFigure


def volume_of(plan: PlanResponse, catalog: Catalog, tracing: Tracing) -> Volume:
    """The volume of a plan that has a week."""
    rows = [(told, _row(told, catalog, tracing)) for told in plan.volume]
    regions = {
        name: tuple(row for told, row in rows if _region(told, catalog) == id_) for id_, name in _REGIONS.items()
    }
    figure = shaded(
        ShadedMuscle(row.id, row.name, row.sets.value, row.target, row.shade, row.sets.keys) for _, row in rows
    )
    return Volume({name: found for name, found in regions.items() if found}, figure)


def _region(told: VolumeResponse, catalog: Catalog) -> str:
    muscle = catalog.muscles.get(told.muscle)
    return muscle.region if muscle else "upper"


def _row(told: VolumeResponse, catalog: Catalog, tracing: Tracing) -> MuscleRow:
    muscle = catalog.muscles.get(told.muscle)
    length = max(told.max, told.sets, told.target, 1)
    return MuscleRow(
        id=told.muscle,
        name=muscle.name if muscle else plain(told.muscle).capitalize(),
        sets=tracing.muscle(told.muscle, told.sets),
        minimum=told.min,
        target=told.target,
        maximum=told.max,
        shade=shade_of(told.stimulus, told.target),
        bar=told.sets / length,
        counted=told.stimulus / length,
        least=told.min / length,
        aim=told.target / length,
        most=told.max / length,
        words=_words(told),
    )


def _words(told: VolumeResponse) -> str:
    said = []
    if told.sets < told.min:
        said.append(f"below its minimum of {sets_of(told.min)}")
    if told.stimulus < told.sets:
        said.append(f"counts as {number(told.stimulus)}: some of it is easy for you")
    if not told.pursued:
        said.append("not pursued")
    return "; ".join(said)
