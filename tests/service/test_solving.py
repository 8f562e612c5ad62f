"""The solver's seats: how many searches run, who waits, and that nobody waits for ever."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from service.errors import ApiError
from service.solving import SolverSeats

USUAL = 2


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.solving.default_workers", lambda: USUAL)


async def _refused(seats: SolverSeats, threads: int = USUAL) -> str:
    with pytest.raises(ApiError) as caught:
        async with seats.seat(threads):
            pass
    return caught.value.code


class Searches:
    """Searches that sit until they are let go, by name in the order in which they sat down."""

    def __init__(self, seats: SolverSeats) -> None:
        self._seats = seats
        self._let_go: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self.sitting: list[str] = []

    async def come(self, name: str, threads: int = USUAL) -> None:
        self._let_go[name] = asyncio.Event()
        self._tasks[name] = asyncio.create_task(self._search(name, threads))
        await asyncio.sleep(0.01)

    async def _search(self, name: str, threads: int) -> None:
        async with self._seats.seat(threads):
            self.sitting.append(name)
            await self._let_go[name].wait()
        self.sitting.remove(name)

    async def leave(self, name: str) -> None:
        self._let_go[name].set()
        await self._tasks[name]
        await asyncio.sleep(0.01)


def test_as_many_search_at_once_as_there_are_seats() -> None:
    async def scene() -> None:
        searches = Searches(SolverSeats(2, 5, 5))
        for name in "abc":
            await searches.come(name)
        assert searches.sitting == ["a", "b"]
        await searches.leave("a")
        assert searches.sitting == ["b", "c"]
        await searches.leave("b")
        await searches.leave("c")

    asyncio.run(scene())


def test_a_search_with_many_threads_takes_more_seats_and_those_behind_it_wait_their_turn() -> None:
    async def scene() -> None:
        searches = Searches(SolverSeats(3, 5, 5))
        await searches.come("usual")
        await searches.come("wide", threads=3 * USUAL)
        await searches.come("late")
        assert searches.sitting == ["usual"], "two seats are free, but the one who came first needs three"
        await searches.leave("usual")
        assert searches.sitting == ["wide"]
        await searches.leave("wide")
        assert searches.sitting == ["late"]
        await searches.leave("late")

    asyncio.run(scene())


def test_more_threads_than_all_seats_carry_take_all_seats() -> None:
    async def scene() -> None:
        seats = SolverSeats(2, 0, 5)
        async with seats.seat(100):
            assert await _refused(seats) == "busy"
        async with seats.seat(1), seats.seat(1):
            assert await _refused(seats) == "busy"

    asyncio.run(scene())


def test_seats_are_free_again_after_somebody_gave_up_waiting() -> None:
    async def scene() -> None:
        seats = SolverSeats(2, 5, 0.05)
        async with seats.seat(USUAL):
            assert await _refused(seats, 2 * USUAL) == "busy", "one of two seats is not enough"
            async with seats.seat(USUAL):
                pass
        async with seats.seat(2 * USUAL):
            pass

    asyncio.run(scene())


def test_a_full_queue_sends_away_at_once_and_a_shorter_one_does_not() -> None:
    async def scene() -> None:
        seats = SolverSeats(1, 1, 60)
        searches = Searches(seats)
        await searches.come("sits")
        await searches.come("waits")
        async with asyncio.timeout(1):
            assert await _refused(seats) == "busy"
        await searches.leave("sits")
        await searches.come("waits now")
        await searches.leave("waits")
        await searches.leave("waits now")

    asyncio.run(scene())


def test_closing_sends_everybody_away_who_waits_or_comes_later() -> None:
    async def scene() -> None:
        seats = SolverSeats(1, 5, 60)
        async with AsyncExitStack() as held:
            await held.enter_async_context(seats.seat(USUAL))
            waiting = asyncio.create_task(_refused(seats))
            await asyncio.sleep(0.01)
            seats.close()
            async with asyncio.timeout(1):
                assert await waiting == "not-ready"
            assert await _refused(seats) == "not-ready"

    asyncio.run(scene())
