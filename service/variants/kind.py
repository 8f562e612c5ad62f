"""Variants and fronts as a kind of study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from service.studies.effort import solve_of
from service.studies.kind import Example, Studied, StudyKind, StudyQuestion
from service.variants.goals import shown
from service.variants.mapping import resolved
from service.variants.presenter import Presenter
from service.variants.schemas import VariantsAnswer, VariantsRequest, VariantsResponse
from solver.domain.outcome import Infeasible, TimedOut
from solver.pareto import ParetoFront, pareto_front
from solver.variants import Variants, Wanted, variants

if TYPE_CHECKING:
    from service.jobs.job import Control
    from service.studies.kind import Outcome
    from service.variants.mapping import Asked
    from solver.pareto import FrontProgress, ParetoOutcome
    from solver.variants import VariantsOutcome, VariantsProgress

_EXAMPLES = Path(__file__).parent / "examples"
_AT_HOME = {
    "places": [{"id": "home", "equipment": "home_dumbbells"}],
    "week": {
        "slots": [
            {"id": "mon", "day": "monday", "start": "18:00", "minutes": 45},
            {"id": "thu", "day": "thursday", "start": "18:00", "minutes": 45},
        ]
    },
}


def check(question: StudyQuestion[VariantsRequest]) -> None:
    """Raises RequestError with everything that is wrong."""
    resolved(question.request, question.catalog)


def run(question: StudyQuestion[VariantsRequest], control: Control) -> Studied[VariantsAnswer]:
    """Find the weeks and present them."""
    asked = resolved(question.request, question.catalog)
    outcome = _found(asked, control)
    presenter = Presenter(question.request.plan, asked.problem, question.catalog)
    again = not outcome.stats.stopped_by_clock
    match outcome:
        case Variants():
            return Studied(ended(outcome), presenter.variants(outcome), tuple(presenter.weeks), repeatable=again)
        case ParetoFront():
            return Studied(ended(outcome), presenter.front(outcome), tuple(presenter.weeks), repeatable=again)
        case Infeasible():
            return Studied("infeasible", presenter.impossible(outcome), repeatable=again)
        case TimedOut():
            return Studied("timed_out", presenter.unfinished(outcome), repeatable=again)


def ended(found: Variants | ParetoFront) -> Outcome:
    """Whether all that was asked for is found and, of a front, proven."""
    whole = found.complete if isinstance(found, ParetoFront) else found.ending != "out_of_time"
    return "done" if whole else "partial"


def _found(asked: Asked, control: Control) -> VariantsOutcome | ParetoOutcome:
    def further(progress: VariantsProgress) -> None:
        search = progress.next
        control.tell(
            {
                "seconds": round(progress.seconds, 3),
                "weeks": len(progress.scores),
                "scores": list(progress.scores),
                "next": None if search is None else {"score": search.score, "bound": search.bound, "gap": search.gap},
            }
        )

    def grown(progress: FrontProgress) -> None:
        control.tell(
            {
                "seconds": round(progress.seconds, 3),
                "points": [
                    {name: shown(asked.problem, name, value) for name, value in point.items()}
                    for point in progress.points
                ],
                "questions_left": progress.questions_left,
            }
        )

    if isinstance(asked.wanted, Wanted):
        return variants(
            asked.problem, asked.wanted, asked.budget, on_progress=further, is_cancelled=control.is_cancelled
        )
    return pareto_front(asked.problem, asked.wanted, asked.budget, on_progress=grown, is_cancelled=control.is_cancelled)


VARIANTS = StudyKind(
    name="variants",
    operation="Variants",
    summary="Find weeks to choose from",
    description="Two to eight weeks that are clearly different and nearly as good as the best, or with `goals` the "
    "front over two or three goals: weeks of which each is better than any other in something. Every week is verified "
    "and kept as a plan of its own, with what is proven of it. A progress event of a front tells the points by now, "
    "each goal counted down: shortfall for `stimulus`, steps of 5 for `minutes`.",
    request=VariantsRequest,
    answer=VariantsAnswer,
    response=VariantsResponse,
    run=run,
    makes=lambda request: "variant" if request.goals is None else "front",
    check=check,
    threads=lambda question: solve_of(question.request).workers,
    examples={
        "variants": Example(
            "Three different weeks at home", {"plan": _AT_HOME, "k": 3, "max_score_loss": 5}, _EXAMPLES / "weeks.json"
        ),
        "front": Example(
            "What fewer sessions and less fatigue cost in score",
            {"plan": _AT_HOME, "goals": ["stimulus", "fatigue"]},
            _EXAMPLES / "front.json",
        ),
        "default": Example("Three variants of the default week", {}),
    },
)
