"""What the end of a replan means for the watch of its plan."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

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
    """Say of a watched plan that it has no week any more when its replan has found none, or have it tried again.

    Called in the transaction that ends the job, after its result is stored: a week that was found has taken its place
    by then. Either way the plan is looked at once more: its slots may have changed while the replan was under way.
    """
    if job.kind != REPLANS.name:
        return []
    session.flush()
    watches = WatchRepository(session)
    watch = watches.of_job(job.id)
    if watch is None:
        return []
    watches.hold(watch.tenant)
    study = StudyRepository(session, REPLANS.name).find(job.id, job.tenant)
    answer: dict[str, Any] = {} if study is None else json.loads(study.answer_json)
    found = answer.get("answer") or {}
    watches.change(watch.root, due=True, job=None)
    if found.get("plan"):
        return []
    if status != "infeasible" and watch.tries < MOST_TRIES:
        return []
    conflict = [ConflictResponse.model_validate(element) for element in found.get("conflict") or []]
    ended, slots = cast("FailureStatus", status), json.loads(watch.slots_json or "[]")
    return fail(session, catalog, watch, ended, slots, replan=job.id, conflict=conflict, reason=answer.get("failure"))
