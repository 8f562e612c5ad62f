"""Weeks as full as they get, and the paper that they take."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from service.plans.mapping.week import DAYS
from service.plans.schemas.response import RepsResponse, WeekResponse
from service.studies.examples import documented_week
from tests.service.web.keeping import kept_week

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from tests.service.web.site import Site


def full_week(site: Site, catalog: Catalog, *, sessions: int, entries: int) -> str:
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
    return kept_week(site, week=WeekResponse(sessions=week)).id


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))
