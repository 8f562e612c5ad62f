"""A stored plan with its week, as a comparison looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from service.errors import RequestError
from service.plans.reading import plan_of, problem_of
from solver.compare import ComparedWeek
from solver.domain.metrics import equipment_used, exercises_used

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catalog.catalog import Catalog
    from service.plans.schemas import PlanResponse
    from service.plans.schemas.response import (
        CertificateLineResponse,
        ScoreResponse,
        SessionResponse,
        TierResponse,
        VolumeResponse,
    )
    from solver.domain.plan import Plan


@dataclass(frozen=True)
class Compared:
    """A finished plan that has a week and a score, and what it is called in the comparison."""

    label: str
    answer: PlanResponse
    read: ComparedWeek | None
    """The week with its problem; None when the present catalog or version does not understand it any more."""

    @property
    def id(self) -> str:
        """Id of the plan."""
        return self.answer.id

    @cached_property
    def plan(self) -> Plan:
        """The week as the solver knows it."""
        assert self.answer.week is not None
        return plan_of(self.answer.week)

    @property
    def sessions(self) -> list[SessionResponse]:
        """The sessions as they were answered."""
        assert self.answer.week is not None
        return self.answer.week.sessions

    @property
    def score(self) -> ScoreResponse:
        """The score as it was answered."""
        assert self.answer.score is not None
        return self.answer.score

    @property
    def seconds(self) -> int:
        """Length of all sessions together."""
        return sum(session.seconds for session in self.sessions)

    @cached_property
    def volume(self) -> Mapping[str, VolumeResponse]:
        """Every muscle of the answer."""
        return {muscle.muscle: muscle for muscle in self.answer.volume}

    @cached_property
    def certificate(self) -> Mapping[str, CertificateLineResponse]:
        """Every rule of the answer, as it was measured then."""
        return {line.rule: line for line in self.answer.certificate}

    @cached_property
    def tiers(self) -> Mapping[int, TierResponse]:
        """The tiers of the answer."""
        return {tier.tier: tier for tier in self.answer.tiers}

    @cached_property
    def equipment(self) -> list[str]:
        """Items that the entries are done with, in the order of the alphabet."""
        return sorted(equipment_used(self.plan))


def compared(label: str, answer: PlanResponse, catalog: Catalog) -> Compared:
    """A plan with a week, read back as far as the present catalog understands it."""
    assert answer.week is not None
    plan = plan_of(answer.week)
    try:
        problem = problem_of(answer, catalog)
    except RequestError:
        return Compared(label, answer, None)
    known = exercises_used(plan) <= problem.exercise_by_id.keys()
    offered = {session.slot for session in plan.sessions} <= problem.slot_by_id.keys()
    return Compared(label, answer, ComparedWeek(problem, plan) if known and offered else None)
