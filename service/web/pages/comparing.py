"""Two to four plans side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.terminal.words import minutes, number, percent, sentence
from service.web.pages.change_list import changed_sessions
from service.web.parts.body.shading import ShadedFigure, ShadedMuscle, shade_of, shaded
from service.web.parts.certificate import in_signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from service.comparisons.schemas import ComparisonResponse
    from service.comparisons.schemas.response import (
        ComparedPlanResponse,
        MetricRow,
        MuscleOfPlanResponse,
        MuscleRow,
        RuleRow,
        SessionTimeResponse,
    )
    from service.plans.schemas.response import Number
    from service.web.pages.change_list import ChangedSession
    from service.web.pages.sessions import SlotName

MOST_PLANS = 4
ENDINGS = {"optimal": "proven best", "feasible": "best found", "cancelled": "best found until stopped"}
_FIRST = ("score", "bound", "seconds", "sessions", "longest_session", "exercises", "sets", "fatigue", "equipment")
"""Figures that stand on the page at once; the others can be unfolded."""


@dataclass(frozen=True)
class Cell:
    """A value of one plan."""

    text: str
    best: bool = False
    """It is the best of its row."""
    bad: bool = False
    """A rule that is not kept."""
    words: str = ""
    """What was measured, in a sentence."""


@dataclass(frozen=True)
class Row:
    """One figure or rule of every plan."""

    name: str
    note: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class MuscleBar:
    """A muscle's sets in one plan, against its numbers."""

    sets: float
    min: float
    target: float
    max: float
    pursued: bool
    shade: int
    """As on the figure."""

    @property
    def short(self) -> bool:
        """Whether a muscle that is trained for its own sake stays below its minimum."""
        return self.pursued and self.sets < self.min


@dataclass(frozen=True)
class MuscleBars:
    """A muscle in every plan; None where it is unknown."""

    id: str
    name: str
    bars: tuple[MuscleBar | None, ...]


@dataclass(frozen=True)
class ComparedColumn:
    """One of the plans."""

    id: str
    label: str
    ending: str
    created_at: str
    sessions: tuple[SessionTimeResponse, ...]
    statement: str | None
    """What it costs and gains against the baseline; None for the baseline."""
    changes: tuple[ChangedSession, ...]
    readable: bool
    """False where the list of changes cannot be told."""


@dataclass(frozen=True)
class ComparePage:
    """The plans side by side, the others held against the baseline."""

    baseline: str
    columns: tuple[ComparedColumn, ...]
    figures: tuple[Row, ...]
    more: tuple[Row, ...]
    mistakes: tuple[Row, ...]
    limits: tuple[Row, ...]
    muscles: tuple[MuscleBars, ...]
    bodies: tuple[ShadedFigure, ...]
    """One for each column."""
    notes: tuple[str, ...]

    @property
    def base_label(self) -> str:
        """What the baseline is called."""
        return next(column.label for column in self.columns if column.id == self.baseline)


def compare_page(found: ComparisonResponse, names: Mapping[str, SlotName], exercises: Mapping[str, str]) -> ComparePage:
    """The page of a comparison."""
    rules = [(_rule(row, found.plans), row.mistake) for row in found.rules if any(row.holds)]
    figures = [(_figure(row, found.plans), row.metric) for row in found.metrics]
    muscles = tuple(_muscle(row) for row in found.volume)
    return ComparePage(
        baseline=found.baseline,
        columns=tuple(_column(plan, names, exercises) for plan in found.plans),
        figures=tuple(row for row, metric in figures if metric in _FIRST),
        more=tuple(row for row, metric in figures if metric not in _FIRST),
        mistakes=tuple(row for row, mistake in rules if mistake is not None),
        limits=tuple(row for row, mistake in rules if mistake is None),
        muscles=muscles,
        bodies=tuple(_body(muscles, number) for number in range(len(found.plans))),
        notes=tuple(note.statement for note in found.not_comparable),
    )


def _column(plan: ComparedPlanResponse, names: Mapping[str, SlotName], exercises: Mapping[str, str]) -> ComparedColumn:
    against = plan.against_baseline
    changes = () if against is None else against.changes or ()
    return ComparedColumn(
        id=plan.id,
        label=plan.label,
        ending=ENDINGS[plan.status],
        created_at=plan.created_at,
        sessions=tuple(plan.sessions),
        statement=None if against is None else sentence(against.statement),
        changes=changed_sessions(changes, names, exercises),
        readable=against is None or against.changes is not None,
    )


def _figure(row: MetricRow, plans: Sequence[ComparedPlanResponse]) -> Row:
    note = "" if row.comparable else "not measured alike"
    texts = [value_text(row, value) for value in row.values]
    # Seconds may differ where minutes do not: then no plan is shown as the better one.
    best = set(row.best) if len(set(texts)) > 1 else set()
    return Row(row.name, note, tuple(Cell(text, best=plan.id in best) for text, plan in zip(texts, plans, strict=True)))


def value_text(row: MetricRow, value: Number | None) -> str:
    """A value of a figure as a page shows it."""
    if value is None:
        return "not known"
    if row.unit == "seconds":
        return f"{minutes(round(value))} min"
    if row.unit == "share":
        return percent(value)
    if row.unit == "ratio":
        return f"{number(value)} : 1"
    return number(value)


def _rule(row: RuleRow, plans: Sequence[ComparedPlanResponse]) -> Row:
    note = "" if row.unit is None else f"{row.unit} to the limit"
    return Row(row.title, note, tuple(_rule_cells(row, plans)))


def _rule_cells(row: RuleRow, plans: Sequence[ComparedPlanResponse]) -> Iterable[Cell]:
    for index in range(len(plans)):
        slack, holds = row.slack[index], row.holds[index]
        if holds is None:
            text = "not measured"
        elif row.waived[index]:
            text = "waived"
        elif not holds:
            text = "not kept"
        else:
            text = "kept" if slack is None else f"{number(slack)} to spare" if slack else "just kept"
        yield Cell(text, bad=holds is False, words=in_signs(row.statements[index]))


def _muscle(row: MuscleRow) -> MuscleBars:
    return MuscleBars(row.muscle, row.name, tuple(None if one is None else _bar(one) for one in row.plans))


def _bar(one: MuscleOfPlanResponse) -> MuscleBar:
    return MuscleBar(one.sets, one.min, one.target, one.max, one.pursued, shade_of(one.stimulus, one.target))


def _body(muscles: Sequence[MuscleBars], number: int) -> ShadedFigure:
    return shaded(
        ShadedMuscle(muscle.id, muscle.name, bar.sets, bar.target, bar.shade)
        for muscle in muscles
        if (bar := muscle.bars[number]) is not None
    )
