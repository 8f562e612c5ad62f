"""Room for the work of one process: so many usual jobs at a time, whoever comes first."""

from __future__ import annotations

import threading
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

from service.machine import default_workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LOOK_SECONDS = 0.1


class Seats:
    """`count` seats. Work with more threads than usual takes the seats of as many usual jobs."""

    def __init__(self, count: int) -> None:
        self._count = self._free = count
        self._queue: deque[object] = deque()
        self._changed = threading.Condition()

    @contextmanager
    def seat(self, threads: int, gives_up: Callable[[], bool]) -> Iterator[None]:
        """Hold the seats for so many threads. Waits its turn; nobody overtakes.

        Work without threads needs none. When `gives_up` turns true meanwhile, it goes on without a seat: there is
        nothing to do but to say so.
        """
        if threads == 0:
            yield
            return
        wanted = min(self._count, -(-threads // default_workers()))
        taken = self._take(wanted, gives_up)
        try:
            yield
        finally:
            with self._changed:
                self._free += taken
                self._changed.notify_all()

    def _take(self, wanted: int, gives_up: Callable[[], bool]) -> int:
        ticket = object()
        with self._changed:
            self._queue.append(ticket)
            try:
                while self._queue[0] is not ticket or self._free < wanted:
                    if gives_up():
                        return 0
                    self._changed.wait(_LOOK_SECONDS)
                self._free -= wanted
                return wanted
            finally:
                self._queue.remove(ticket)
                self._changed.notify_all()
