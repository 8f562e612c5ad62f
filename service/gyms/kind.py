"""Schedules of gyms as a kind of study."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from service.gyms.answers import ScheduleAnswer, ScheduleResponse
from service.gyms.mapping import resolved
from service.gyms.presenter import Presenter
from service.gyms.reading import scheduled_before
from service.gyms.schemas import ScheduleRequest
from service.studies.kind import Example, Studied, StudyKind, StudyQuestion
from solver.domain.outcome import SolveStats, TimedOut
from solver.gym import GymStats, Scheduled, schedule
from solver.version import solver_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from service.jobs.job import Control
    from service.studies.kind import Outcome

_EXAMPLES = Path(__file__).parent / "examples"
BY_THE_CLOCK = 0.5
"""From this share of the time limit on, the clock has a hand in what is given up."""
Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def check(question: StudyQuestion[ScheduleRequest]) -> None:
    """Raises RequestError with everything that is wrong."""
    resolved(question.request, question.catalog)
    scheduled_before(question.earlier, question.catalog)


def run(question: StudyQuestion[ScheduleRequest], control: Control) -> Studied[ScheduleAnswer]:
    """Find weeks for all, check and present them."""
    request, catalog = question.request, question.catalog
    asked = resolved(request, catalog)
    before = scheduled_before(question.earlier, catalog)
    started = time.perf_counter()
    with ThreadPoolExecutor(request.solve.workers, thread_name_prefix="member") as pool:
        watch = _Watch(pool, control, started)
        found = schedule(asked.gym, asked.budget, before=before, each=watch.each, is_cancelled=control.is_cancelled)
    seconds = time.perf_counter() - started
    by_clock = seconds >= BY_THE_CLOCK * asked.budget.time_limit_seconds
    presenter = Presenter(question.id, request, asked, question.earlier, catalog)
    if not isinstance(found, Scheduled):
        stats = GymStats(round(seconds, 3), 0.0, 0, watch.searched)
        return Studied("timed_out", presenter.clashed(found, stats), repeatable=not by_clock)
    answer, stopped = presenter.scheduled(found, stopped_by_clock=by_clock), control.is_cancelled()
    return Studied(
        ended(found),
        answer,
        tuple(presenter.weeks),
        # One that is stopped takes no other's place.
        follows={} if stopped else presenter.follows,
        void={} if stopped or not found.weeks else presenter.void,
        stands=tuple(presenter.stands),
        repeatable=not by_clock,
    )


def ended(found: Scheduled) -> Outcome:
    """`done` when everybody has a week or is proven to have none."""
    if all(unplaced.reason == "infeasible" for unplaced in found.unplaced):
        return "done" if found.weeks else "infeasible"
    return "partial" if found.weeks else "timed_out"


class _Watch:
    """Searches weeks side by side, tells how far it is, and begins no more of them once it is told to stop."""

    def __init__(self, pool: ThreadPoolExecutor, control: Control, started: float) -> None:
        self._pool, self._control, self._started = pool, control, started
        self.searched = 0

    def each(self, ask: Callable[[Asked], Answer], questions: Sequence[Asked]) -> Iterator[Answer | TimedOut]:
        """The answers in the order of the questions: `solver.gym.asking.Each`."""

        def answer(question: Asked) -> Answer | TimedOut:
            return _not_begun() if self._control.is_cancelled() else ask(question)

        for number, found in enumerate(self._pool.map(answer, questions), start=1):
            self.searched += 1
            self._control.tell(
                {
                    "seconds": round(time.perf_counter() - self._started, 3),
                    "searched": self.searched,
                    "in_this_round": {"searched": number, "of": len(questions)},
                }
            )
            yield found


def _not_begun() -> TimedOut:
    return TimedOut(SolveStats(solver_version(), 0.0, 0.0, 0, 1, stopped_by_clock=True))


_CLUB = {
    "id": "club",
    "equipment": ["dumbbells", "flat_bench", "pull_up_bar", "resistance_band"],
    "stations": [{"id": "bar", "count": 1, "provides": ["pull_up_bar"]}, {"id": "flat_bench", "count": 1}],
}
_GYM = {
    "name": "North gym",
    "places": [_CLUB],
    "week": {
        "starts_on": "2026-11-23",
        "timezone": "Europe/London",
        "slots": [
            {"id": "mon-18", "day": "monday", "start": "18:00", "minutes": 40},
            {"id": "mon-1820", "day": "monday", "start": "18:20", "minutes": 40},
            {"id": "thu-18", "day": "thursday", "start": "18:00", "minutes": 40},
        ],
    },
}
_MEMBERS = [
    {"id": "anna", "slots": ["mon-18", "thu-18"]},
    {"id": "bert", "slots": ["mon-18", "thu-18"], "plan": {"athlete": {"experience": "beginner"}}},
    {"id": "cleo", "slots": ["mon-1820", "thu-18"], "plan": {"athlete": {"priorities": {"glutes": 3}}}},
]

SCHEDULES = StudyKind(
    name="schedules",
    operation="Schedule",
    summary="Schedule a gym",
    description="A gym that is shared, with all its members: weeks for them and times inside their sessions, so that "
    "at no moment more stations are in use than there are. Every member's week keeps the member's own rules, is "
    "verified, and is kept as a plan of its own; the whole is checked station by station over time. Who is booked "
    "stands; with `before`, whoever has a week keeps it where it can be. A progress event tells how many weeks were "
    "searched. `POST /v1/gyms/{gym_id}/schedules` asks the same about a gym that is kept.",
    request=ScheduleRequest,
    answer=ScheduleAnswer,
    response=ScheduleResponse,
    run=run,
    makes=lambda _: "schedule",
    check=check,
    threads=lambda question: question.request.solve.workers,
    goes_on_from=lambda request: request.before,
    examples={
        "three": Example(
            "Three members share a bar and a bench",
            {"gym": _GYM, "members": _MEMBERS, "solve": {"effort": 0.5, "workers": 2}},
            _EXAMPLES / "three.json",
        ),
    },
)
