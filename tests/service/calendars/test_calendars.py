"""Calendars: right on both sides of every change of the clocks, the same events over replans, addresses that end."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from icalendar import Calendar
from sqlalchemy import text

from service.app import create_app
from service.calendars.diary import DatedSession, Diary, DiaryEvent
from service.calendars.ical import written
from service.calendars.repository import CalendarRepository
from service.plans.examples import answer_examples
from service.studies.examples import documented_week
from service.tenants.keys import Scope
from tests.service.running import in_process
from tests.service.studies.keeping import kept_week, kept_without_a_week
from tests.service.tenants.asking import key_of, sessions_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from service.plans.schemas import PlanResponse
    from service.settings import Settings
    from tests.service.running import Service

MADE = datetime(2026, 1, 5, 9, tzinfo=UTC)
ROOT = "0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1"


def _session(start: str, place: str = "club", description: str = "A. Pull-up") -> DatedSession:
    return DatedSession(start=datetime.fromisoformat(start), seconds=3480, place=place, description=description)


def _diary(zone: str, *starts: str, repeats: bool = True) -> Diary:
    sessions = {f"s{number}": _session(start) for number, start in enumerate(starts)}
    events = [
        DiaryEvent(slot=slot, pattern=session, session=session, changed_at=MADE) for slot, session in sessions.items()
    ]
    return Diary(root=ROOT, timezone=zone, repeats=repeats, created_at=MADE, events=tuple(events))


def _events(calendar: str) -> list[Any]:
    return list(Calendar.from_ical(calendar).walk("VEVENT"))


def _zone_of(calendar: str) -> Any:
    """The time zone as the calendar itself describes it, read by somebody else's reader."""
    lines = calendar.replace("\r\n ", "").split("\r\n")
    first, last = lines.index("BEGIN:VTIMEZONE"), lines.index("END:VTIMEZONE")
    return tzical(StringIO("\r\n".join(lines[first : last + 1]) + "\r\n")).get()


CHANGES = [
    # In London clocks go forward on 29 March 2026 and back on 25 October, in New York on 8 March and 1 November.
    ("Europe/London", "2026-03-23T18:00", [1080, 1020]),
    ("Europe/London", "2026-10-19T18:00", [1020, 1080]),
    ("America/New_York", "2026-03-02T06:30", [690, 630]),
    ("America/New_York", "2026-10-26T06:30", [630, 690]),
    # Half an hour of summer time.
    ("Australia/Lord_Howe", "2026-09-28T18:00", [450, 420]),
    # Five weeks at another offset, in the month of fasting.
    ("Africa/Casablanca", "2027-02-01T18:00", [1020, 1080]),
]


@pytest.mark.parametrize(("zone", "start", "utc_minutes"), CHANGES)
def test_a_session_keeps_its_hour_when_the_clocks_change(zone: str, start: str, utc_minutes: list[int]) -> None:
    """Expanded by another library, with the offsets that the calendar itself tells."""
    calendar = written(_diary(zone, start))
    (event,) = _events(calendar)
    told = _zone_of(calendar)
    wall = event.decoded("dtstart").replace(tzinfo=None)
    weeks = list(rrulestr(event["rrule"].to_ical().decode(), dtstart=wall)[:60])
    assert weeks[1] - weeks[0] == timedelta(weeks=1)
    first, second = (week.replace(tzinfo=told).astimezone(UTC) for week in weeks[:2])
    assert [moment.hour * 60 + moment.minute for moment in (first, second)] == utc_minutes
    for week in weeks:
        assert (week.hour, week.minute) == (wall.hour, wall.minute)
        assert week.replace(tzinfo=told).utcoffset() == week.replace(tzinfo=ZoneInfo(zone)).utcoffset(), week


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York"])
def test_no_time_is_floating_and_every_zone_is_described(zone: str) -> None:
    calendar = written(_diary(zone, "2026-03-23T18:00", "2026-03-25T18:00", repeats=False))
    for line in calendar.replace("\r\n ", "").split("\r\n"):
        if line.startswith(("DTSTART;", "RECURRENCE-ID")):
            assert f";TZID={zone}:" in line
        if line.startswith(("DTSTAMP", "LAST-MODIFIED")):
            assert line.endswith("Z")
    utc = written(_diary("UTC", "2026-03-23T18:00"))
    assert "DTSTART:20260323T180000Z" in utc
    assert "VTIMEZONE" not in utc


def test_a_time_that_the_clocks_skip_is_moved_on_once_and_right_in_all_other_weeks() -> None:
    skipped = "2026-03-29T01:30"
    (weekly,) = _events(written(_diary("Europe/London", skipped)))
    (single,) = _events(written(_diary("Europe/London", skipped, repeats=False)))
    assert weekly.decoded("dtstart").replace(tzinfo=None) == datetime(2026, 3, 29, 1, 30)
    assert single.decoded("dtstart").replace(tzinfo=None) == datetime(2026, 3, 29, 2, 30)


def test_a_time_that_comes_twice_is_the_first() -> None:
    (single,) = _events(written(_diary("America/New_York", "2026-11-01T01:30", repeats=False)))
    assert single.decoded("dtstart").astimezone(UTC) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


LATER = datetime(2026, 3, 24, 8, tzinfo=UTC)
MONDAY, WEDNESDAY, FRIDAY = "2026-03-23T18:00", "2026-03-25T18:00", "2026-03-27T18:00"


def _brief(events: Iterable[Any]) -> list[tuple[str, int, str | None, bool, bool]]:
    return [
        (
            str(e["uid"]).removeprefix(f"{ROOT}-").removesuffix("@counterpull"),
            int(e["sequence"]),
            str(e["status"]) if "status" in e else None,
            "rrule" in e,
            "recurrence-id" in e,
        )
        for e in events
    ]


def test_a_replan_changes_cancels_and_adds_events_under_their_uids() -> None:
    first = _diary("Europe/London", MONDAY, WEDNESDAY, FRIDAY, repeats=False)
    moved = _session("2026-03-26T07:00")
    second = first.revised({"s0": _session(MONDAY), "s1": moved, "extra": _session("2026-03-28T09:00")}, LATER)
    events = _events(written(second))
    assert _brief(events) == [
        ("s0", 0, "CONFIRMED", False, False),
        ("s1", 1, "CONFIRMED", False, False),
        ("s2", 1, "CANCELLED", False, False),
        ("extra", 0, "CONFIRMED", False, False),
    ]
    assert [e.decoded("dtstamp") for e in events] == [MADE, LATER, LATER, LATER]
    assert events[1].decoded("dtstart").replace(tzinfo=None) == datetime(2026, 3, 26, 7)
    assert second.revised({"s0": _session(MONDAY), "s1": moved, "extra": _session("2026-03-28T09:00")}, MADE) == second
    back = second.revised({"s0": _session(MONDAY), "s1": moved, "s2": _session(FRIDAY)}, LATER + timedelta(hours=1))
    assert _brief(_events(written(back)))[2:] == [
        ("s2", 2, "CONFIRMED", False, False),
        ("extra", 1, "CANCELLED", False, False),
    ]


def test_a_replan_of_a_week_that_repeats_changes_this_week_alone() -> None:
    diary = _diary("Europe/London", MONDAY, WEDNESDAY).revised({"s1": _session("2026-03-26T07:00", "home")}, LATER)
    events = _events(written(diary))
    assert _brief(events) == [
        ("s0", 0, None, True, False),
        ("s0", 1, "CANCELLED", False, True),
        ("s1", 0, None, True, False),
        ("s1", 1, "CONFIRMED", False, True),
    ]
    for series, occurrence in (events[:2], events[2:]):
        assert occurrence.decoded("recurrence-id") == series.decoded("dtstart")
    assert (str(events[2]["location"]), str(events[3]["location"])) == ("club", "home")


def test_what_is_written_is_read_back() -> None:
    """Names with every sign that means something in the format, and lines of more than 75 bytes."""
    odd = 'Café; "9, Main St"\\ ' + "ü" * 60
    diary = _diary("Asia/Kolkata", MONDAY, repeats=False)
    diary = diary.revised({"s0": _session(MONDAY, odd, f"A. {odd}\nB. Rest")}, LATER)
    calendar = written(diary)
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))
    (event,) = _events(calendar)
    assert str(event["location"]) == odd
    assert str(event["description"]) == f"A. {odd}\nB. Rest"
    assert event.decoded("duration") == timedelta(seconds=3480)
    assert Calendar.from_ical(Calendar.from_ical(calendar).to_ical()) == Calendar.from_ical(calendar)
    assert written(Diary.model_validate_json(diary.model_dump_json())) == calendar


# The address, over HTTP.


def _address(service: Service, plan: str, **headers: Any) -> str:
    made = service.post(f"/v1/plans/{plan}/calendar", **headers)
    assert made.status_code == 201, made.text
    assert made.headers["location"] == made.json()["address"]
    return str(made.json()["address"])


def _replanned(service: Service, plan: str) -> PlanResponse:
    """A week that takes the place of a plan: without its first session, the last one on another day."""
    week = kept_week(service)
    assert week.week is not None
    last = week.week.sessions[-1]
    moved = last.model_copy(update={"start": "07:15"})
    return _following(
        service, plan, week.model_copy(update={"week": week.week.model_copy(update={"sessions": [moved]})})
    )


def _following(service: Service, plan: str, week: PlanResponse) -> PlanResponse:
    parts = service.app.state.parts
    with parts.sessions.begin() as session:
        CalendarRepository(session, parts.catalog).follow(plan, week, datetime.now(UTC))
    return week


def test_an_address_follows_the_replans_of_its_plan(service: Service) -> None:
    plan = kept_week(service).id
    address = _address(service, plan)
    before = service.get(address)
    assert before.status_code == 200
    assert before.headers["content-type"].partition(";")[0] == "text/calendar"
    again = service.get(address, headers={"If-None-Match": before.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert service.get(f"/v1/plans/{plan}", headers={"Accept": "text/calendar"}).text == before.text

    first = _replanned(service, plan)
    second = _replanned(service, first.id)
    after = service.get(address, headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    uids = [str(event["uid"]) for event in _events(after.text)]
    assert set(uids) == {str(event["uid"]) for event in _events(before.text)}
    assert "STATUS:CANCELLED" in after.text
    # The second changed nothing more.
    assert {int(event["sequence"]) for event in _events(after.text)} == {0, 1}
    for replanned in (first, second):
        own = service.get(f"/v1/plans/{replanned.id}", headers={"Accept": "text/calendar"})
        assert own.status_code == 200
        assert _brief(_events(own.text)) == _brief(_events(after.text))
    assert service.get(f"/v1/plans/{plan}", headers={"Accept": "text/calendar"}).text == before.text


def test_an_address_is_told_once_and_kept_as_a_hash(service: Service) -> None:
    plan = kept_week(service).id
    former, address = _address(service, plan), _address(service, plan)
    token = address.removeprefix("/calendars/").removesuffix(".ics")
    assert len(token) == 43
    assert service.get(former).status_code == 404
    with sessions_of(service)() as session:
        kept = session.execute(text("SELECT * FROM calendar_feeds WHERE root = :plan"), {"plan": plan}).one()
    assert token not in str(kept)
    assert hashlib.sha256(token.encode()).hexdigest() in kept


def test_a_repetition_gets_the_same_address_and_ends_none(service: Service) -> None:
    plan = kept_week(service).id
    key = {"Idempotency-Key": "calendar-of-anna"}
    address = _address(service, plan, headers=key)
    assert _address(service, plan, headers=key) == address
    assert service.get(address).status_code == 200
    other = service.post(f"/v1/plans/{kept_week(service).id}/calendar", headers=key)
    assert other.json()["type"] == "/problems/idempotency-mismatch"
    assert service.request("DELETE", f"/v1/plans/{plan}/calendar").status_code == 204
    renewed = _address(service, plan, headers=key)
    assert renewed != address
    assert _address(service, plan, headers=key) == renewed
    assert service.get(renewed).status_code == 200


def test_an_address_that_is_ended_is_gone_for_good(service: Service) -> None:
    plan = kept_week(service).id
    address = _address(service, plan)
    followed = _replanned(service, plan).id
    ended = service.request("DELETE", f"/v1/plans/{followed}/calendar")
    assert (ended.status_code, ended.content) == (204, b"")
    gone = service.get(address)
    assert (gone.status_code, gone.headers["content-type"]) == (404, "application/problem+json")
    assert service.request("DELETE", f"/v1/plans/{plan}/calendar").status_code == 404
    for guess in ("x", "x" * 43, "%00"):
        assert service.get(f"/calendars/{guess}.ics").status_code == 404


def test_an_address_needs_no_key_and_making_one_does(service: Service) -> None:
    owner, other = (key_of(sessions_of(service), tenant, Scope.PLAN) for tenant in ("gym-a", "gym-b"))
    reader = key_of(sessions_of(service), "gym-a", Scope.READ)
    plan = kept_week(service, "gym-a").id
    assert service.post(f"/v1/plans/{plan}/calendar").status_code == 401
    assert service.post(f"/v1/plans/{plan}/calendar", headers=reader).status_code == 403
    assert service.post(f"/v1/plans/{plan}/calendar", headers=other).status_code == 404
    address = _address(service, plan, headers=owner)
    assert service.request("DELETE", f"/v1/plans/{plan}/calendar", headers=other).status_code == 404
    assert service.get(address).status_code == 200


def test_plans_without_dated_weeks_have_no_address(service: Service) -> None:
    answer = answer_examples()["week"]["value"]
    week = json.loads(json.dumps(answer["week"]))
    for session in week["sessions"]:
        session["starts_at"] = None
    undated = kept_week(service, week=type(documented_week().response.week).model_validate(week)).id
    refused = {
        undated: "no-dates",
        kept_without_a_week(service, "infeasible"): "no-week",
        kept_without_a_week(service, "queued"): "not-finished",
        "none": "not-found",
    }
    for plan, problem in refused.items():
        assert service.post(f"/v1/plans/{plan}/calendar").json()["type"] == f"/problems/{problem}"


def test_reads_are_counted_by_address(settings: Settings, database: Path) -> None:
    few = replace(settings, run_jobs=False, calendar_reads_per_minute=2)
    with in_process(create_app(few), database) as service:
        addresses = [_address(service, kept_week(service).id) for _ in range(2)]
        assert [service.get(addresses[0]).status_code for _ in range(3)] == [200, 200, 429]
        assert service.get(addresses[0]).headers["retry-after"]
        assert service.get(addresses[1]).status_code == 200
        assert [service.get("/calendars/x.ics").status_code for _ in range(3)] == [404, 404, 429]


def test_an_address_ends_with_the_last_of_its_plans(service: Service) -> None:
    plan = kept_week(service).id
    address = _address(service, plan)
    follower = _week_of_its_own(service, plan)
    parts = service.app.state.parts

    def forget(gone: str) -> None:
        with parts.sessions.begin() as session:
            CalendarRepository(session, parts.catalog).forget([gone])
            session.execute(text("DELETE FROM plans WHERE id = :gone"), {"gone": gone})

    forget(plan)
    assert service.get(address).status_code == 200
    forget(follower)
    assert service.get(address).status_code == 404
    with parts.sessions() as session:
        assert session.execute(text("SELECT count(*) FROM calendar_feeds WHERE root = :p"), {"p": plan}).scalar() == 0


def _week_of_its_own(service: Service, plan: str) -> str:
    return _following(service, plan, kept_week(service)).id


def test_on_a_server_database_too_an_address_follows(settings: Settings, postgres_url: str, database: Path) -> None:
    with in_process(create_app(replace(settings, run_jobs=False, database_url=postgres_url)), database) as service:
        plan = kept_week(service).id
        address = _address(service, plan)
        _replanned(service, _replanned(service, plan).id)
        assert "STATUS:CANCELLED" in service.get(address).text
        assert service.request("DELETE", f"/v1/plans/{plan}/calendar").status_code == 204
