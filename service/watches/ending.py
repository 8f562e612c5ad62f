"""What the end of a replan means for the watch of its plan."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from service.booking.repository import FeedRepository
from service.calendars.repository import CalendarRepository
from service.plans.repository import PlanRepository
from service.plans.schemas.response import ConflictResponse
from service.replans.kind import REPLANS
from service.studies.repository import StudyRepository
from service.watches.failing import fail
from service.watches.repository import WatchRepository

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from catalog.catalog import Catalog
    from service.jobs.job import Job, NewJob
    from service.watches.schemas import FailureStatus

MOST_TRIES = 3
"""So often a replan is asked for that finds neither a week nor a proof that there is none."""


def after_replan(session: Session, job: Job, status: str, catalog: Catalog) -> list[NewJob]:
    """Let a watch go on with the plan that has taken the place of its own, or say that there is none.

    Called in the transaction that ends the job, after its result is stored. Either way the plan is looked at once more:
    its slots may have changed while the replan was under way.
    """
    if job.kind != REPLANS.name:
        return []
    session.flush()
    study = StudyRepository(session, REPLANS.name).find(job.id, job.tenant)
    answer: dict[str, Any] = {} if study is None else json.loads(study.answer_json)
    found = answer.get("answer") or {}
    watches = WatchRepository(session)
    root = CalendarRepository(session, catalog).root_of(found.get("plan") or answer.get("plan") or "")
    if watches.find(root) is None:
        return []
    # Which slots a plan stands on is not to change while a page looks for whom to mark.
    FeedRepository(session).hold(job.tenant)
    if found.get("plan"):
        _go_on(session, job, root, found["plan"])
        return []
    watch = watches.of_job(job.id)
    if watch is None:
        return []
    watches.change(watch.root, due=True, job=None)
    if status != "infeasible" and watch.tries < MOST_TRIES:
        return []
    conflict = [ConflictResponse.model_validate(element) for element in found.get("conflict") or []]
    ended, slots = cast("FailureStatus", status), json.loads(watch.slots_json or "[]")
    return fail(session, catalog, watch, ended, slots, replan=job.id, conflict=conflict, reason=answer.get("failure"))


def _go_on(session: Session, job: Job, root: str, plan: str) -> None:
    watches = WatchRepository(session)
    watch = watches.find(root)
    kept = PlanRepository(session).find(plan, job.tenant)
    if watch is None or kept is None:
        return
    mine: dict[str, object] = {"job": None, "tries": 0} if watch.job == job.id else {}
    watches.change(root, plan=plan, due=True, failure_json=None, **mine)
    watches.stand_on(root, (one["slot"] for one in json.loads(kept.answer_json)["week"]["sessions"]))
