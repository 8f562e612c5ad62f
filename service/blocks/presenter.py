"""Blocks in the caller's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, assert_never

from service.blocks.mapping import starts_on, week_request
from service.blocks.paths import path_of
from service.blocks.schemas import (
    AdvanceResponse,
    BlockAnswer,
    BlockChangeResponse,
    BlockEntryResponse,
    BlockLineResponse,
    BlockScoreResponse,
    BlockTargetResponse,
    BlockWeekResponse,
    NearnessResponse,
)
from service.plans.presenter import present, present_effort
from service.studies.conflict import NO_CONFLICT, conflict_of
from service.studies.weeks import new_week
from solver.blocks.domain import BlockInfeasible, BlockPlanned, BlockUnfinished
from solver.blocks.weekly import hard_sets, unlimited
from solver.domain.outcome import Infeasible
from solver.objective.stimulus import weekly_target
from solver.rulebook import RULEBOOK_BY_ID

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from service.blocks.schemas import BlockRequest
    from service.plans.schemas import PlanResponse
    from solver.blocks.domain import BlockChange, BlockOutcome, BlockProblem, BlockWeek
    from solver.domain.change import WeekEntry
    from solver.domain.outcome import CertificateLine
    from solver.domain.problem import Problem


@dataclass
class Presenter:
    """The answer to one question. `weeks` are the plans that it names, to be kept."""

    request: BlockRequest
    block: BlockProblem
    catalog: Catalog
    weeks: list[PlanResponse] = field(default_factory=list)

    def answer(self, outcome: BlockOutcome) -> BlockAnswer:
        """The block, as far as it goes."""
        certificate: tuple[CertificateLine, ...] = ()
        conflict, unfinished = {**NO_CONFLICT, "conflict_week": None}, None
        match outcome:
            case BlockPlanned():
                certificate = outcome.certificate
            case BlockInfeasible():
                conflict = self._conflict(outcome)
            case BlockUnfinished():
                unfinished = outcome.number
            case _:
                assert_never(outcome)
        return BlockAnswer(
            weeks=[self._week(week) for week in outcome.weeks],
            ladders=[path_of(ladder, outcome.weeks) for ladder in self.block.ladders],
            certificate=[_line(line) for line in certificate],
            **conflict,
            unfinished=unfinished,
            solver=present_effort(outcome.stats),
        )

    def _week(self, week: BlockWeek) -> BlockWeekResponse:
        plan = self._kept(week)
        score = week.solved.score
        sets = {volume.muscle: volume.sets for volume in plan.volume}
        return BlockWeekResponse(
            number=week.number,
            plan=plan.id,
            starts_on=starts_on(self.request, week.number),
            percent=week.percent,
            unloading=week.deload,
            score=BlockScoreResponse(value=score.value, bound=score.bound, gap=score.gap),
            hard_sets=hard_sets(week.problem, week.solved.plan),
            most_hard_sets=week.most_hard_sets,
            given_up=week.given_up,
            stages=dict(week.stages),
            sessions=dict(week.sessions),
            entered=[
                AdvanceResponse(
                    ladder=step.ladder,
                    before=step.before,
                    after=step.after,
                    sessions=step.sessions,
                    needed=step.needed,
                    criterion=step.criterion,
                )
                for step in week.advances
            ],
            targets=[
                BlockTargetResponse(
                    muscle=goal.muscle,
                    min=goal.weekly_min_sets,
                    target=weekly_target(goal),
                    max=goal.weekly_max_sets,
                    sets=sets[goal.muscle],
                )
                for goal in week.problem.muscles
            ],
            changes=[_change(week.problem, change) for change in week.changes],
            nearness=NearnessResponse(
                distance=week.nearness.distance, bound=week.nearness.bound, proven=week.nearness.proven
            ),
        )

    def _kept(self, week: BlockWeek) -> PlanResponse:
        """The week as a plan of its own. What is proven of it within the block says nothing of other questions."""
        athlete = week.problem.athlete
        reached = {ladder: stage for ladder, stage in athlete.stages.items() if ladder in athlete.stated_stages}
        question = new_week(week_request(self.request, week.number, reached), week.problem, self.catalog)
        plan = present(question, unlimited(week.problem, week.solved)).model_copy(update={"notes": notes_of(week)})
        self.weeks.append(plan)
        return plan

    def _conflict(self, outcome: BlockInfeasible) -> dict[str, Any]:
        """The conflict as a plan tells it, with its pointers led into the block's request."""
        stages = {ladder: outcome.problem.athlete.stages[ladder] for ladder in outcome.problem.athlete.stated_stages}
        question = new_week(week_request(self.request, outcome.number, stages), outcome.problem, self.catalog)
        told = present(question, Infeasible(outcome.conflict, outcome.stats))
        return {**conflict_of(told, "/plan"), "conflict_week": outcome.number}


def notes_of(week: BlockWeek) -> list[str]:
    """What the reader of a single week must know: the score beside it measures other targets than its request."""
    if week.percent == 100:
        return []
    return [
        f"Week {week.number} of a training block, planned for {week.percent} % of the weekly targets: its score "
        f"measures those. Later questions about this plan (swaps, what-if, replanning) judge by the full targets, so "
        f"their scores are not to be compared with its own."
    ]


def _line(line: CertificateLine) -> BlockLineResponse:
    rule = RULEBOOK_BY_ID[line.rule]
    return BlockLineResponse(
        rule=rule.id,
        title=rule.title,
        sentence=rule.sentence,
        holds=line.holds,
        statement=line.statement,
        measured=dict(line.measured),
        limit=dict(line.limit),
        slack=line.slack,
        notes=list(line.notes),
    )


def _change(problem: Problem, told: BlockChange) -> BlockChangeResponse:
    return BlockChangeResponse(
        kind=told.change.kind,
        slot=told.change.slot,
        before=_entry(problem, told.change.before),
        after=_entry(problem, told.change.after),
        cause=told.cause,
        statement=told.statement,
        rule=told.rule,
        score_without=told.score_without,
    )


def _entry(problem: Problem, entry: WeekEntry | None) -> BlockEntryResponse | None:
    if entry is None:
        return None
    name = problem.exercise_by_id[entry.exercise].name
    return BlockEntryResponse(slot=entry.slot, exercise=entry.exercise, name=name, sets=entry.sets)
