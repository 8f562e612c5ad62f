"""Weeks to choose from: clearly different ones, or a front on which one goal is traded for another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from service.terminal.words import number, sentence
from service.variants.schemas import (
    DEFAULT_DIFFERENCE,
    DEFAULT_SCORE_LOSS,
    DEFAULT_WEEKS,
    MOST_SCORE_LOSS,
    TIME_LIMIT_SECONDS,
)
from service.web.parts.front import front_chart
from solver.pareto import GoalName
from solver.variants import FEWEST_WEEKS, MOST_WEEKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from service.variants.schemas import ChoiceResponse, FrontPointResponse, VariantsAnswer
    from service.web.parts.front import FrontChart

GOALS: Mapping[GoalName, str] = {
    "stimulus": "Score: every muscle's targets",
    "minutes": "Fewer minutes",
    "sessions": "Fewer sessions",
    "fatigue": "Less fatigue",
    "equipment": "Fewer items of equipment",
}
assert set(GOALS) == set(get_args(GoalName))
HEADS: Mapping[GoalName, str] = {
    "stimulus": "Score",
    "minutes": "Minutes",
    "sessions": "Sessions",
    "fatigue": "Fatigue",
    "equipment": "Items",
}
_TIMES = (15, TIME_LIMIT_SECONDS, 60)


@dataclass(frozen=True)
class ChoosingForm:
    """What can be asked about a plan's request."""

    plan: str
    weeks: tuple[int, ...]
    usual_loss: float
    largest_loss: float
    differences: tuple[tuple[str, str, bool], ...]
    """(value, words, usual)"""
    usual_weeks: int
    goals: tuple[tuple[str, str, bool], ...]
    times: tuple[int, ...]
    usual_time: int
    faults: tuple[str, ...]


def choosing_form(plan: str, faults: Sequence[str] = ()) -> ChoosingForm:
    """The form about a plan."""
    shares = {"0.2": "A little: a fifth", "0.4": "Clearly: two fifths", "0.6": "Very: three fifths"}
    return ChoosingForm(
        plan=plan,
        weeks=tuple(range(FEWEST_WEEKS, MOST_WEEKS + 1)),
        usual_loss=DEFAULT_SCORE_LOSS,
        largest_loss=MOST_SCORE_LOSS,
        differences=tuple((value, words, float(value) == DEFAULT_DIFFERENCE) for value, words in shares.items()),
        usual_weeks=DEFAULT_WEEKS,
        goals=tuple((goal, words, goal in ("stimulus", "minutes")) for goal, words in GOALS.items()),
        times=_TIMES,
        usual_time=TIME_LIMIT_SECONDS,
        faults=tuple(faults),
    )


@dataclass(frozen=True)
class ChoiceCard:
    """One of the weeks."""

    place: int
    plan: str
    score: str
    bound: str
    proven: bool
    minutes: str
    sessions: int
    sets: int
    fatigue: int
    items: int
    difference: str
    statement: str


@dataclass(frozen=True)
class FrontRow:
    """A week of the front, goal by goal."""

    place: int
    plan: str
    values: tuple[str, ...]
    proven: bool


@dataclass(frozen=True)
class ChoicePage:
    """The weeks, and with goals the front that they make."""

    study: str
    plan: str | None
    statement: str
    weeks: tuple[ChoiceCard, ...]
    heads: tuple[str, ...]
    """Names of the goals; empty without a front."""
    front: tuple[FrontRow, ...]
    chart: FrontChart | None
    unexplored: tuple[str, ...]


def choice_page(study: str, answer: VariantsAnswer) -> ChoicePage:
    """The page of an answer with weeks."""
    front = answer.front
    return ChoicePage(
        study=study,
        plan=None,
        statement=sentence(answer.statement),
        weeks=tuple(_card(place, week) for place, week in enumerate(answer.weeks, 1)),
        heads=() if front is None else tuple(HEADS[goal] for goal in front.goals),
        front=() if front is None else tuple(_row(place, point) for place, point in enumerate(front.points, 1)),
        chart=None if front is None else front_chart(front.points),
        unexplored=() if front is None else tuple(part.statement for part in front.unexplored),
    )


def _card(place: int, week: ChoiceResponse) -> ChoiceCard:
    figures = week.figures
    return ChoiceCard(
        place=place,
        plan=week.plan,
        score=number(round(week.score.value, 2)),
        bound=number(round(week.score.bound, 2)),
        proven=week.proven,
        minutes=number(figures.minutes),
        sessions=figures.sessions,
        sets=figures.sets,
        fatigue=figures.fatigue,
        items=len([item for item in figures.equipment if item != "none"]),
        difference=f"{100 * week.difference:.0f} %",
        statement=sentence(week.statement),
    )


def _row(place: int, point: FrontPointResponse) -> FrontRow:
    values = tuple(number(round(goal.value, 2)) for goal in point.goals)
    return FrontRow(place, point.plan, values, point.proven)
