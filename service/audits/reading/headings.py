"""Lines that open a session: `Monday`, `Tue & Fri: Push`, `Day 2 (Thursday)`, `Workout B`, `Week 1`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

from service.audits.reading.lines_without_dose import is_endurance
from service.plans.schemas.request import Day

if TYPE_CHECKING:
    from collections.abc import Sequence

DAYS: tuple[Day, ...] = get_args(Day)

_DAY = (
    r"(?:mon(?:days?)?|tue(?:s(?:days?)?)?|wed(?:s|nesdays?)?|thu(?:r(?:s(?:days?)?)?)?|fri(?:days?)?"
    r"|sat(?:urdays?)?|sun(?:days?)?)\.?(?![a-z])"
)
_DAYS = rf"(?P<days>{_DAY}(?:\s*(?:,|/|&|\+|and|-|to)?\s*{_DAY})*)"
_DAY_LIST = re.compile(rf"^(?:every\s+|on\s+)?{_DAYS}(?P<rest>.*)$", re.IGNORECASE)
_DAY_RANGE = re.compile(rf"^({_DAY})\s*(?:-|to)\s*({_DAY})$", re.IGNORECASE)
_OCCASION = re.compile(
    r"^(?P<what>day|workout|session|training|tag)\s*(?:#|no\.?\s*)?(?P<which>\d{1,2}|[a-g]|one|two|three|four|five|six|seven)"
    r"(?![a-z0-9])(?P<rest>.*)$",
    re.IGNORECASE,
)
_WEEK = re.compile(
    r"^(?:week|wk)\s*#?\s*(?P<number>\d{1,2})(?:\s*(?:-|to)\s*\d{1,2})?(?![a-z0-9])(?P<rest>.*)$", re.IGNORECASE
)
_CLOCK = re.compile(
    r"^[\s,(@-]*(?:at\s+)?(?:(?P<hour>\d{1,2})(?::(?P<minute>\d\d))?\s*(?P<half>am|pm)|(?P<h24>[01]?\d|2[0-3]):(?P<m24>\d\d)"
    r"|(?P<part>am|pm|morning|noon|afternoon|evening|night|lunch(?:time)?))(?![a-z0-9])\)?",
    re.IGNORECASE,
)
_LENGTH = re.compile(r"[\s,(-]*(?<![\dx])(?P<minutes>\d{2,3})\s*(?:min(?:ute)?s?)\b\)?\s*$", re.IGNORECASE)
_LENGTH_FIRST = re.compile(r"^[\s,(-]*(?P<minutes>\d{2,3})\s*(?:min(?:ute)?s?)\b\)?\s*(?=[:-])", re.IGNORECASE)
_SEPARATOR = re.compile(r"^[\s:.,|=-]+")
_PARTS_OF_DAY = {
    "am": "08:00",
    "morning": "08:00",
    "noon": "12:00",
    "lunch": "12:00",
    "lunchtime": "12:00",
    "afternoon": "15:00",
    "pm": "18:00",
    "evening": "18:00",
    "night": "20:00",
}


_TITLED_DAY = re.compile(
    rf"^(?P<label>[a-z][a-z &/+]*?)\s*(?:\(|\s-|:|,)\s*{_DAYS}\s*\)?\s*:?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Heading:
    """What a line says about the session it opens; `rest` is what follows on the same line."""

    days: tuple[Day, ...] = ()
    label: str | None = None
    start: str | None = None
    minutes: int | None = None
    rest: str = ""


def heading_of(line: str) -> Heading | None:
    """The heading of a line with a weekday (`Mon: ...`, `Push (Monday)`) or a number (`Day 1`), else None."""
    occasion = _OCCASION.match(line)
    if occasion is not None:
        which = occasion["which"].upper() if len(occasion["which"]) == 1 else occasion["which"]
        label = f"{occasion['what'].capitalize()} {which}"
        inner = _DAY_LIST.match(_SEPARATOR.sub("", occasion["rest"]).lstrip("(").strip())
        if inner is None:
            return _timed((), label, occasion["rest"])
        return _timed(_days(inner["days"]), label, inner["rest"].lstrip(") "))
    found = _DAY_LIST.match(line)
    if found is not None:
        return _timed(_days(found["days"]), None, found["rest"])
    titled = _TITLED_DAY.match(line)
    return None if titled is None else Heading(_days(titled["days"]), titled["label"].strip())


def _timed(days: tuple[Day, ...], label: str | None, rest: str) -> Heading:
    start = None
    clock = _CLOCK.match(rest)
    if clock is not None:
        start, rest = _time(clock), rest[clock.end() :]
    minutes = None
    first, last = _LENGTH_FIRST.match(rest), _LENGTH.search(rest)
    if first is not None:
        minutes, rest = int(first["minutes"]), rest[first.end() :]
    elif last is not None and not _talks_of_endurance(rest):
        minutes, rest = int(last["minutes"]), rest[: last.start()]
    return Heading(days, label, start, minutes, _SEPARATOR.sub("", rest).strip())


def _talks_of_endurance(text: str) -> bool:
    return is_endurance(re.sub(r"[^a-z ]", " ", text.lower()))


def _time(clock: re.Match[str]) -> str | None:
    if clock["part"]:
        return _PARTS_OF_DAY[clock["part"].lower()]
    if clock["h24"]:
        return f"{int(clock['h24']):02d}:{clock['m24']}" if int(clock["m24"]) < 60 else None
    hour, minute = int(clock["hour"]), int(clock["minute"] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return None
    return f"{hour % 12 + 12 * (clock['half'].lower() == 'pm'):02d}:{minute:02d}"


def _days(text: str) -> tuple[Day, ...]:
    between = _DAY_RANGE.match(text.strip())
    if between is not None:
        first, last = _day(between[1]), _day(between[2])
        span = (DAYS.index(last) - DAYS.index(first)) % 7
        return tuple(DAYS[(DAYS.index(first) + i) % 7] for i in range(span + 1))
    return tuple(dict.fromkeys(_day(name) for name in re.findall(_DAY, text, re.IGNORECASE)))


def _day(name: str) -> Day:
    return next(day for day in DAYS if day.startswith(name[:3].lower()))


def week_of(line: str) -> tuple[int, str] | None:
    """The number of a `Week 2` heading and what follows it."""
    found = _WEEK.match(line)
    return None if found is None else (int(found["number"]), _SEPARATOR.sub("", found["rest"]).strip())


def spread(count: int) -> Sequence[Day]:
    """Weekdays for `count` sessions that name none, as evenly apart as whole days allow."""
    patterns = {1: (0,), 2: (0, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 4, 5), 6: (0, 1, 2, 3, 4, 5)}
    return [DAYS[index] for index in patterns.get(count, tuple(range(7)))]
