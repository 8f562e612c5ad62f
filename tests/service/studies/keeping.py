"""A finished plan in the storage of a test, without a search: the documented week."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.db.models import DEFAULT_TENANT
from service.ids import new_id
from service.plans.presenter import present_unanswered
from service.plans.repository import PlanRepository
from service.studies.examples import documented_week
from service.studies.weeks import new_week, store_week

if TYPE_CHECKING:
    from service.plans.schemas import PlanResponse
    from tests.service.running import Service


def kept_week(service: Service, tenant: str = DEFAULT_TENANT, **other: Any) -> PlanResponse:
    """The documented week, kept under a new id; with other members where they are given."""
    week = documented_week().response.model_copy(update={"id": new_id(), **other})
    with service.app.state.parts.sessions.begin() as session:
        store_week(session, week, tenant)
    return week


def kept_without_a_week(service: Service, status: str) -> str:
    """A plan of this status that has no week; returns its id."""
    about = documented_week()
    question = new_week(about.request, about.problem, about.question.catalog)
    answer = present_unanswered(question).model_copy(update={"status": status})
    with service.app.state.parts.sessions.begin() as session:
        PlanRepository(session).add(answer, question.created_at, tenant=DEFAULT_TENANT)
    return question.id
