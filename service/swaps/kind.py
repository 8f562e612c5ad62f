"""Swaps as a kind of study: asking, answering, and taking one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from service.errors import Fault, RequestError, pointer
from service.studies.effort import budget_of
from service.studies.kind import Example, Studied, StudyKind, StudyQuestion
from service.studies.weeks import require_valid
from service.swaps.presenter import Presenter
from service.swaps.schemas import TIME_LIMIT_SECONDS, SwapsAnswer, SwapsRequest, SwapsResponse
from solver.swaps import swaps

if TYPE_CHECKING:
    from service.jobs.job import Control
    from service.studies.weeks import KeptWeek

_EXAMPLES = Path(__file__).parent / "examples"


def check(question: StudyQuestion[SwapsRequest]) -> None:
    """Raises RequestError when the plan has no such entry, ApiError `rules-broken` when its week is not valid."""
    require_valid(question.week)
    require_entry(question.week, question.request.slot, question.request.exercise)


def require_entry(about: KeptWeek, slot: str, exercise: str) -> None:
    """Raises RequestError when the week has no such entry, or its session is over: what was done stays."""
    if slot in about.problem.done:
        ahead = [session.slot for session in about.plan.sessions if session.slot not in about.problem.done]
        message = f"the session '{slot}' is over, nothing of it can be swapped; not over: {_listed(ahead)}"
        raise RequestError([Fault(pointer("slot"), "over", message, ahead)])
    sessions = {session.slot: [entry.exercise for entry in session.entries] for session in about.plan.sessions}
    if slot not in sessions:
        message = f"slot is one of the week's sessions: {', '.join(sessions)}"
        raise RequestError([Fault(pointer("slot"), "unknown_id", message, list(sessions))])
    if exercise not in sessions[slot]:
        message = f"exercise is one of the session '{slot}': {', '.join(sessions[slot])}"
        raise RequestError([Fault(pointer("exercise"), "unknown_id", message, sessions[slot])])


def _listed(slots: list[str]) -> str:
    return ", ".join(slots) or "none"


def run(question: StudyQuestion[SwapsRequest], control: Control) -> Studied[SwapsAnswer]:
    """Measure every alternative and present it."""
    about, request = question.week, question.request
    budget = budget_of(request.solve, TIME_LIMIT_SECONDS)
    found = swaps(
        about.problem,
        about.plan,
        request.slot,
        request.exercise,
        budget,
        only_alike=not request.all,
        repairs=request.repairs,
        on_progress=lambda done, of: control.tell({"done": done, "of": of}),
        is_cancelled=control.is_cancelled,
    )
    presenter = Presenter(about, found)
    answer = presenter.answer(request.limit)
    return Studied(
        outcome="done" if found.complete else "partial",
        answer=answer,
        weeks=tuple(presenter.weeks),
        repeatable=not found.stats.stopped_by_clock,
    )


SWAPS = StudyKind(
    name="swaps",
    operation="Swaps",
    summary="Find alternatives to an entry",
    description="The exercises that could stand in the place of one entry of a plan, the most alike and the best "
    "first: what each does to the score, to the length of the session and to every rule. Of those that break a rule "
    "the first also say what else would have to change; such a week is a plan of its own. `POST "
    "/v1/swaps/{id}/apply` takes one.",
    request=SwapsRequest,
    answer=SwapsAnswer,
    response=SwapsResponse,
    run=run,
    makes=lambda _: "swap",
    check=check,
    threads=lambda question: question.request.solve.workers,
    examples={
        "alternatives": Example(
            "Instead of leg extensions on Monday",
            {"slot": "mon", "exercise": "leg_extension", "limit": 3, "repairs": 0},
            _EXAMPLES / "alternatives.json",
        ),
        "with repairs": Example(
            "Instead of the rack pull, which the week cannot do without",
            {"slot": "mon", "exercise": "rack_pull_knee", "limit": 2, "repairs": 1},
            _EXAMPLES / "repairs.json",
        ),
    },
    about_plan=True,
)
