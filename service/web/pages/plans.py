"""The plans that were asked for, the newest first."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.plans.phrases import counted
from service.plans.repository import PlanRepository
from service.terminal.words import minutes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

ON_A_PAGE = 20

_ENDINGS = {
    "optimal": "proven best",
    "feasible": "keeps every rule",
    "cancelled": "stopped",
    "infeasible": "no week keeps every rule",
    "timed_out": "time ran out",
    "failed": "failed",
    "queued": "waiting for its turn",
    "running": "being searched for",
}


@dataclass(frozen=True)
class PlanLine:
    """One plan in the list."""

    id: str
    created_at: datetime
    days: str
    """`Mon, Wed, Fri`: those of its sessions, or those on offer where there is no week."""
    words: str
    """`3 sessions, 180 minutes, gym`."""
    ending: str
    has_week: bool
    score: float | None


@dataclass(frozen=True)
class PlansPage:
    """One page of the list."""

    lines: tuple[PlanLine, ...]
    last: str | None
    """Id of its last plan, where there are more; None at the end of the list."""


def plans_page(session: Session, tenant: str, before: str | None) -> PlansPage:
    """A tenant's plans that are older than `before`."""
    plans = PlanRepository(session)
    summaries = plans.summaries(tenant, limit=ON_A_PAGE + 1, before=before)
    shown = [kept for summary in summaries[:ON_A_PAGE] if (kept := plans.find(summary.id, tenant)) is not None]
    lines = tuple(_line(kept.id, kept.created_at, json.loads(kept.answer_json)) for kept in shown)
    return PlansPage(lines, lines[-1].id if len(summaries) > ON_A_PAGE else None)


def _line(id_: str, created_at: datetime, answer: Mapping[str, Any]) -> PlanLine:
    """Only what is shown is read: an answer is long, and may be of an older version."""
    week, score = answer["week"], answer["score"]
    sessions = answer["resolved"]["week"]["slots"] if week is None else week["sessions"]
    seconds = sum(60 * s["minutes"] if week is None else s["seconds"] for s in sessions)
    places = dict.fromkeys(session["place"] for session in sessions)
    return PlanLine(
        id=id_,
        created_at=created_at,
        days=", ".join(dict.fromkeys(session["day"][:3].capitalize() for session in sessions)),
        words=f"{counted(len(sessions), 'session')}, {minutes(seconds)} minutes, {', '.join(places)}",
        ending=_ENDINGS[answer["status"]],
        has_week=week is not None,
        score=None if score is None else score["value"],
    )
