"""Clock, budget and interruption of one solve, shared by all its stages."""

from __future__ import annotations

import math
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from solver.domain.outcome import SolveStats
    from solver.domain.problem import SolveBudget

POLL_SECONDS = 0.05
CLOCK_GRACE = 0.15
"""What a stage may take of the clock beyond its share of the budget."""
DETERMINISTIC_PER_SECOND = 0.5
"""Deterministic seconds granted per second of the time limit: few enough that they, not the clock, end a search."""


Verdict = Literal["optimal", "found", "impossible", "unknown"]
"""What a solver run says: a best solution, some solution, none exists, or nothing."""


class InvalidModelError(Exception):
    """The solver cannot read the model: a fault of ours."""


def _verdict(status: cp_model.CpSolverStatus, model: cp_model.CpModel) -> Verdict:
    """Every status of the solver, by name; an unheard-of one is a KeyError, never taken for another."""
    if status == cp_model.MODEL_INVALID:
        raise InvalidModelError(model.validate())
    verdicts: dict[cp_model.CpSolverStatus, Verdict] = {
        cp_model.OPTIMAL: "optimal",
        cp_model.FEASIBLE: "found",
        cp_model.INFEASIBLE: "impossible",
        cp_model.UNKNOWN: "unknown",
    }
    return verdicts[status]


def granted(budget: SolveBudget) -> float:
    """Deterministic seconds of a budget: its own number, else those that its time limit grants."""
    if budget.deterministic_seconds is not None:
        return budget.deterministic_seconds
    return budget.time_limit_seconds * DETERMINISTIC_PER_SECOND


class Watch:
    """What is left of a budget. Stages draw deterministic seconds from it; the clock and the caller can end it."""

    def __init__(self, budget: SolveBudget, is_cancelled: Callable[[], bool] | None = None) -> None:
        self._budget = budget
        self._is_cancelled = is_cancelled or (lambda: False)
        self._started = time.perf_counter()
        self._spent = 0.0
        self._granted = granted(budget)
        self.stopped_by_clock = False
        self.cancelled = False

    @property
    def seconds(self) -> float:
        """Wall-clock seconds since the start."""
        return time.perf_counter() - self._started

    @property
    def deterministic_seconds(self) -> float:
        """Deterministic seconds spent by all stages."""
        return self._spent

    @property
    def over(self) -> bool:
        """True when nothing is left: budget, time or the caller's patience."""
        self.cancelled = self.cancelled or self._is_cancelled()
        if self.left_deterministic <= 0:
            return True
        if self.left_seconds <= 0:
            self.stopped_by_clock = True
            return True
        return self.cancelled

    @property
    def left_deterministic(self) -> float:
        """Deterministic seconds that may still be spent."""
        return self._granted - self._spent

    @property
    def left_seconds(self) -> float:
        """Wall-clock seconds to the end of the time limit."""
        return self._budget.time_limit_seconds - self.seconds

    @property
    def workers(self) -> int:
        """How many threads may search at the same time."""
        return self._budget.workers

    def allowance(self, share: float) -> Callable[[], bool]:
        """A question: is this share of what is left spent by now? The clock gets a little more than its share.

        On a machine that is slow or busy the clock ends a stage before its deterministic budget does; the stages after
        it still get their turn, and the answer says that the clock had a hand in it.
        """
        budget = self._spent + share * self.left_deterministic
        deadline = self.seconds + min(1.0, share + CLOCK_GRACE) * self.left_seconds

        def spent() -> bool:
            if self._spent >= budget or self.over:
                return True
            late = self.seconds >= deadline
            self.stopped_by_clock |= late
            return late

        return spent

    def book(self, stats: SolveStats) -> None:
        """Draw what a solve with a watch of its own has spent."""
        self._spent += stats.deterministic_seconds
        self.stopped_by_clock |= stats.stopped_by_clock

    def solver(self, share: float = 1.0, *, most: float = math.inf) -> cp_model.CpSolver:
        """A solver limited to a share of the deterministic budget left, at most `most`, and to the time left."""
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.max_deterministic_time = max(0.01, min(most, share * self.left_deterministic))
        parameters.max_time_in_seconds = max(0.01, self.left_seconds)
        parameters.random_seed = self._budget.seed
        parameters.catch_sigint_signal = False  # interruption is the caller's business, see `is_cancelled`
        parameters.num_workers = self._budget.workers
        if self._budget.workers > 1:
            # Workers that take turns: the same result on every machine, whatever the scheduler does.
            parameters.interleave_search = True
        return solver

    def lone_solver(self, most: float, *, linearization: Literal[1, 2] = 2) -> cp_model.CpSolver:
        """A solver of one thread: what it finds depends on no other. `linearization`: 2 is the strongest relaxation."""
        solver = self.solver(most=most)
        solver.parameters.num_workers = 1
        solver.parameters.interleave_search = False
        solver.parameters.linearization_level = linearization
        return solver

    def spend(self, deterministic_seconds: float) -> None:
        """Draw what solves from `run()` have spent; those at the same time count by the longest."""
        self._spent += deterministic_seconds

    def solve(
        self,
        solver: cp_model.CpSolver,
        model: cp_model.CpModel,
        callback: cp_model.CpSolverSolutionCallback | None = None,
    ) -> Verdict:
        """Run a solver from `solver()`, stop it when the caller cancels, and book what it spent.

        Raises InvalidModelError when the solver cannot read the model: a fault of ours.
        """
        verdict, spent = self.run(solver, model, callback)
        self.spend(spent)
        return verdict

    def run(
        self,
        solver: cp_model.CpSolver,
        model: cp_model.CpModel,
        callback: cp_model.CpSolverSolutionCallback | None = None,
        is_obsolete: Callable[[], bool] | None = None,
    ) -> tuple[Verdict, float]:
        """The verdict of a solver and the deterministic seconds it took, which are the caller's to book.

        May run beside others. `is_obsolete`: stop it when this turns true, as when the caller cancels.
        """
        limit = solver.parameters.max_time_in_seconds
        with self.stopping(solver.stop_search, is_obsolete or (lambda: False)):
            verdict = _verdict(solver.solve(model, callback), model)
        spent = solver.response_proto.deterministic_time
        out_of_time = solver.wall_time >= limit - POLL_SECONDS
        unfinished = verdict in ("found", "unknown") and spent < solver.parameters.max_deterministic_time
        self.stopped_by_clock |= out_of_time and unfinished and not self.cancelled
        return verdict, spent

    @contextmanager
    def stopping(self, stop: Callable[[], None], is_obsolete: Callable[[], bool] = lambda: False) -> Iterator[None]:
        """Poll the caller from a thread and call `stop`: a running search gives no other chance to look."""
        done = threading.Event()

        def poll() -> None:
            while not done.wait(POLL_SECONDS):
                self.cancelled = self.cancelled or self._is_cancelled()
                if self.cancelled or is_obsolete():
                    stop()

        self.cancelled = self.cancelled or self._is_cancelled()
        thread = threading.Thread(target=poll, name="solve-watch", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
