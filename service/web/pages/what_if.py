"""What changes of a request would buy, the most gained first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.plans.mapping.week import DAYS
from service.terminal.words import sentence
from service.whatif.schemas import TIME_LIMIT_SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.catalog import Catalog
    from service.whatif.schemas import Verdict, WhatIfAnswer, WhatIfOptionResponse

VERDICTS: dict[Verdict, str] = {
    "gain": "Gain, proven",
    "loss": "Loss, proven",
    "none": "Nothing, proven",
    "unproven": "Not proven",
    "impossible": "No week left",
    "unknown": "No week found",
    "unanswered": "No time for it",
}
_SEARCHES = {15: "15 seconds: a first idea", 30: "30 seconds", TIME_LIMIT_SECONDS: "A minute", 180: "Three minutes"}
_USUAL_SEARCH = 30
_MINUTES = (5, 10, 15, 30)


@dataclass(frozen=True)
class WhatIfForm:
    """Which changes can be tried."""

    plan: str
    minutes: tuple[tuple[int, bool], ...]
    days: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str], ...]
    """Those that a place lacks."""
    searches: tuple[tuple[int, str, bool], ...]
    faults: tuple[str, ...]


def what_if_form(plan: str, lacking: Sequence[str], catalog: Catalog, faults: Sequence[str] = ()) -> WhatIfForm:
    """The form about a plan; `lacking` are items that a place of it has not got."""
    return WhatIfForm(
        plan=plan,
        minutes=tuple((minutes, minutes == 10) for minutes in _MINUTES),
        days=tuple((day, day.capitalize()) for day in DAYS),
        items=tuple((item, catalog.equipment[item].name) for item in lacking),
        searches=tuple((seconds, words, seconds == _USUAL_SEARCH) for seconds, words in _SEARCHES.items()),
        faults=tuple(faults),
    )


@dataclass(frozen=True)
class Bar:
    """What is proven of a gain and what was found, on a scale of 0 to 100; `zero` is where nothing is gained."""

    low: float
    high: float
    found: float
    zero: float


@dataclass(frozen=True)
class RankedChange:
    """A change with what it buys."""

    place: int
    statement: str
    says: str
    gain: float | None
    verdict: str
    good: bool
    bar: Bar | None
    plan: str | None


@dataclass(frozen=True)
class WhatIfPage:
    """The changes, the most gained first."""

    study: str
    plan: str
    score: float
    bound: float
    better: str | None
    changes: tuple[RankedChange, ...]
    idle: tuple[str, ...]
    """Changes that provably buy nothing."""
    unanswered: int


def what_if_page(study: str, plan: str, answer: WhatIfAnswer) -> WhatIfPage:
    """The page of an answer."""
    shown = [option for option in answer.options if option.verdict != "none"]
    ends = [value for one in shown for value in (one.gain, one.at_least, one.at_most) if value is not None]
    least, most = min([0.0, *ends]), max([0.0, *ends])
    return WhatIfPage(
        study=study,
        plan=plan,
        score=answer.score,
        bound=answer.bound,
        better=answer.better,
        changes=tuple(_ranked(place, one, least, most) for place, one in enumerate(shown, 1)),
        idle=tuple(sentence(one.statement) for one in answer.options if one.verdict == "none"),
        unanswered=answer.unanswered,
    )


def _ranked(place: int, one: WhatIfOptionResponse, least: float, most: float) -> RankedChange:
    return RankedChange(
        place=place,
        statement=sentence(one.statement),
        says=sentence(one.says),
        gain=one.gain,
        verdict=VERDICTS[one.verdict],
        good=one.verdict == "gain",
        bar=_bar(one, least, most),
        plan=one.plan,
    )


def _bar(one: WhatIfOptionResponse, least: float, most: float) -> Bar | None:
    if one.gain is None or most == least:
        return None

    def at(value: float) -> float:
        return round(100 * (value - least) / (most - least), 1)

    low = one.gain if one.at_least is None else one.at_least
    high = one.gain if one.at_most is None else one.at_most
    return Bar(at(low), at(high), at(one.gain), at(0.0))
