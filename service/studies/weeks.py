"""Plans that other questions are about, and weeks that are answers to them: from storage and into it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from service.errors import ApiError, RequestError
from service.ids import new_id
from service.jobs.board import Board
from service.plans.jobs import KIND
from service.plans.mapping import to_problem
from service.plans.presenter import Question, present, without_search
from service.plans.reading import plan_of
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanRequest, PlanResponse
from service.validation.parsing import parse
from solver.domain.outcome import TierResult
from solver.measured import MeasuredWeek, as_solved

if TYPE_CHECKING:
    from sqlalchemy.orm import Session as DatabaseSession

    from catalog.catalog import Catalog
    from service.db.session import SessionFactory
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem


ALONE = (
    "The plan that this comes from had times and stations in the schedule of a gym. This week has none: it was made "
    "without a look at what others hold there. Send it as the booked week of the member, or change what he asks, and "
    "schedule the gym again."
)
"""Of weeks that were made from one of a schedule."""


@dataclass(frozen=True)
class KeptWeek:
    """A finished plan with its week, in the form that the solver understands."""

    response: PlanResponse
    question: Question
    plan: Plan

    @property
    def id(self) -> str:
        """Id of the plan."""
        return self.response.id

    @property
    def request(self) -> PlanRequest:
        """The request that it answers, as it was sent."""
        return self.question.request

    @property
    def problem(self) -> Problem:
        """The same, resolved."""
        return self.question.problem

    @cached_property
    def measured(self) -> MeasuredWeek:
        """The week with what it comes to today."""
        return MeasuredWeek(self.problem, self.plan)


def load_week(plan_id: str, tenant: str, sessions: SessionFactory, catalog: Catalog) -> KeptWeek:
    """A tenant's plan. Blocks on the database.

    Raises ApiError `not-found`, `not-finished` while the search is on, `no-week` for a plan without one, or that
    the present catalog cannot read any more.
    """
    with sessions() as session:
        kept = PlanRepository(session).find(plan_id, tenant)
    if kept is None:
        raise ApiError("not-found", "There is no plan with this id.")
    if not kept.finished:
        raise ApiError("not-finished", "The search for this plan is not over.", (), {"Retry-After": "2"})
    return week_of(PlanResponse.model_validate_json(kept.answer_json), catalog)


def week_of(response: PlanResponse, catalog: Catalog) -> KeptWeek:
    """An answer that has a week, as others' questions need it.

    Raises ApiError `no-week` when there is none, or one that this catalog cannot read.
    """
    if response.week is None:
        raise ApiError("no-week", f"This plan has no week: its search ended {response.status}.")
    request = parse(PlanRequest, json.dumps(response.request).encode())
    try:
        problem = to_problem(request, catalog)
    except RequestError as error:
        raise ApiError("no-week", f"The present catalog cannot read this plan's request: {error.detail}") from None
    plan = plan_of(response.week)
    gone = {e.exercise for s in plan.sessions for e in s.entries} - problem.exercise_by_id.keys()
    if gone:
        raise ApiError("no-week", f"The present catalog has not got this plan's {', '.join(sorted(gone))}.")
    created_at = datetime.fromisoformat(response.created_at)
    question = Question(response.id, created_at, request, problem, catalog, response.origin)
    return KeptWeek(response, question, plan)


def require_valid(about: KeptWeek) -> None:
    """Raises ApiError `rules-broken` for a week that breaks rules as it stands.

    History may leave no room for a rule, and the catalog may have changed since the week was found.
    """
    broken = [violation.statement for line in about.measured.broken for violation in line.violations]
    if broken:
        raise ApiError("rules-broken", f"This week breaks rules as it stands: {' '.join(broken)}")


def unsearched(about: KeptWeek, plan: Plan) -> PlanResponse:
    """Another week for the request of a plan, under an id of its own, with what is proven of that request.

    Blocks for a moment. Raises InvalidPlanError when the week breaks a rule.
    """
    question = new_week(about.request, about.problem, about.question.catalog)
    known = [
        TierResult(t.tier, t.name, t.sense, t.unit, t.value, t.bound, t.gap, t.proven) for t in about.response.tiers
    ]
    week = present(question, as_solved(MeasuredWeek(about.problem, plan), known, without_search(about.request)))
    return out_of_schedule(about, week)


def out_of_schedule(about: KeptWeek, week: PlanResponse) -> PlanResponse:
    """A week that comes from a plan, with a note where that had its times in the schedule of a gym."""
    was = about.response.week
    timed = was is not None and any(entry.timed is not None for session in was.sessions for entry in session.entries)
    return week.model_copy(update={"notes": [*week.notes, ALONE]}) if timed else week


def new_week(request: PlanRequest, problem: Problem, catalog: Catalog) -> Question:
    """A question under a new id, for `service.plans.presenter.present` to make a plan of its own of what was found."""
    return Question(new_id(), datetime.now(UTC), request, problem, catalog)


def store_week(session: DatabaseSession, week: PlanResponse, tenant: str) -> None:
    """Keep a week as a plan that is finished at once; it is forgotten as any other. The caller commits.

    It is no answer to an equal request: it was not searched for as one.
    """
    assert week.week is not None
    created = datetime.fromisoformat(week.created_at)
    PlanRepository(session).add(week, created, tenant=tenant)
    Board(session).add_ended(week.id, tenant, KIND, week.status, created)
