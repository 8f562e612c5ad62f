"""Session times as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTES_PER_DAY = 24 * 60


def starts_at(starts_on: str | None, timezone: str, start_minute: int) -> str | None:
    """RFC 3339 time of a session that starts `start_minute` wall-clock minutes into the week; None without a date.

    A time that the clocks skip is moved on by the length of the gap, one that comes twice is the first of the two.
    """
    if starts_on is None:
        return None
    days, minutes = divmod(start_minute, MINUTES_PER_DAY)
    zone = ZoneInfo(timezone)
    local = datetime.combine(
        date.fromisoformat(starts_on) + timedelta(days=days), time(minutes // 60, minutes % 60), tzinfo=zone
    )
    return local.astimezone(UTC).astimezone(zone).isoformat()


def rfc3339(moment: datetime) -> str:
    """A moment in UTC to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
