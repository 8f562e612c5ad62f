"""Random requests with a demand or two that few weeks can meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tests.properties.random_bodies import CATALOG, DAYS, EXERCISES, MUSCLES, bodies

if TYPE_CHECKING:
    from collections.abc import Callable

Demand = dict[str, Any]


@st.composite
def demanding_bodies(draw: st.DrawFn) -> Demand:
    """A random body, made hard to meet."""
    body = draw(bodies())
    for demand in draw(st.lists(st.sampled_from(DEMANDS), min_size=1, max_size=2, unique=True)):
        demand(draw, body)
    return body


def _short_sessions(draw: st.DrawFn, body: Demand) -> None:
    for slot in body["week"]["slots"]:
        slot["minutes"] = draw(st.integers(2, 4)) * 5


def _more_sessions(draw: st.DrawFn, body: Demand) -> None:
    body["week"]["sessions"] = {"min": len(body["week"]["slots"]) + draw(st.integers(1, 2))}


def _many_wishes(draw: st.DrawFn, body: Demand) -> None:
    wanted = draw(st.lists(st.sampled_from(EXERCISES), min_size=2, max_size=4, unique=True))
    body["athlete"]["must_include"] = [{"exercise": e, "min_sets": draw(st.integers(3, 12))} for e in wanted]


def _wanted_and_avoided(draw: st.DrawFn, body: Demand) -> None:
    exercise = CATALOG.exercises[draw(st.sampled_from(EXERCISES))]
    body["athlete"]["must_include"] = [{"exercise": exercise.id}]
    body["athlete"]["avoid"]["patterns"] = [exercise.pattern]


def _bare_floor(draw: st.DrawFn, body: Demand) -> None:
    for place in body["places"]:
        place["equipment"] = "bodyweight"
    rule, name = draw(st.sampled_from((("pull.isometric_hold", "sessions"), ("row.retraction", "sets"))))
    body["rules"][rule] = {name: 2}


def _crossed_volume(draw: st.DrawFn, body: Demand) -> None:
    muscle = draw(st.sampled_from(MUSCLES))
    body["rules"]["volume.weekly_min"] = {muscle: draw(st.integers(6, 16))}
    crossing = draw(st.sampled_from(("volume.weekly_max", "volume.session_max")))
    body["rules"][crossing] = {muscle: draw(st.integers(1, 4))}


def _crowded_days(draw: st.DrawFn, body: Demand) -> None:
    muscle, first = draw(st.sampled_from(MUSCLES)), draw(st.integers(0, 4))
    for slot, day in zip(body["week"]["slots"], DAYS[first:] + DAYS[:first], strict=False):
        slot["day"] = day
    body["rules"]["recovery.muscle"] = {"hours": {muscle: 120}}
    body["rules"]["volume.weekly_min"] = {muscle: draw(st.integers(8, 14))}


def _pinned_off(draw: st.DrawFn, body: Demand) -> None:
    slots = [slot["id"] for slot in body["week"]["slots"]]
    body["pins"] = [{"slot": draw(st.sampled_from(slots)), "entries": []}]
    body["week"]["sessions"] = {"min": len(slots)}


DEMANDS: tuple[Callable[[st.DrawFn, Demand], None], ...] = (
    _short_sessions,
    _more_sessions,
    _many_wishes,
    _wanted_and_avoided,
    _bare_floor,
    _crossed_volume,
    _crowded_days,
    _pinned_off,
)
