"""The weeks that somebody made or kept, the newest first; or all, also those that were only looked at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.plans.phrases import counted
from service.plans.repository import PlanRepository
from service.terminal.words import minutes

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from service.plans.repository import StoredPlan
    from service.plans.schemas.response import OriginKind, OriginResponse

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


MADE: tuple[OriginKind, ...] = ("asked", "batch", "audit")
"""How plans came to be that stand in the list for their own sake."""
_ORIGINS: Mapping[OriginKind, str] = {
    "batch": "of a batch",
    "audit": "from an audit",
    "variant": "one of several",
    "front": "point of a chart",
    "swap": "exercise swapped",
    "what-if": "tried out",
    "replan": "changed",
    "block": "week of a block",
    "schedule": "of a gym",
    "lock": "exercise locked",
}


def came_to_be(origin: OriginResponse | None) -> str:
    """How a plan came to be that was not asked for by itself; empty for others, and where nobody knows."""
    return "" if origin is None else _ORIGINS.get(origin.kind, "")


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
    origin: str
    """How it came to be, where that is not by itself."""


@dataclass(frozen=True)
class PlansPage:
    """One page of the list."""

    lines: tuple[PlanLine, ...]
    last: str | None
    """Id of its last plan, where there are more; None at the end of the list."""
    everything: bool
    """Whether weeks that were only looked at are among them."""


def plans_page(session: Session, tenant: str, before: str | None, taken: Collection[str] | None) -> PlansPage:
    """A tenant's plans that are older than `before`: those that were asked for or `taken`; without that all."""
    plans = PlanRepository(session)
    origins, also = ((), ()) if taken is None else (MADE, taken)
    summaries = plans.summaries(tenant, limit=ON_A_PAGE + 1, before=before, origins=origins, also=also)
    shown = [(s, kept) for s in summaries[:ON_A_PAGE] if (kept := plans.find(s.id, tenant)) is not None]
    lines = tuple(_line(kept, json.loads(kept.answer_json), came_to_be(s.origin)) for s, kept in shown)
    return PlansPage(lines, lines[-1].id if len(summaries) > ON_A_PAGE else None, everything=taken is None)


def _line(kept: StoredPlan, answer: Mapping[str, Any], origin: str) -> PlanLine:
    """Only what is shown is read: an answer is long, and may be of an older version."""
    week, score = answer["week"], answer["score"]
    sessions = answer["resolved"]["week"]["slots"] if week is None else week["sessions"]
    seconds = sum(60 * s["minutes"] if week is None else s["seconds"] for s in sessions)
    places = dict.fromkeys(session["place"] for session in sessions)
    return PlanLine(
        id=kept.id,
        created_at=kept.created_at,
        days=", ".join(dict.fromkeys(session["day"][:3].capitalize() for session in sessions)),
        words=f"{counted(len(sessions), 'session')}, {minutes(seconds)} minutes, {', '.join(places)}",
        ending=_ENDINGS[answer["status"]],
        has_week=week is not None,
        score=None if score is None else score["value"],
        origin=origin,
    )
