"""Replanning as a kind of study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from service.plans.mapping import to_budget
from service.plans.presenter import present
from service.plans.suggestions import advise
from service.replans.changed import changed
from service.replans.presenter import present_none, present_replanned
from service.replans.relocating import relocated
from service.replans.schemas import ReplanAnswer, ReplanRequest, ReplanResponse
from service.studies.kind import Example, Studied, StudyKind, StudyQuestion
from service.studies.weeks import new_week
from solver.domain.outcome import Infeasible
from solver.replan import Replanned, replan

if TYPE_CHECKING:
    from service.jobs.job import Control
    from service.studies.kind import Outcome
    from solver.repair.outcome import RepairProgress

_EXAMPLES = Path(__file__).parent / "examples"


def check(question: StudyQuestion[ReplanRequest]) -> None:
    """Raises RequestError with everything in the request that does not fit the plan."""
    changed(question.week, question.request)


def run(question: StudyQuestion[ReplanRequest], control: Control) -> Studied[ReplanAnswer]:
    """Plan the rest anew and present it."""
    about, asked = question.week, question.request
    now = changed(about, asked)
    budget = to_budget(now.request)
    followed, goes = relocated(now.problem, about.plan, now.lost)
    found = replan(
        now.problem,
        followed,
        budget,
        prefer=asked.prefer,
        on_progress=lambda progress: control.tell(_told(progress)),
        is_cancelled=control.is_cancelled,
    )
    if isinstance(found, Replanned):
        answer, week = present_replanned(about, asked, now, found, goes)
        finished = found.gap <= budget.gap and found.unkept_least
        stopped = found.solved.stats.stopped_by_clock
        ended: Outcome = "done" if finished else "partial"
        follows = {} if asked.propose else {week.id: about.id}
        return Studied(ended, answer, (week,), follows=follows, repeatable=not stopped)
    changed_week = new_week(now.request, now.problem, question.catalog)
    if isinstance(found, Infeasible):
        advice = advise(changed_week, found, budget, is_cancelled=control.is_cancelled)
        told = present(changed_week, found, advice=advice)
        answer = present_none(asked, now, told, advice.stats)
        return Studied("infeasible", answer, repeatable=not advice.stats.stopped_by_clock)
    return Studied("timed_out", None, repeatable=False)


def _told(progress: RepairProgress) -> dict[str, object]:
    return {"seconds": round(progress.seconds, 3), "distance": progress.distance, "bound": progress.bound}


REPLANS = StudyKind(
    name="replans",
    asked_as="replan",
    operation="Replan",
    summary="Replan a week in its course",
    description="Life has changed the week of a plan: sessions held, held otherwise, missed, moved or shortened, "
    "equipment gone, something that hurts, a new time. What is over stays as it was and counts in every rule; the rest "
    "changes least, proven, or is the best week first. The new week is a plan of its own. Where what was done leaves a "
    "rule no room, `broken` and `unkept` say so and the rest is held as well as can be. Where the rest contradicts "
    "itself, the answer is `infeasible` with a conflict and suggestions.",
    request=ReplanRequest,
    answer=ReplanAnswer,
    response=ReplanResponse,
    run=run,
    makes=lambda _: "replan",
    check=check,
    threads=lambda question: question.request.solve.workers,
    examples={
        "missed": Example("The first session was missed", {"missed": ["mon"]}, _EXAMPLES / "missed.json"),
        "trouble": Example(
            "Monday was cut short, Thursday will be at another time and shorter, and deep knee bends hurt",
            {
                "done": [
                    {
                        "slot": "mon",
                        "entries": [
                            {"exercise": "foam_roller_thoracic_extension", "sets": 1},
                            {"exercise": "hip_hinge_wall_drill", "sets": 2},
                            {"exercise": "rack_pull_knee", "sets": 3},
                            {"exercise": "isometric_chin_up_hold", "sets": 4},
                            {"exercise": "dumbbell_bench_press", "sets": 3},
                        ],
                    }
                ],
                "moved": [{"slot": "thu", "day": "friday", "start": "17:00", "minutes": 50}],
                "hurts": [{"stress": ["deep_knee_flexion"], "until": "week"}],
            },
            _EXAMPLES / "trouble.json",
        ),
    },
    about_plan=True,
)
