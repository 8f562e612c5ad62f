"""A replanned week as people read it: what changes, what could not be kept, and the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from service.terminal.answer import answer, conflict
from service.terminal.report import bullets, heading
from service.terminal.words import number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import RenderableType

    from catalog.schema import Exercise
    from service.plans.schemas import PlanResponse
    from service.replans.schemas import ReplanAnswer


def report(
    found: ReplanAnswer | None, week: PlanResponse | None, exercises: Mapping[str, Exercise], *, columns: int
) -> RenderableType:
    """Everything a person wants to see, laid out for `columns` columns."""
    if found is None:
        return Text("No week yet: time ended first, or the search was stopped. A longer --time-limit may find one.")
    if week is None:
        return conflict(found)
    parts: list[RenderableType] = [_distance(found), *_changes(found, exercises)]
    told = [
        *(f"{one.statement} {one.because} [{one.rule}]" for one in (*found.broken, *found.unkept)),
        *found.below_minimum,
        *(f"{one.reason} {one.restored_by} [{one.rule}, waived]" for one in found.waived),
    ]
    if told:
        parts += [Text(), heading("Not kept"), bullets(told)]
    return Group(*parts, Text(), answer(week, exercises, columns=columns))


def _distance(found: ReplanAnswer) -> Text:
    assert found.distance is not None
    assert found.score is not None
    way = found.distance
    near = "proven nearest" if way.value == way.bound else f"at least {way.bound}"
    decided = way.value - way.given
    score = f"score {number(found.score.before)} as it stands, {number(found.score.after)} now"
    return Text(
        f"Changes weigh {decided} beside what has happened ({way.value} in all, {near}); {score}.", style="bold"
    )


def _changes(found: ReplanAnswer, exercises: Mapping[str, Exercise]) -> list[RenderableType]:
    """What happened in a line, then every decision."""
    gone = [one.before for one in found.changes if one.given and one.before is not None]
    names = ", ".join(f"{exercises[entry.exercise].name} ({entry.slot})" for entry in gone)
    parts: list[RenderableType] = [Text(), heading("Not done")] if gone else []
    if gone:
        parts.append(bullets([f"{names}."]))
    decided = [one.statement for one in found.relocated]
    decided += [one.statement for one in found.changes if not one.given]
    return [*parts, Text(), heading("Changes"), bullets(decided or ["Nothing else changes."])]
