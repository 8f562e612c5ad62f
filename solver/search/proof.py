"""A proof that runs beside the search for better plans."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, Self

from solver.search.listener import EverySolution

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ortools.sat.python import cp_model

    from solver.watch import Verdict, Watch


PROBING = 0
"""Probing level: trying out single decisions before the search takes a sixth of all time, for nothing."""


@dataclass(frozen=True)
class Proven:
    """How a slice of a proof ended: every solution, the best one last, and the bound of the objective.

    `bound` is None when the solver came to none: it says 0 then, which proves nothing.
    """

    verdict: Verdict
    spent: float
    bound: float | None
    solutions: Sequence[tuple[int, ...]]


class Proof:
    """One thread at work on a model for `most` deterministic seconds.

    It tells of its bounds as they come, and takes nothing from the outside while it runs, so that its end
    depends on its model alone.
    """

    def __init__(self, watch: Watch, model: cp_model.CpModel, most: float, on_bound: Callable[[float], None]) -> None:
        self._obsolete = Event()
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="proof")
        self._solver = watch.lone_solver(most)
        self._solver.parameters.cp_model_probing_level = PROBING
        self._solver.best_bound_callback = self._told
        self._on_bound = on_bound
        self._bound: float | None = None
        self._solutions = EverySolution()
        self._future: Future[tuple[Verdict, float]] = self._pool.submit(
            watch.run, self._solver, model, self._solutions, self._obsolete.is_set
        )

    def end(self) -> Proven:
        """Wait for its end."""
        verdict, spent = self._future.result()
        bound = self._solver.best_objective_bound if verdict in ("optimal", "found") else self._bound
        return Proven(verdict, spent, bound, self._solutions.assignments)

    def _told(self, bound: float) -> None:
        self._bound = bound
        self._on_bound(bound)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it where nobody waited for its end; what it has found by then counts for nothing."""
        self._obsolete.set()
        self._pool.shutdown()


def prove_beside(
    watch: Watch,
    model: cp_model.CpModel,
    most: float,
    on_bound: Callable[[float], None],
    rounds: Callable[[], None],
    is_enough: Callable[[], bool],
) -> Proven | None:
    """A proof on one thread while `rounds` play on the others; None when they have come to enough before its end.

    With a single thread the rounds come after it. Books what the proof spends beyond the rounds.
    """
    started = watch.deterministic_seconds
    with Proof(watch, model, most, on_bound) as proof:
        if watch.workers > 1:
            rounds()
            if is_enough():
                return None
        proven = proof.end()
    watch.spend(max(0.0, proven.spent - (watch.deterministic_seconds - started)))
    if watch.workers == 1:
        rounds()
    return proven
