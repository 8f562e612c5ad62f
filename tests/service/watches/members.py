"""Members whose plans stand on the slots of a booking system, in the week that comes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from catalog.catalog import default_catalog
from service.booking.schemas import BookableSlotResponse
from service.ids import new_id
from service.plans.presenter import present
from service.plans.schemas import PlanRequest
from service.plans.service import ask
from service.studies.weeks import store_week
from service.validation.parsing import parse
from solver.pipeline import optimise
from tests.golden.asking import budget
from tests.service.booking.feeds import slot

if TYPE_CHECKING:
    from service.plans.schemas import PlanResponse
    from tests.service.running import Service

SOLVE = {"time_limit_seconds": 60, "workers": 1, "gap": 0.5}


def next_monday() -> date:
    """The first day of the week that comes."""
    today = datetime.now(UTC).date()
    return today + timedelta(days=7 - today.weekday())


def evening(number: int, day: int, hour: int = 18, remaining: int = 3, **more: Any) -> dict[str, Any]:
    """An hour on a day of that week, 0 being Monday, as a booking system publishes it."""
    start = datetime.combine(next_monday() + timedelta(days=day), time(hour), tzinfo=UTC)
    return slot(number, start.isoformat(), (start + timedelta(hours=1)).isoformat(), remaining, **more)


SLOTS = [evening(1, 0), evening(2, 2), evening(3, 4)]
IDS = [one["@id"] for one in SLOTS]


def request_for(offered: list[dict[str, Any]], sessions: int = 1) -> dict[str, Any]:
    """A week of bands at home in so many of these slots."""
    return {
        "places": [{"id": "home", "equipment": "bands_only"}],
        "week": {
            "starts_on": next_monday().isoformat(),
            "timezone": "Europe/London",
            "offered": offered,
            "sessions": {"min": sessions, "max": sessions},
        },
        "solve": SOLVE,
    }


@cache
def solved_week() -> PlanResponse:
    """One session in any of `SLOTS`, found without a clock."""
    told = [
        BookableSlotResponse(
            id=one["@id"], starts_at=one["startDate"], ends_at=one["endDate"],
            location=None, capacity=12, remaining=3, cancelled=False,
        ).model_dump()
        for one in SLOTS
    ]  # fmt: skip
    question = ask(parse(PlanRequest, json.dumps(request_for(told)).encode()), default_catalog())
    return present(question, optimise(question.problem, budget(0.2)))


def kept_plan(service: Service, tenant: str = "local") -> PlanResponse:
    """A plan with one session in any of `SLOTS`, kept under a new id without a search."""
    week = solved_week().model_copy(update={"id": new_id()})
    with service.app.state.parts.sessions.begin() as session:
        store_week(session, week, tenant)
    return week


def used(week: PlanResponse) -> str:
    """The slot of its only session."""
    assert week.week is not None
    (session,) = week.week.sessions
    return session.slot
