"""Weeks as full as they get, put into the storage of a running service."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from service.db.models import DEFAULT_TENANT
from service.db.session import close_database, open_database
from service.ids import new_id
from service.plans.mapping.week import DAYS
from service.plans.schemas.response import RepsResponse, WeekResponse
from service.studies.examples import documented_week
from service.studies.weeks import store_week

if TYPE_CHECKING:
    from pathlib import Path

    from catalog.catalog import Catalog


def full_week(database: Path, catalog: Catalog, *, sessions: int, entries: int) -> str:
    """Keep a week of so many sessions with so many entries each, those with the longest words; returns its id."""
    like = documented_week().response
    assert like.week is not None
    session = like.week.sessions[0]
    wordy = sorted(catalog.exercises.values(), key=lambda e: len(e.name) + len(e.cue), reverse=True)
    told = [
        session.entries[-1].model_copy(
            update={
                "exercise": exercise.id,
                "name": exercise.name,
                "cue": exercise.cue,
                "sets": 5,
                "reserve": RepsResponse(min=2, max=3),
                "rest_seconds": 90,
                "equipment": list(exercise.equipment[0]),
                "superset": None,
            }
        )
        for exercise in wordy[:entries]
    ]
    week = [
        session.model_copy(
            update={"slot": f"s{n}", "day": DAYS[n * 7 // sessions], "place": "the_club", "entries": told}
        )
        for n in range(sessions)
    ]
    plan = like.model_copy(update={"id": new_id(), "week": WeekResponse(sessions=week)})
    kept = open_database(f"sqlite:///{database}")
    with kept.begin() as transaction:
        store_week(transaction, plan, DEFAULT_TENANT)
    close_database(kept)
    return plan.id


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))
