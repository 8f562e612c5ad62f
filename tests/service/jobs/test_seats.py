"""Room in a process: how much runs at once, who waits, and that nobody waits for ever."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from service.jobs.seats import Seats
from tests.service.jobs.toys import wait_until

USUAL = 2


@pytest.fixture(autouse=True)
def _two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.jobs.seats.default_workers", lambda: USUAL)


class Searches:
    """Searches that sit until they are let go, by name in the order in which they sat down."""

    def __init__(self, seats: Seats, pool: ThreadPoolExecutor) -> None:
        self._seats, self._pool = seats, pool
        self._let_go: dict[str, threading.Event] = {}
        self.sitting: list[str] = []

    def come(self, name: str, threads: int = USUAL) -> None:
        self._let_go[name] = threading.Event()
        self._pool.submit(self._search, name, threads)
        time.sleep(0.05)

    def leave(self, name: str) -> None:
        self._let_go[name].set()
        wait_until(lambda: name not in self.sitting)
        time.sleep(0.05)

    def _search(self, name: str, threads: int) -> None:
        with self._seats.seat(threads, lambda: False):
            self.sitting.append(name)
            self._let_go[name].wait(20)
            self.sitting.remove(name)


def test_as_many_work_at_once_as_there_are_seats() -> None:
    with ThreadPoolExecutor() as pool:
        searches = Searches(Seats(2), pool)
        for name in "abc":
            searches.come(name)
        assert searches.sitting == ["a", "b"]
        searches.leave("a")
        assert searches.sitting == ["b", "c"]
        searches.leave("b")
        searches.leave("c")


def test_many_threads_take_more_seats_and_nobody_overtakes() -> None:
    with ThreadPoolExecutor() as pool:
        searches = Searches(Seats(3), pool)
        searches.come("usual")
        searches.come("wide", threads=3 * USUAL)
        searches.come("late")
        assert searches.sitting == ["usual"], "two seats are free, but the one who came first needs three"
        searches.leave("usual")
        assert searches.sitting == ["wide"]
        searches.leave("wide")
        assert searches.sitting == ["late"]
        searches.leave("late")


def test_more_threads_than_all_seats_carry_take_all_seats() -> None:
    with ThreadPoolExecutor() as pool:
        searches = Searches(Seats(2), pool)
        searches.come("huge", threads=100)
        searches.come("next")
        assert searches.sitting == ["huge"]
        searches.leave("huge")
        assert searches.sitting == ["next"]
        searches.leave("next")


def test_who_gives_up_takes_no_seat_from_others() -> None:
    seats = Seats(1)
    tired = threading.Event()
    with ThreadPoolExecutor() as pool, seats.seat(USUAL, lambda: False):
        waiting = pool.submit(_sit, seats, tired)
        time.sleep(0.05)
        assert not waiting.done()
        tired.set()
        waiting.result(5)
    with seats.seat(USUAL, lambda: False):
        pass


def _sit(seats: Seats, tired: threading.Event) -> None:
    with seats.seat(USUAL, tired.is_set):
        pass
