"""Blocks as a kind of study."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from service.blocks.mapping import to_block, to_budget
from service.blocks.presenter import Presenter
from service.blocks.schemas import BlockAnswer, BlockRequest, BlockResponse
from service.studies.effort import solve_of
from service.studies.kind import Example, Studied, StudyKind, StudyQuestion
from solver.blocks import plan_block
from solver.blocks.domain import BlockInfeasible, BlockPlanned, BlockProgress, BlockUnfinished

if TYPE_CHECKING:
    from service.jobs.job import Control
    from service.studies.kind import Outcome
    from solver.blocks.domain import BlockOutcome

_EXAMPLES = Path(__file__).parent / "examples"


def check(question: StudyQuestion[BlockRequest]) -> None:
    """Raises RequestError with everything that is wrong."""
    to_block(question.request, question.catalog)


def run(question: StudyQuestion[BlockRequest], control: Control) -> Studied[BlockAnswer]:
    """Plan the block and present it."""
    block = to_block(question.request, question.catalog)

    def tell(progress: BlockProgress) -> None:
        control.tell(
            {
                "seconds": round(progress.seconds, 3),
                "weeks_planned": progress.weeks_planned,
                "weeks": progress.weeks,
                "score": progress.score,
            }
        )

    outcome = plan_block(block, to_budget(question.request), on_progress=tell, is_cancelled=control.is_cancelled)
    presenter = Presenter(question.request, block, question.catalog)
    answer = presenter.answer(outcome)
    return Studied(
        outcome=_ended(outcome),
        answer=answer,
        weeks=tuple(presenter.weeks),
        repeatable=not outcome.stats.stopped_by_clock,
    )


def _ended(outcome: BlockOutcome) -> Outcome:
    match outcome:
        case BlockPlanned():
            return "partial" if any(week.given_up for week in outcome.weeks) else "done"
        case BlockInfeasible():
            return "infeasible"
        case BlockUnfinished():
            return "partial" if outcome.weeks else "timed_out"
        case _:
            assert_never(outcome)


BLOCKS = StudyKind(
    name="blocks",
    operation="Block",
    summary="Plan a training block",
    description="Two to twelve weeks in a row, each verified and kept as a plan of its own: targets ramp and unload, "
    "ladders are climbed when their sessions are done, muscles recover across weeks, and nothing changes from week to "
    "week without a reason. The whole block is checked by rules of its own.",
    request=BlockRequest,
    answer=BlockAnswer,
    response=BlockResponse,
    run=run,
    makes=lambda _: "block",
    check=check,
    threads=lambda question: solve_of(question.request).workers,
    examples={
        "from the first stage": Example(
            "Three weeks from the first deadlift stage on, the last of them unloading",
            {
                "weeks": 3,
                "mesocycle": {"loading_weeks": 2},
                "plan": {
                    "athlete": {"ladder_stages": {"deadlift": 1}},
                    "week": {
                        "starts_on": "2026-11-23",
                        "timezone": "Europe/London",
                        "slots": [
                            {"id": "mon", "day": "monday", "start": "18:00", "minutes": 60},
                            {"id": "thu", "day": "thursday", "start": "18:00", "minutes": 60},
                        ],
                    },
                },
            },
            _EXAMPLES / "first_stage.json",
        ),
        "eight weeks": Example("Eight weeks with everything at its default", {}),
    },
)
