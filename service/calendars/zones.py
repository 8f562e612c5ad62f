"""A time zone as a calendar describes it (VTIMEZONE): every change of its offset in some years, one by one.

Found by looking at every day, so that none is missed: some zones change for five weeks only.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)


class _Observance(NamedTuple):
    before: timedelta
    """Offset from UTC until the change."""
    offset: timedelta
    name: str
    summer: bool


@lru_cache(maxsize=128)
def described(tzid: str, first: datetime, last: datetime) -> Timezone:
    """The zone of this name from one moment in UTC to another; to be read, not to be changed."""
    zone = ZoneInfo(tzid)
    begun = _offset(zone, first)
    changes = {_Observance(begun, *_state(zone, first)): [first]}
    for moment in _changes(zone, first, last):
        observance = _Observance(_offset(zone, moment - _SECOND), *_state(zone, moment))
        changes.setdefault(observance, []).append(moment)
    shown = Timezone()
    shown.add("tzid", tzid)
    for observance, moments in changes.items():
        shown.add_component(_component(observance, moments))
    return shown


def _component(observance: _Observance, moments: list[datetime]) -> TimezoneStandard | TimezoneDaylight:
    made = TimezoneDaylight() if observance.summer else TimezoneStandard()
    # On the clock as it was until the change.
    local = [(moment + observance.before).replace(tzinfo=None) for moment in moments]
    made.add("dtstart", local[0])
    if local[1:]:
        made.add("rdate", local[1:])
    made.add("tzname", observance.name)
    made.add("tzoffsetfrom", observance.before)
    made.add("tzoffsetto", observance.offset)
    return made


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[datetime]:
    """The first second of every change, to be found between two days that differ."""
    day = first
    while day < last:
        low, high = day, day + _DAY
        if _state(zone, low) != _state(zone, high):
            while high - low > _SECOND:
                middle = low + (high - low) // _SECOND // 2 * _SECOND
                low, high = (low, middle) if _state(zone, middle) != _state(zone, day) else (middle, high)
            yield high
        day += _DAY


def _state(zone: ZoneInfo, moment: datetime) -> tuple[timedelta, str, bool]:
    local = moment.astimezone(zone)
    return _offset(zone, moment), local.tzname() or "", bool(local.dst())


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
