"""How schedules are told: by real clocks, and as far as they came when they are stopped."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from service.gyms.kind import SCHEDULES
from service.gyms.schemas import ScheduleRequest
from service.gyms.weeks import later
from service.plans.schemas.response import EntryResponse, TimedResponse
from service.studies.kind import StudyQuestion
from service.studies.schemas import ID
from service.terminal.words import timed
from service.validation.parsing import parse
from tests.service.gyms.test_gyms import EARLY, GYM

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catalog.catalog import Catalog


def test_the_clocks_may_change_inside_a_session() -> None:
    """At 2 o'clock in London it becomes 1 o'clock again."""
    zone = ZoneInfo("Europe/London")
    assert later("2026-10-25T01:30:00+01:00", 1740, zone) == "2026-10-25T01:59:00+01:00"
    assert later("2026-10-25T01:30:00+01:00", 1800, zone) == "2026-10-25T01:00:00+00:00"


def _entry(**told: Any) -> EntryResponse:
    facts = {"exercise": "push_up", "name": "Push-up", "sets": 2, "reps": {"min": 5, "max": 8}, "hold_seconds": None}
    rest = {"rest_seconds": 60, "seconds": 100, "equipment": ["none"], "superset": None, "cue": "", "for": []}
    when = None if not told else TimedResponse(**{"end_second": 900, "starts_at": None, "stations": [], **told})
    return EntryResponse.model_validate({**facts, **rest, "timed": when})


def test_when_an_entry_is_done_is_said_by_the_clock() -> None:
    assert timed("23:50", _entry()) == ""
    assert timed("23:50", _entry(start_second=719)) == "00:01"
    assert timed("18:00", _entry(start_second=300, stations=["rack", "bench"])) == "18:05 at rack and bench"
    of_date = _entry(start_second=1800, starts_at="2026-10-25T01:00:00+00:00")
    assert timed("01:30", of_date) == "01:00"


class _Impatient:
    """A `Control` that stops the work after the first word."""

    def __init__(self) -> None:
        self.told: list[Mapping[str, object]] = []

    def is_cancelled(self) -> bool:
        return bool(self.told)

    def tell(self, progress: Mapping[str, object]) -> None:
        self.told.append(progress)


def test_a_schedule_that_is_stopped_has_the_weeks_that_were_found(catalog: Catalog) -> None:
    """The second may have begun by then, and find no time beside the first; the third has not."""
    plans = ({}, {"athlete": {"experience": "beginner"}}, {"athlete": {"priorities": {"glutes": 3}}})
    names = ("anna", "bert", "cleo")
    members = [{"id": name, **EARLY, "plan": plan} for name, plan in zip(names, plans, strict=True)]
    body = {"gym": GYM, "members": members, "solve": {"effort": 0.02, "gap": 0.5, "workers": 1}}
    request = parse(ScheduleRequest, json.dumps(body).encode())
    control = _Impatient()
    studied = SCHEDULES.run(StudyQuestion(ID, datetime.now(UTC), request, catalog), control)
    assert studied.outcome == "partial"
    assert studied.answer is not None
    placed = [one.member for one in studied.answer.members]
    assert placed[0] == "anna"
    reasons = {one.member: one.reason for one in studied.answer.unplaced}
    assert reasons.keys() | set(placed) == set(names)
    assert reasons["cleo"] == "timed_out"
    assert control.told[0]["in_this_round"] == {"searched": 1, "of": 3}
    assert [week.id for week in studied.weeks] == [one.plan for one in studied.answer.members]
