"""The deadlift ladder: where somebody stands on it, and what the next rung asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from service.web.parts.certificate import in_words
from service.web.parts.guide import WHY
from solver.domain.kinds import DEADLIFT

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from service.plans.schemas.response import PlanResponse
    from service.web.parts.tracing import Traced, Tracing

RULE = "progression.deadlift"


@dataclass(frozen=True)
class Step:
    """A rung."""

    stage: int
    name: str
    state: Literal["done", "current", "ahead"]


@dataclass(frozen=True)
class Ladder:
    """The ladder with its current rung."""

    title: str
    steps: tuple[Step, ...]
    current: int
    sets: Traced
    """At the current stage this week."""
    next: str
    """What has to be steady before the next stage; empty on the last one."""
    waived: str
    """Why the current stage is not trained; empty where it is."""
    why: str
    holds: bool
    rule: str = RULE


def ladder_of(plan: PlanResponse, catalog: Catalog, tracing: Tracing) -> Ladder | None:
    """The ladder of a plan that has a week; None where the plan was not measured by it."""
    line = next((line for line in plan.certificate if line.rule == RULE), None)
    stages = catalog.ladders[DEADLIFT].stages
    stage = line.measured.get("stage") if line else None
    sets = line.measured.get("current_stage_sets") if line else None
    if line is None or not isinstance(stage, int) or not isinstance(sets, int) or not 1 <= stage <= len(stages):
        return None
    return Ladder(
        title=line.title,
        steps=tuple(
            Step(rung.stage, catalog.exercises[rung.exercises[0]].name, _state(rung.stage, stage)) for rung in stages
        ),
        current=stage,
        sets=tracing.side(RULE, "current stage", sets, "sets"),
        next="" if stage == len(stages) else stages[stage - 1].advance_criterion,
        waived="" if line.waived is None else in_words(line.waived),
        why=WHY[RULE],
        holds=line.holds,
    )


def _state(stage: int, current: int) -> Literal["done", "current", "ahead"]:
    if stage == current:
        return "current"
    return "done" if stage < current else "ahead"
