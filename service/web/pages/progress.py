"""A search under way: best score, bound and the gap between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from service.jobs.job import Event
    from service.plans.schemas import PlanResponse


@dataclass(frozen=True)
class Step:
    """How far the search was after so many seconds. None where nothing is known yet."""

    seconds: float
    score: float | None
    bound: float | None
    gap: float | None


@dataclass(frozen=True)
class ProgressPage:
    """A plan that is still searched for."""

    plan: PlanResponse
    steps: tuple[Step, ...]
    limit_seconds: float

    @property
    def running(self) -> bool:
        """False while it waits for its turn."""
        return self.plan.status == "running"

    @property
    def latest(self) -> Step:
        """How far it is."""
        return self.steps[-1] if self.steps else Step(0.0, None, None, None)


def progress_page(plan: PlanResponse, events: Iterable[Event]) -> ProgressPage:
    """The page of a search with what it has told so far."""
    solve: Any = plan.resolved["solve"]
    steps = tuple(_step(event.data) for event in events if event.kind == "progress")
    return ProgressPage(plan, steps, float(solve["time_limit_seconds"]))


def _step(data: Mapping[str, Any]) -> Step:
    return Step(float(data.get("seconds", 0.0)), data.get("score"), data.get("bound"), data.get("gap"))
