"""The solver's seats: few searches at a time, in threads of their own, so that everything else stays quick."""

from __future__ import annotations

import asyncio
import math
import threading
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar

import anyio
import anyio.to_thread

from service.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request

T = TypeVar("T")


class SolverSeats:
    """At most `seats` searches at once; whoever waits longer than `patience_seconds` is sent away."""

    def __init__(self, seats: int, patience_seconds: float) -> None:
        self._free = asyncio.Semaphore(seats)
        self._threads = anyio.CapacityLimiter(seats)
        self._patience_seconds = patience_seconds
        self._closing = threading.Event()

    def close(self) -> None:
        """Stop all running searches soon."""
        self._closing.set()

    @asynccontextmanager
    async def seat(self) -> AsyncIterator[None]:
        """Hold a seat. Raises ApiError `busy` when none becomes free in time."""
        try:
            async with asyncio.timeout(self._patience_seconds):
                await self._free.acquire()
        except TimeoutError:
            retry = {"Retry-After": str(max(1, math.ceil(self._patience_seconds)))}
            raise ApiError("busy", "All solvers are taken; please come back a little later.", (), retry) from None
        try:
            yield
        finally:
            self._free.release()

    async def run(self, request: Request, work: Callable[[Callable[[], bool]], T]) -> T | None:
        """Run `work` in a thread and return what it makes, or None when the caller has hung up meanwhile.

        `work` is given a function that turns true when it is to stop. Raises ApiError `not-ready` when the service is
        going down.
        """
        gone = threading.Event()
        watcher = asyncio.create_task(_watch(request, gone))
        try:
            done = await anyio.to_thread.run_sync(
                lambda: work(lambda: gone.is_set() or self._closing.is_set()), limiter=self._threads
            )
        finally:
            watcher.cancel()
        if gone.is_set():
            return None
        if self._closing.is_set():
            raise ApiError("not-ready", "The service is going down.")
        return done


async def _watch(request: Request, gone: threading.Event) -> None:
    # The body has been read, so the only message left is the end of the connection.
    while (await request.receive())["type"] != "http.disconnect":
        pass
    gone.set()
