"""Dates and times as the reader's locale writes them. The words of the pages are English throughout."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_MONTH_FIRST = frozenset({"en-us", "en-ph", "en-ca"})
_TWELVE_HOURS = frozenset({"en-us", "en-ph", "en-ca", "en-au", "en-nz", "en-in", "en"})
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DEFAULT = "en-GB"


@dataclass(frozen=True)
class Locale:
    """How a reader's locale writes dates; `tag` is its language tag."""

    tag: str

    def date(self, day: dt.date | str) -> str:
        """`23 November 2026` or `November 23, 2026`. Takes ISO dates and times as well."""
        day = _date(day)
        month = _MONTHS[day.month - 1]
        if self.tag.lower() in _MONTH_FIRST:
            return f"{month} {day.day}, {day.year}"
        return f"{day.day} {month} {day.year}"

    def short_date(self, day: dt.date | str) -> str:
        """`23 Nov` or `Nov 23`."""
        day = _date(day)
        month = _MONTHS[day.month - 1][:3]
        return f"{month} {day.day}" if self.tag.lower() in _MONTH_FIRST else f"{day.day} {month}"

    def clock(self, start: str) -> str:
        """An HH:MM time: `18:00` or `6:00 pm`."""
        if self.tag.lower() not in _TWELVE_HOURS:
            return start
        hours, minutes = start.split(":")
        hour = int(hours)
        return f"{(hour + 11) % 12 + 1}:{minutes} {'am' if hour < 12 else 'pm'}"


def _date(day: dt.date | str) -> dt.date:
    return dt.datetime.fromisoformat(day).date() if isinstance(day, str) else day


def locale_of(accept_language: str) -> Locale:
    """The locale that a reader likes best (RFC 9110, 12.5.4); British English where none is told."""
    return Locale(next(_liked(accept_language), DEFAULT))


def _liked(header: str) -> Iterator[str]:
    weighed = []
    for part in header.split(","):
        tag, _, parameter = part.strip().partition(";")
        if not tag.replace("-", "").isalnum() or not tag.isascii() or len(tag) > 35:
            continue
        try:
            weight = float(parameter.strip().removeprefix("q=")) if parameter else 1.0
        except ValueError:
            continue
        if weight > 0:
            weighed.append((weight, tag))
    # Sorting is stable: of equals, the first.
    yield from (tag for _, tag in sorted(weighed, key=lambda pair: -pair[0]))
