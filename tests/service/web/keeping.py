"""Weeks and answers in the storage of the page's tests, without a search: the documented ones."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from service.db.models import DEFAULT_TENANT
from service.db.session import close_database, open_database
from service.ids import new_id
from service.jobs.board import Board
from service.plans.examples import answer_examples
from service.plans.jobs import KIND as PLAN
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanResponse
from service.studies.examples import answers_of, documented_week
from service.studies.repository import StudyRepository
from service.studies.weeks import store_week

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from service.studies.kind import AnyKind
    from tests.service.web.site import Site


@contextmanager
def storage(site: Site) -> Iterator[Session]:
    """A transaction in the database of a running service."""
    sessions = open_database(f"sqlite:///{site.database}")
    try:
        with sessions.begin() as session:
            yield session
    finally:
        close_database(sessions)


def kept_week(site: Site, **other: Any) -> PlanResponse:
    """The documented week under a new id; with other members where they are given."""
    week = documented_week().response.model_copy(update={"id": new_id(), **other})
    with storage(site) as session:
        store_week(session, week, DEFAULT_TENANT)
    return week


def kept_conflict(site: Site) -> PlanResponse:
    """The documented plan that has no week, under a new id."""
    told = json.dumps({**answer_examples()["conflict"]["value"], "id": new_id()})
    plan = PlanResponse.model_validate_json(told)
    created = datetime.now(UTC)
    with storage(site) as session:
        PlanRepository(session).add(plan, created, tenant=DEFAULT_TENANT)
        Board(session).add_ended(plan.id, DEFAULT_TENANT, PLAN, plan.status, created)
    return plan


def kept_answer(site: Site, kind: AnyKind, name: str, plan: str | None = None, **other: Any) -> Any:
    """A documented answer under a new id, about a plan; the weeks that it names are copies of the documented one."""
    told: dict[str, Any] = {**answers_of(kind)[name]["value"], "id": new_id(), "plan": plan, **other}
    for week in _weeks(told["answer"]):
        _keep_copy(site, week)
    study = kind.response.model_validate_json(json.dumps(told))
    created = datetime.now(UTC)
    with storage(site) as session:
        StudyRepository(session, kind.name).add(study, created, tenant=DEFAULT_TENANT, digest=study.id)
        Board(session).add_ended(study.id, DEFAULT_TENANT, kind.name, study.status, created)
    return study


def _weeks(answer: Any) -> set[str]:
    """Ids of the plans that an answer names."""
    if isinstance(answer, list):
        return {week for part in answer for week in _weeks(part)}
    if not isinstance(answer, dict):
        return set()
    own = {answer[name] for name in ("plan", "better") if isinstance(answer.get(name), str)}
    return own | {week for part in answer.values() for week in _weeks(part)}


def _keep_copy(site: Site, plan: str) -> None:
    week = documented_week().response.model_copy(update={"id": plan})
    with storage(site) as session:
        if PlanRepository(session).find(plan, DEFAULT_TENANT) is None:
            store_week(session, week, DEFAULT_TENANT)
