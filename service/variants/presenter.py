"""Weeks to choose from in the caller's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.plans.phrases import counted
from service.plans.presenter import present, present_effort
from service.studies.conflict import NO_CONFLICT, conflict_of
from service.studies.weeks import new_week
from service.variants.goals import WORDS, in_words, shown
from service.variants.schemas import (
    ChoiceResponse,
    ChoiceScoreResponse,
    FrontPointResponse,
    FrontResponse,
    GoalValueResponse,
    LimitResponse,
    UnexploredResponse,
    VariantsAnswer,
    WeekFiguresResponse,
)
from solver.domain import metrics
from solver.domain.contrast import contrast
from solver.measured import MeasuredWeek, as_solved
from solver.pareto import unproven

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.catalog import Catalog
    from service.plans.schemas import PlanRequest, PlanResponse
    from solver.domain.outcome import Infeasible, Solved, SolveStats, TimedOut
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem
    from solver.pareto import FrontPoint, GoalName, GoalValue, ParetoFront, Unexplored
    from solver.variants import Variants

ENDINGS = {
    "enough": "all that were asked for",
    "no_other": "and proven that there is no further one",
    "out_of_time": "then time ran out",
}
NOTHING = "Time ran out before a first week was found."
IMPOSSIBLE = "There is no such week; this is proven."


class Presenter:
    """The answer to one question. `weeks` are those that it names, to be kept."""

    def __init__(self, request: PlanRequest, problem: Problem, catalog: Catalog) -> None:
        self._request, self._problem, self._catalog = request, problem, catalog
        self.weeks: list[PlanResponse] = []

    def variants(self, found: Variants) -> VariantsAnswer:
        """Different weeks."""
        best = found.weeks[0].solved
        kept = [best, *(as_solved(self._measured(v.solved.plan), best.tiers, v.solved.stats) for v in found.weeks[1:])]
        weeks = [
            self._choice(variant.solved, own, best.plan, variant.sentence, proven=_all_proven(variant.solved))
            for variant, own in zip(found.weeks, kept, strict=True)
        ]
        said = f"{counted(len(weeks), 'week')}, {ENDINGS[found.ending]}."
        return self._answer(weeks, [w.solved.plan for w in found.weeks], said, found.stats, ending=found.ending)

    def front(self, found: ParetoFront) -> VariantsAnswer:
        """Weeks that trade one goal against another."""
        best, points, weeks = found.points[0].solved.plan, [], []
        for point in found.points:
            goals = [self._goal(name, value) for name, value in point.goals.items()]
            kept = unproven(self._problem, point.solved.plan, point.solved.stats)
            weeks.append(self._choice(point.solved, kept, best, _on_the_front(goals, point), proven=point.proven))
            points.append(FrontPointResponse(plan=weeks[-1].plan, goals=goals, proven=point.proven))
        unexplored = [self._unexplored(part) for part in found.unexplored]
        front = FrontResponse(goals=list(found.goals), points=points, complete=found.complete, unexplored=unexplored)
        plans = [point.solved.plan for point in found.points]
        return self._answer(weeks, plans, _of_the_front(front), found.stats, front=front)

    def impossible(self, outcome: Infeasible) -> VariantsAnswer:
        """The conflict as a plan tells it, with its pointers led into this request."""
        told = present(new_week(self._request, self._problem, self._catalog), outcome)
        return self._answer([], [], IMPOSSIBLE, outcome.stats, **conflict_of(told, "/plan"))

    def unfinished(self, outcome: TimedOut) -> VariantsAnswer:
        """Nothing was found in time."""
        return self._answer([], [], NOTHING, outcome.stats)

    def _answer(
        self, weeks: list[ChoiceResponse], plans: Sequence[Plan], statement: str, stats: SolveStats, **more: Any
    ) -> VariantsAnswer:
        differences = [[round(float(contrast(self._problem, a, b)), 4) for b in plans] for a in plans]
        blank = {"ending": None, "front": None, **NO_CONFLICT}
        effort = present_effort(stats)
        return VariantsAnswer(
            weeks=weeks, differences=differences, statement=statement, solver=effort, **{**blank, **more}
        )

    def _choice(self, week: Solved, kept: Solved, first: Plan, statement: str, *, proven: bool) -> ChoiceResponse:
        """A week with what is proven under the conditions of this question, kept with what is proven of its plan."""
        plan = present(new_week(self._request, self._problem, self._catalog), kept)
        self.weeks.append(plan)
        score = week.score
        return ChoiceResponse(
            plan=plan.id,
            score=ChoiceScoreResponse(value=score.value, bound=score.bound, gap=score.gap),
            quality=int(week.tiers[-1].value),
            figures=self._figures(week.plan),
            difference=round(float(contrast(self._problem, first, week.plan)), 4),
            proven=proven,
            statement=statement,
        )

    def _measured(self, plan: Plan) -> MeasuredWeek:
        return MeasuredWeek(self._problem, plan)

    def _figures(self, plan: Plan) -> WeekFiguresResponse:
        return WeekFiguresResponse(
            minutes=round(metrics.total_seconds(self._problem, plan) / 60, 1),
            sessions=metrics.session_count(plan),
            sets=metrics.total_sets(plan),
            exercises=len(metrics.exercises_used(plan)),
            fatigue=metrics.systemic_fatigue(self._problem, plan),
            equipment=sorted(metrics.equipment_used(plan)),
        )

    def _goal(self, name: GoalName, value: GoalValue) -> GoalValueResponse:
        here, best = shown(self._problem, name, value.value), shown(self._problem, name, value.bound)
        return GoalValueResponse(goal=name, value=here, bound=best, proven=value.proven)

    def _unexplored(self, part: Unexplored) -> UnexploredResponse:
        limits = [
            LimitResponse(
                goal=name,
                least=shown(self._problem, name, low),
                most=None if high is None else shown(self._problem, name, high),
            )
            for name, (low, high) in part.goals.items()
        ]
        return UnexploredResponse(limits=limits, statement=f"limits of {' and '.join(map(_stretch, limits))}")


def _all_proven(week: Solved) -> bool:
    return all(tier.proven for tier in week.tiers)


def _on_the_front(goals: Sequence[GoalValueResponse], point: FrontPoint) -> str:
    """Like "A score of 92.4 in 95 minutes with 3 sessions; proven."."""
    said = ", ".join(in_words(goal.goal, goal.value) for goal in goals)
    if point.proven:
        return f"{said}; proven: no week is as good in all and better in one."
    return f"{said}; whether a better one exists is open."


def _of_the_front(front: FrontResponse) -> str:
    points = counted(len(front.points), "point")
    if front.complete:
        return f"{points}; proven that the front has no other."
    if front.unexplored:
        parts = counted(len(front.unexplored), "part")
        verb = "is" if len(front.unexplored) == 1 else "are"
        return f"{points}; time ran out, {parts} of the front {verb} unexplored."
    proven = sum(point.proven for point in front.points)
    return f"{points}; every limit was looked at, time ran out with {proven} of {len(front.points)} proven."


def _stretch(limit: LimitResponse) -> str:
    what = WORDS[limit.goal]
    if limit.most is None:
        return f"{limit.least:g} {what} or more"
    if limit.most == limit.least:
        return f"{limit.least:g} {what}"
    return f"{limit.least:g} to {limit.most:g} {what}"
