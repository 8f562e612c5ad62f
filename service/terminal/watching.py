"""A search that can be watched and stopped from the terminal."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from service.terminal.interrupts import interrupted, interrupts_held
from service.terminal.words import number, percent

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from solver.domain.outcome import Progress

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_POLL_SECONDS = 0.1
_TIERS = {1: "minima", 2: "targets", 3: "quality", 4: "nearness"}


class Work(Protocol[T_co]):
    """A search that tells how far it is and asks now and then whether it should stop."""

    def __call__(self, *, on_progress: Callable[[Any], None], is_cancelled: Callable[[], bool]) -> T_co: ...


def progress_line(progress: Progress) -> str:
    """`12.3 s  tier 2 targets  score 91.2 of at most 94  gap 3 %`."""
    tier = f"tier {progress.tier} {_TIERS.get(progress.tier, '')}".rstrip()
    score = "no plan yet" if progress.score is None else f"score {number(progress.score)}"
    return f"{progress.seconds:.1f} s  {tier}  {score} of at most {number(progress.bound)}  gap {percent(progress.gap)}"


def watched(work: Work[T], console: Console, line: Callable[[Any], str] = progress_line) -> T:
    """Do `work`, telling `console` how far it is when it is a terminal; `line` puts its progress into words.

    The first Ctrl-C stops the search and keeps the best plan so far, a second one raises KeyboardInterrupt. Raises
    whatever `work` raises.
    """
    search = _Search(work, console)
    with interrupts_held():
        if not console.is_terminal:
            return search.run()
        with console.status("building the model") as status:
            search.on_progress = lambda progress: status.update(line(progress))
            return search.run()


class _Search(Generic[T]):
    """The work in a thread of its own, so that the main thread stays free for Ctrl-C."""

    def __init__(self, work: Work[T], console: Console) -> None:
        self._work, self._console = work, console
        self._stop = threading.Event()
        self._results: list[T] = []
        self._fault: BaseException | None = None
        self.on_progress: Callable[[Any], None] = lambda _: None

    def run(self) -> T:
        """Start the work, wait for it, and return or raise what came out of it."""
        thread = threading.Thread(target=self._do, name="search", daemon=True)
        thread.start()
        while thread.is_alive():
            thread.join(_POLL_SECONDS)
            if interrupted():
                self._interrupt()
        if self._fault is not None:
            raise self._fault
        return self._results[0]

    def _do(self) -> None:
        try:
            result = self._work(on_progress=lambda p: self.on_progress(p), is_cancelled=self._stop.is_set)
            self._results.append(result)
        except BaseException as fault:
            self._fault = fault

    def _interrupt(self) -> None:
        if self._stop.is_set():
            raise KeyboardInterrupt
        self._stop.set()
        self._console.print("Stopping; what there is so far follows. Ctrl-C again ends at once.")
