"""Each tenant's share of this process: so many requests a minute, and so many open at a time.

Counted in memory: behind several API processes a tenant gets the share of each.
"""

from __future__ import annotations

import math
import threading
import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from service.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS_UNTIL_ONE_ENDS = 1
"""When to return after too many requests at a time: most of them take less."""


class Shares:
    """What tenants have used of their shares. Safe for threads; 0 stands for no limit."""

    def __init__(
        self, *, requests_per_minute: int, plans_per_minute: int, open_requests: int, calendar_reads_per_minute: int = 0
    ) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._requests = _per_minute(requests_per_minute, "requests")
        self._plans = _per_minute(plans_per_minute, "plans")
        self._calendars = _per_minute(calendar_reads_per_minute, "calendars")
        self._most_open = open_requests
        self._open: Counter[str] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def request(self, tenant: str) -> Iterator[None]:
        """Hold one of the tenant's open requests. Raises ApiError `rate-limited`."""
        self._count(self._requests, tenant, "requests")
        with self._lock:
            if self._most_open and self._open[tenant] >= self._most_open:
                raise _limited(f"At most {self._most_open} requests may be open at a time.", SECONDS_UNTIL_ONE_ENDS)
            self._open[tenant] += 1
        try:
            yield
        finally:
            with self._lock:
                self._open[tenant] -= 1
                # Tenants that are gone leave nothing behind.
                self._open += Counter()

    def plan(self, tenant: str) -> None:
        """Count a search that the tenant asks for. Raises ApiError `rate-limited`."""
        self._count(self._plans, tenant, "searches")

    def calendar(self, reader: str) -> None:
        """Count a read of a calendar, by its address or by who asks for none. Raises ApiError `rate-limited`."""
        self._count(self._calendars, reader, "reads of a calendar")

    def link(self, reader: str) -> None:
        """Count a read of a plan by its link, like one of a calendar. Raises ApiError `rate-limited`."""
        self._count(self._calendars, reader, "reads of a link")

    def _count(self, item: RateLimitItemPerMinute | None, tenant: str, what: str) -> None:
        if item is None or self._limiter.hit(item, tenant):
            return
        window = self._limiter.get_window_stats(item, tenant)
        raise _limited(f"At most {item.amount} {what} a minute.", math.ceil(window.reset_time - time.time()))


def _per_minute(amount: int, name: str) -> RateLimitItemPerMinute | None:
    return RateLimitItemPerMinute(amount, namespace=name) if amount else None


def _limited(detail: str, seconds: int) -> ApiError:
    return ApiError("rate-limited", detail, (), {"Retry-After": str(max(1, seconds))})
