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
from service.machine import default_workers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request

T = TypeVar("T")


class Stop:
    """Asked by a search now and then: true when nobody waits for it any more, or the service is going down."""

    def __init__(self, closing: threading.Event) -> None:
        self._closing = closing
        self._gone = threading.Event()

    def __call__(self) -> bool:
        """Whether the search is to end with what it has."""
        return self._gone.is_set() or self._closing.is_set()

    @property
    def caller_gone(self) -> bool:
        """Whether the caller has hung up."""
        return self._gone.is_set()

    async def watch(self, request: Request) -> None:
        """Notice when the caller hangs up: the body has been read, so that is the only message left."""
        while (await request.receive())["type"] != "http.disconnect":
            pass
        self._gone.set()


class SolverSeats:
    """At most `seats` searches at once and `queue_length` requests waiting, `patience_seconds` each.

    A search with more threads than usual takes the seats of as many usual ones.
    """

    def __init__(self, seats: int, queue_length: int, patience_seconds: float) -> None:
        self._seats, self._queue_length, self._patience_seconds = seats, queue_length, patience_seconds
        self._free = asyncio.Semaphore(seats)
        self._door = asyncio.Lock()
        self._taken = 0
        self._waiting: set[asyncio.Timeout] = set()
        self._threads = anyio.CapacityLimiter(seats)
        self._closing = threading.Event()

    def close(self) -> None:
        """Stop all running searches soon, and send everybody away who waits for a seat or comes later."""
        self._closing.set()
        for patience in self._waiting:
            if not patience.expired():
                patience.reschedule(asyncio.get_running_loop().time())

    @asynccontextmanager
    async def seat(self, threads: int) -> AsyncIterator[None]:
        """Hold the seats for a search of so many threads.

        Raises ApiError `busy` when too many wait already or no seat becomes free in time, `not-ready` when the service
        is going down.
        """
        seats = min(self._seats, -(-threads // default_workers()))
        await self._wait_for(seats)
        try:
            yield
        finally:
            self._leave(seats)

    async def _wait_for(self, seats: int) -> None:
        if self._closing.is_set():
            raise going_down()
        at_once = self._taken + seats <= self._seats and not self._waiting
        if not at_once and len(self._waiting) >= self._queue_length:
            raise self._busy()
        patience = asyncio.timeout(self._patience_seconds)
        try:
            async with patience:
                self._waiting.add(patience)
                await self._sit(seats)
        except TimeoutError:
            raise (going_down() if self._closing.is_set() else self._busy()) from None
        finally:
            self._waiting.discard(patience)

    async def _sit(self, seats: int) -> None:
        """Take free seats one by one; behind the door nobody else does, so that two never wait for each other."""
        taken = 0
        try:
            async with self._door:
                while taken < seats:
                    await self._free.acquire()
                    taken, self._taken = taken + 1, self._taken + 1
        except BaseException:
            self._leave(taken)
            raise

    def _leave(self, seats: int) -> None:
        self._taken -= seats
        for _ in range(seats):
            self._free.release()

    def _busy(self) -> ApiError:
        retry = {"Retry-After": str(max(1, math.ceil(self._patience_seconds)))}
        return ApiError("busy", "All solvers are taken; please come back a little later.", (), retry)

    async def run(self, request: Request, work: Callable[[Stop], T]) -> T:
        """Run `work` in a thread and return what it makes; it is given what tells it when to stop."""
        stop = Stop(self._closing)
        watcher = asyncio.create_task(stop.watch(request))
        try:
            return await anyio.to_thread.run_sync(work, stop, limiter=self._threads)
        finally:
            watcher.cancel()


def going_down() -> ApiError:
    """What a caller is told who comes too late."""
    return ApiError("not-ready", "The service is going down; please come back in a minute.", (), {"Retry-After": "60"})
