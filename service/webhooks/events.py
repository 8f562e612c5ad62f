"""What is told: types of events, and which of them the end of a job is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, get_args

from service.booking.repository import FeedRepository
from service.booking.work import KIND as FEED
from service.gyms.kind import SCHEDULES
from service.gyms.repository import GymRepository
from service.ids import new_id
from service.plans.clock import rfc3339
from service.plans.jobs import KIND as PLAN
from service.plans.repository import PlanRepository
from service.replans.kind import REPLANS
from service.studies.repository import StudyRepository
from service.webhooks.repository import WebhookRepository

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from service.jobs.job import Job, NewJob

EventType = Literal["plan.finished", "plan.failed", "plan.replanned", "schedule.changed", "feed.paused"]
TYPES: tuple[EventType, ...] = get_args(EventType)

Told = Iterator[tuple[EventType, dict[str, Any]]]


def announce(session: Session, tenant: str, type_: EventType, data: dict[str, Any]) -> list[NewJob]:
    """Write an event down for all endpoints of a tenant that want it, in the caller's transaction.

    Returns the jobs that deliver it, which the caller has to submit in the same transaction.
    """
    now = datetime.now(UTC)
    body = json.dumps({"type": type_, "timestamp": rfc3339(now), "data": data}, separators=(",", ":"))
    return WebhookRepository(session).publish(tenant, type_, f"msg_{new_id()}", body, now)


def after_the_end(session: Session, job: Job, status: str) -> list[NewJob]:
    """What is told of the end of a job: `service.jobs.job.Aftermath`."""
    about = ABOUT.get(job.kind)
    if about is None or not WebhookRepository(session).count(job.tenant):
        return []
    session.flush()
    return [new for type_, data in about(session, job, status) for new in announce(session, job.tenant, type_, data)]


def _of_plan(session: Session, job: Job, status: str) -> Told:
    """A search has ended, with a week or without."""
    del session
    yield ("plan.failed" if status == "failed" else "plan.finished"), {**_plan(job.id), "status": status}


def _of_replan(session: Session, job: Job, status: str) -> Told:
    """Another week has taken the place of a plan; sessions are at other times or places."""
    study = StudyRepository(session, REPLANS.name).find(job.id, job.tenant)
    answer = None if study is None else json.loads(study.answer_json)
    if answer is None or answer["request"].get("propose") or not (answer["answer"] or {}).get("plan"):
        return
    yield from of_succession(
        session, job.tenant, answer["plan"], answer["answer"]["plan"], {"replan": job.id, "status": status}
    )


def of_succession(session: Session, tenant: str, before: str, after: str, facts: dict[str, Any]) -> Told:
    """A plan has taken the place of another; `facts` are told with it."""
    yield "plan.replanned", {**_plan(after), "replaces": before, **facts}
    plans = PlanRepository(session)
    changes = _changes(*(_sessions(_week_json(plans, plan, tenant)) for plan in (before, after)))
    if changes:
        yield "schedule.changed", {**_plan(after), "replaces": before, "sessions": changes}


def _of_feed(session: Session, job: Job, status: str) -> Told:
    """A feed is read no more, and what it told of slots gets old."""
    feed = FeedRepository(session).read_by(job.id) if status == "paused" else None
    if feed is not None:
        about = {"feed": feed.id, "address": f"/v1/feeds/{feed.id}", "name": feed.name}
        yield "feed.paused", {**about, "reason": feed.paused_reason, "failure": feed.failure}


def _of_schedule(session: Session, job: Job, status: str) -> Told:
    """Members of a gym have other weeks or times: all of them in one event, and each in one of his own."""
    study = StudyRepository(session, SCHEDULES.name).find(job.id, job.tenant)
    answer = None if study is None else json.loads(study.answer_json)["answer"]
    if not answer or not answer["members"] or status == "cancelled":
        return
    weeks = {one["member"]: one for one in answer["members"]}
    gyms = GymRepository(session).gyms_of(job.id)
    of_it = {"schedule": job.id, "gym": gyms[0] if gyms else None}
    changed = [
        {"member": one["member"], "change": one["change"], "plan": one["plan"], "replaces": one["plan_before"]}
        for one in (answer["diff"] or {"changed": []})["changed"]
    ]
    if answer["diff"] is None:
        changed = [{"member": m, "change": "new", "plan": one["plan"], "replaces": None} for m, one in weeks.items()]
    if not changed:
        return
    unplaced = [one["member"] for one in answer["unplaced"]]
    told = {"address": f"/v1/schedules/{job.id}", "status": status, "members": changed, "unplaced": unplaced}
    yield "schedule.changed", {**of_it, **told}
    plans = PlanRepository(session)
    for one in changed:
        before, after = (_sessions(_week_json(plans, one[name], job.tenant)) for name in ("replaces", "plan"))
        plan = {"plan": None} if one["plan"] is None else _plan(one["plan"])
        yield "schedule.changed", {**of_it, **one, **plan, "sessions": _changes(before, after)}


def _week_json(plans: PlanRepository, plan: str | None, tenant: str) -> str | None:
    found = None if plan is None else plans.find(plan, tenant)
    return None if found is None else found.answer_json


ABOUT: dict[str, Callable[[Session, Job, str], Told]] = {
    PLAN: _of_plan,
    REPLANS.name: _of_replan,
    SCHEDULES.name: _of_schedule,
    FEED: _of_feed,
}
"""By kind of job. Called after its result is stored."""


def _plan(plan: str) -> dict[str, Any]:
    return {"plan": plan, "address": f"/v1/plans/{plan}"}


def _sessions(answer_json: str | None) -> dict[str, dict[str, Any]]:
    """Time and place of every session by slot."""
    week = None if answer_json is None else json.loads(answer_json)["week"]
    told = ("day", "start", "starts_at", "place")
    return {s["slot"]: {name: s[name] for name in told} for s in (week or {"sessions": []})["sessions"]}


def _changes(before: dict[str, dict[str, Any]], after: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    changes = []
    for slot in [*before, *(slot for slot in after if slot not in before)]:
        old, new = before.get(slot), after.get(slot)
        if old != new:
            kind = "added" if old is None else "removed" if new is None else "moved"
            changes.append({"slot": slot, "change": kind, **(new or old or {})})
    return changes
