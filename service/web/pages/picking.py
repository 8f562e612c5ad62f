"""Plans to pick for a comparison."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.plans.repository import PlanRepository
from service.plans.schemas import PlanResponse
from service.web.pages.comparing import ENDINGS, MOST_PLANS
from service.web.pages.plans import MADE

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from service.dependencies import Parts

_OFFERED = 12
_LOOKED_AT = 40
"""Newest plans among which those with a week are offered."""


@dataclass(frozen=True)
class Pick:
    """A plan that can be picked."""

    id: str
    created_at: str
    ending: str
    score: float
    seconds: int
    sessions: int
    days: str
    picked: bool


@dataclass(frozen=True)
class PickPage:
    """The newest plans of a visitor that have a week."""

    picks: tuple[Pick, ...]
    most: int = MOST_PLANS


def pick_page(picked: Sequence[str], taken: Collection[str], tenant: str, parts: Parts) -> PickPage:
    """Plans to pick from: those that are picked already, then what was asked for or `taken`. Blocks on the database."""
    with parts.sessions() as session:
        plans = PlanRepository(session)
        lines = plans.summaries(tenant, limit=_LOOKED_AT, origins=MADE, also=taken)
        ids = [*picked, *(line.id for line in lines if line.status in ENDINGS and line.id not in picked)]
        kept = [plan for id_ in ids[:_OFFERED] if (plan := plans.find(id_, tenant)) is not None and plan.finished]
    answers = [PlanResponse.model_validate_json(plan.answer_json) for plan in kept]
    return PickPage(tuple(pick for plan in answers if (pick := _pick(plan, picked=plan.id in picked)) is not None))


def _pick(plan: PlanResponse, *, picked: bool) -> Pick | None:
    if plan.week is None or plan.score is None:
        return None
    sessions = plan.week.sessions
    return Pick(
        id=plan.id,
        created_at=plan.created_at,
        ending=ENDINGS[plan.status],
        score=plan.score.value,
        seconds=sum(session.seconds for session in sessions),
        sessions=len(sessions),
        days=", ".join(session.day[:3].capitalize() for session in sessions),
        picked=picked,
    )
