"""When a plan has lost slots and no week was found in its place: it is said, and nothing is pretended."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.calendars.repository import CalendarRepository
from service.plans.clock import rfc3339
from service.plans.repository import PlanRepository
from service.watches.repository import WatchRepository
from service.watches.schemas import WatchFailureResponse
from service.webhooks.events import announce

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from catalog.catalog import Catalog
    from service.jobs.job import NewJob
    from service.plans.schemas.response import ConflictResponse
    from service.watches.repository import Watch
    from service.watches.schemas import FailureStatus


def fail(
    session: Session,
    catalog: Catalog,
    watch: Watch,
    status: FailureStatus,
    slots: Sequence[str],
    *,
    replan: str | None = None,
    conflict: Sequence[ConflictResponse] = (),
    reason: str | None = None,
) -> list[NewJob]:
    """Write down that a plan has no week any more, tell everybody who wants to know, and put its calendar in doubt.

    Returns the jobs that tell it, which the caller has to submit in the same transaction.
    """
    now = datetime.now(UTC)
    failure = WatchFailureResponse(
        status=status, at=rfc3339(now), replan=replan, slots=list(slots), conflict=list(conflict), reason=reason
    )
    watches = WatchRepository(session)
    watches.change(watch.root, job=None, failure_json=failure.model_dump_json())
    kept = PlanRepository(session).find(watch.plan, watch.tenant)
    if kept is not None:
        # Any slot of theirs that has room may help now.
        request = json.loads(kept.answer_json)["request"]["week"]
        watches.stand_on(watch.root, (slot["id"] for name in ("slots", "offered") for slot in request.get(name) or []))
    CalendarRepository(session, catalog).doubt(watch.root, slots, now)
    told = failure.model_dump(mode="json", include={"status", "replan", "slots", "conflict", "reason"})
    about = {"plan": watch.plan, "address": f"/v1/plans/{watch.plan}"}
    return announce(session, watch.tenant, "plan.failed", {**about, **told})
