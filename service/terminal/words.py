"""Numbers and ids in the words of a training log."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.plans.schemas.response import EntryResponse

Number = int | float


def plain(id_: str) -> str:
    """An id as words: `external_rotation` -> `external rotation`."""
    return id_.replace("_", " ")


_SHORT_RULES = {
    "mobility.thoracic": "thoracic mobility",
    "balance.upper_pull_push": "upper balance",
    "balance.lower_pull_push": "lower balance",
    "row.retraction": "led row",
    "progression.deadlift": "deadlift ladder",
    "volume.weekly_min": "required muscle",
    "athlete.must_include": "wanted",
}


def short_rule(rule: str) -> str:
    """A rule in a word or two: `shoulder.external_rotation` -> `external rotation`."""
    return _SHORT_RULES.get(rule) or plain(rule.rsplit(".", 1)[-1])


def number(value: Number) -> str:
    """At most two decimals, none when there are none to show."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def percent(share: float) -> str:
    """A share as a percentage; a small one never looks like zero."""
    hundredths = 100 * share
    return "under 0.1 %" if 0 < hundredths < 0.1 else f"{number(round(hundredths, 1))} %"


def minutes(seconds: int) -> str:
    """Seconds as minutes, rounded up: a session of 58:10 takes 59 minutes."""
    return str(-(-seconds // 60))


def duration(seconds: int) -> str:
    """`50 s`, `4 min`, `4 min 10 s`; less than nothing has its sign in front."""
    whole, rest_of = divmod(abs(seconds), 60)
    parts = [f"{whole} min"] * (whole > 0) + [f"{rest_of} s"] * (rest_of > 0 or whole == 0)
    return ("−" if seconds < 0 else "") + " ".join(parts)


def span(low: int, high: int) -> str:
    """`8` or `8-12`."""
    return str(low) if low == high else f"{low}-{high}"


def dose(entry: EntryResponse, *, a_side: bool = False) -> str:
    """Sets and what a set is: `3 x 8-12`, `3 x 20 s`, `2 x 5-8 x 5 s`; `/side` where a set is done once a side."""
    repetitions = span(entry.reps.min, entry.reps.max)
    if entry.hold_seconds is None:
        one_set = repetitions
    elif entry.reps.max == 1:
        one_set = f"{entry.hold_seconds} s"
    else:
        one_set = f"{repetitions} x {entry.hold_seconds} s"
    return f"{entry.sets} x {one_set}{'/side' if a_side else ''}"


def effort(entry: EntryResponse) -> str:
    """How hard and with what: `RIR 2-3`, `52.5 kg, RIR 2-3`; nothing where neither is told."""
    load = [] if entry.load_kg is None else [f"{number(entry.load_kg)} kg"]
    reserve = [] if entry.reserve is None else [f"RIR {span(entry.reserve.min, entry.reserve.max)}"]
    return ", ".join(load + reserve)


def timed(session_start: str, entry: EntryResponse) -> str:
    """When and at which stations an entry of a session that starts at HH:MM is done: `18:05 at rack`; nothing where
    that is not told."""
    if entry.timed is None:
        return ""
    hours, begun = session_start.split(":")
    total = int(hours) * 60 + int(begun) + entry.timed.start_second // 60
    clock = f"{total // 60 % 24:02}:{total % 60:02}"
    if entry.timed.starts_at is not None:
        clock = entry.timed.starts_at[11:16]
    return f"{clock} at {' and '.join(entry.timed.stations)}" if entry.timed.stations else clock


def rest(seconds: int) -> str:
    """`90 s`, `3 min`; nothing where there is none."""
    if seconds == 0:
        return "-"
    return f"{seconds // 60} min" if seconds >= 120 and seconds % 60 == 0 else f"{seconds} s"


def sentence(text: str) -> str:
    """With a capital and one full stop."""
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def either(words: Iterable[str]) -> str:
    """`a, b or c`."""
    *first, last = list(words) or [""]
    return f"{', '.join(first)} or {last}" if first else last
