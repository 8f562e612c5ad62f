"""Gyms over HTTP: kept, scheduled by a worker, told of, changed, and apart from others'."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from sqlalchemy import update

from service.app import create_app
from service.db.models import JobRow
from service.jobs.board import Board
from service.plans.schemas import PlanResponse
from service.plans.schemas.response import OriginResponse
from service.settings import Settings
from service.studies.weeks import ALONE, week_of
from service.tenants.keys import Scope
from service.webhooks.models import EventRow
from solver.verifier import verify
from tests.service.running import WAITING, in_process
from tests.service.tenants.asking import key_of, sessions_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx

    from catalog.catalog import Catalog
    from tests.service.running import Service

CLUB = {
    "id": "club",
    "equipment": ["pull_up_bar", "resistance_band", "flat_bench"],
    "stations": [
        {"id": "bar", "count": 1, "provides": ["pull_up_bar"]},
        {"id": "band", "count": 1, "provides": ["resistance_band"]},
        {"id": "flat_bench", "count": 2},
    ],
}
COUNTS = {"bar": 1, "band": 1, "flat_bench": 2}
DAYS = ("monday", "tuesday", "thursday", "friday")
GYM = {
    "name": "North",
    "places": [CLUB],
    "week": {
        "starts_on": "2096-11-19",
        "timezone": "Europe/London",
        "slots": [{"id": day[:3], "day": day, "minutes": 30} for day in DAYS],
    },
}
EARLY, LATE = {"slots": ["mon", "thu"]}, {"slots": ["tue", "fri"]}
SOON = {"effort": 0.02, "gap": 0.5, "workers": 2}
"""Ends as soon as everybody has a week with times."""


def kept(service: Service, gym: dict[str, Any] = GYM, **headers: str) -> str:
    """A gym with two members who train at the same times and one who does not; returns its address."""
    made = service.post("/v1/gyms", json=gym, headers=headers)
    assert made.status_code == 201, made.text
    address: str = made.headers["location"]
    for name, slots in (("anna", EARLY), ("bert", EARLY), ("cleo", LATE)):
        assert service.post(f"{address}/members", json={"id": name, **slots}, headers=headers).status_code == 201
    return address


def scheduled(service: Service, gym: str, **wish: Any) -> dict[str, Any]:
    """The finished schedule of a gym."""
    answered = service.post(f"{gym}/schedules", json={"solve": SOON, **wish}, headers=WAITING)
    assert answered.status_code == 200, answered.text
    found: dict[str, Any] = answered.json()
    assert answered.headers["location"] == f"/v1/schedules/{found['id']}"
    return found


def plans_of(service: Service, schedule: dict[str, Any]) -> dict[str, PlanResponse]:
    """The plans of a schedule's members, each fetched by its own address."""
    told = {one["member"]: service.get(f"/v1/plans/{one['plan']}") for one in schedule["answer"]["members"]}
    return {member: PlanResponse.model_validate_json(plan.content) for member, plan in told.items()}


def most_held(plans: Iterator[PlanResponse] | list[PlanResponse]) -> dict[str, int]:
    """The most of every station that anybody's plans hold at one moment, by the dates and times they tell."""
    changes: dict[str, Counter[datetime]] = defaultdict(Counter)
    for plan in plans:
        assert plan.week is not None
        for session in plan.week.sessions:
            for entry in session.entries:
                assert entry.timed is not None
                assert entry.timed.starts_at is not None
                start = datetime.fromisoformat(entry.timed.starts_at)
                for station in entry.timed.stations:
                    changes[station][start] += 1
                    changes[station][start + timedelta(seconds=entry.timed.end_second - entry.timed.start_second)] -= 1
    found = {}
    for station, steps in changes.items():
        held = [0]
        for moment in sorted(steps):
            held.append(held[-1] + steps[moment])
        found[station] = max(held)
    return found


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    database = tmp_path_factory.mktemp("gyms") / "plans.db"
    settings = Settings(database_url=f"sqlite:///{database}", max_concurrent_solves=1, requests_per_minute=0)
    with in_process(create_app(settings), database) as running:
        yield running


@pytest.fixture(scope="module")
def gym(service: Service) -> str:
    return kept(service)


@pytest.fixture(scope="module")
def first(service: Service, gym: str) -> dict[str, Any]:
    return scheduled(service, gym)


def test_every_member_gets_a_week_of_his_own_and_no_station_is_held_twice(
    service: Service, first: dict[str, Any], catalog: Catalog
) -> None:
    answer = first["answer"]
    assert first["status"] == "done"
    assert [one["member"] for one in answer["members"]] == ["anna", "bert", "cleo"]
    plans = plans_of(service, first)
    for plan in plans.values():
        week = week_of(plan, catalog)
        assert verify(week.problem, week.plan) == ()
        assert all(line.holds for line in plan.certificate)
        assert plan.week is not None
        assert plan.origin == OriginResponse(kind="schedule", plan=None, question=first["id"])
        for session in plan.week.sessions:
            times = [entry.timed for entry in session.entries if entry.timed is not None]
            assert len(times) == len(session.entries)
            assert times[0].start_second >= 300
            assert times[-1].end_second <= session.seconds <= session.limit_seconds
            assert all(b.start_second >= a.end_second + 60 for a, b in pairwise(times))
    peaks = most_held(list(plans.values()))
    assert peaks["band"] == 1
    assert peaks == {use["station"]: use["peak"] for use in answer["stations"] if use["peak"]}
    assert all(peaks[station] <= count for station, count in COUNTS.items() if station in peaks)
    for use in answer["stations"]:
        assert max([held for _, held in use["levels"]], default=0) == use["peak"]
    assert answer["check"]["holds"]
    assert answer["check"]["sessions"] == 6


def test_bound_gap_and_fairness_are_those_of_the_members(first: dict[str, Any]) -> None:
    answer = first["answer"]
    members, score, fairness = answer["members"], answer["score"], answer["fairness"]
    assert score["value"] == pytest.approx(sum(one["score"] for one in members))
    assert score["alone"] == pytest.approx(sum(one["alone"]["score"] for one in members))
    assert score["value"] <= score["bound"] == pytest.approx(sum(one["alone"]["bound"] for one in members))
    assert score["gap"] == pytest.approx(1 - score["value"] / score["bound"], abs=1e-5)
    losses = [max(0.0, 100 * (1 - one["score"] / one["alone"]["score"])) for one in members]
    assert fairness["losses_percent"] == pytest.approx(sorted(losses, reverse=True), abs=1e-3)
    assert fairness["keeps"] == (fairness["most_percent"] <= 10)


def test_a_members_plan_is_told_in_every_format_with_its_times(service: Service, first: dict[str, Any]) -> None:
    plan = plans_of(service, first)["anna"]
    assert plan.week is not None
    session = plan.week.sessions[0]
    entry = next(e for e in session.entries if e.timed is not None and e.timed.stations)
    assert entry.timed is not None
    assert entry.timed.starts_at is not None
    said = f"{entry.timed.starts_at[11:16]} at {' and '.join(entry.timed.stations)}"
    shown = {
        media: service.get(f"/v1/plans/{plan.id}", headers={"Accept": media})
        for media in ("text/markdown", "text/html", "text/calendar")
    }
    assert {answer.status_code for answer in shown.values()} == {200}
    assert said in shown["text/html"].text
    assert said in shown["text/markdown"].text.replace("\\", "")
    events = list(Calendar.from_ical(shown["text/calendar"].text).walk("VEVENT"))
    assert said in str(events[0]["description"])
    assert events[0].decoded("duration") == timedelta(seconds=session.seconds)
    assert any(first["id"] in note for note in plan.notes)


def test_a_week_that_leaves_its_schedule_says_that_its_times_are_gone(service: Service, first: dict[str, Any]) -> None:
    plan = first["answer"]["members"][0]["plan"]
    asked = {"missed": ["mon"], "propose": True, "solve": {"time_limit_seconds": 5, "gap": 0.5}}
    replanned = service.post(f"/v1/plans/{plan}/replan", json=asked, headers=WAITING).json()
    week = service.get(f"/v1/plans/{replanned['answer']['plan']}").json()
    assert all(entry["timed"] is None for session in week["week"]["sessions"] for entry in session["entries"])
    assert ALONE in week["notes"]
    assert ALONE not in service.get(f"/v1/plans/{plan}").json()["notes"]


def test_what_has_not_changed_is_not_scheduled_again(service: Service, gym: str, first: dict[str, Any]) -> None:
    assert scheduled(service, gym)["id"] == first["id"]
    assert [one["id"] for one in service.get(f"{gym}/schedules").json()["items"]] == [first["id"]]
    assert service.get(gym).json()["schedule"] == first["id"]
    member = service.get(f"{gym}/members/anna").json()
    assert member["plan"] == first["answer"]["members"][0]["plan"]
    told = service.get(f"/v1/schedules/{first['id']}/events").text
    assert "event: ended" in told
    tag = service.get(f"/v1/schedules/{first['id']}").headers["etag"]
    assert service.get(f"/v1/schedules/{first['id']}", headers={"If-None-Match": tag}).status_code == 304


def test_a_schedule_goes_on_from_the_one_before_and_keeps_all_weeks(service: Service, first: dict[str, Any]) -> None:
    """The same gym asked whole: the search is done anew, and comes to the same."""
    body = {**first["request"], "before": first["id"]}
    again = service.post("/v1/schedules", json=body, headers=WAITING).json()
    assert again["id"] != first["id"]
    assert again["answer"]["diff"]["kept"] == 3
    assert again["answer"]["diff"]["changed"] == []
    plans = [[one["plan"] for one in schedule["answer"]["members"]] for schedule in (first, again)]
    assert plans[0] == plans[1]
    alike = service.post("/v1/schedules", json={**body, "before": None}, headers=WAITING).json()
    assert [one["sessions"] for one in alike["answer"]["members"]] == [
        one["sessions"] for one in first["answer"]["members"]
    ]


def test_a_new_member_and_a_broken_machine_change_few_weeks_and_are_told(
    service: Service, gym: str, first: dict[str, Any]
) -> None:
    hook = service.post("/v1/webhooks", json={"url": "https://hooks.example.com/x", "events": ["schedule.changed"]})
    feed = service.post(f"/v1/plans/{first['answer']['members'][0]['plan']}/calendar").json()["address"]
    added = service.request("PUT", f"{gym}/members/dora", json=LATE)
    assert added.status_code == 201
    second = scheduled(service, gym)
    diff = second["answer"]["diff"]
    assert diff["before"] == first["id"]
    changes = {one["member"]: one["change"] for one in diff["changed"]}
    assert changes["dora"] == "new"
    assert changes.keys() <= {"dora", "cleo"}, "the others train at other times"
    plans = [{one["member"]: one["plan"] for one in s["answer"]["members"]} for s in (first, second)]
    assert (plans[0]["anna"], plans[0]["bert"]) == (plans[1]["anna"], plans[1]["bert"])
    left = service.post(f"/v1/plans/{plans[1]['dora']}/calendar").json()["address"]
    assert service.request("DELETE", f"{gym}/members/dora").status_code == 204
    broken = service.request("PATCH", f"{gym}/places/club/stations/bar", json={"count": 0})
    assert broken.json()["gym"]["places"][0]["stations"][0]["count"] == 0
    third = scheduled(service, gym)
    users = {
        one["member"]
        for one in second["answer"]["members"]
        for s in one["sessions"]
        for e in s["entries"]
        if "bar" in e["stations"]
    }
    assert users
    assert service.get(left).text.count("STATUS:CANCELLED") == 2
    other = {one["member"] for one in third["answer"]["diff"]["changed"] if one["change"] == "changed"}
    gone = {one["member"] for one in third["answer"]["diff"]["changed"] if one["change"] == "gone"}
    assert gone == {"dora"}
    assert users <= other | gone | {one["member"] for one in third["answer"]["unplaced"]}
    before = {one["plan"]: one["plan_before"] for one in third["answer"]["diff"]["changed"]}
    for plan in plans_of(service, third).values():
        if plan.id in before:
            assert plan.origin == OriginResponse(kind="schedule", plan=before[plan.id], question=third["id"])
        assert "pull_up_bar" not in json.dumps(plan.week.model_dump() if plan.week else None)
        assert "pull_up_bar" not in json.dumps(plan.request["places"])
    assert most_held(list(plans_of(service, third).values())).get("bar") is None
    if "anna" in other:
        assert service.get(feed).text.count("SEQUENCE:1") > 0
    with sessions_of(service)() as session:
        told = [json.loads(event.body)["data"] for event in session.query(EventRow).order_by(EventRow.created_at)]
    of_second = [data for data in told if data["schedule"] == second["id"]]
    assert of_second[0]["gym"] == gym.rpartition("/")[2]
    assert {one["member"] for one in of_second[0]["members"]} == changes.keys()
    dora = next(data for data in of_second[1:] if data["member"] == "dora")
    assert dora["plan"] == plans[1]["dora"]
    assert {change["change"] for change in dora["sessions"]} == {"added"}
    assert service.request("DELETE", f"/v1/webhooks/{hook.json()['id']}").status_code == 204


def test_who_is_booked_stands_and_a_booking_that_cannot_be_held_is_named(service: Service) -> None:
    gym = kept(service)
    before = scheduled(service, gym)
    refused = service.post(f"{gym}/schedules", json={"booked": ["zoe"]})
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/booked/0"]
    service.request("PUT", f"{gym}/members/dora", json=EARLY)
    after = scheduled(service, gym, booked=["anna"])
    weeks = [{one["member"]: one for one in s["answer"]["members"]} for s in (before, after)]
    assert weeks[1]["anna"]["booked"]
    sets = [
        sorted((s["slot"], e["exercise"], e["sets"]) for s in w["anna"]["sessions"] for e in s["entries"])
        for w in weeks
    ]
    assert sets[0] == sets[1]
    for schedule in (after, scheduled(service, gym, booked=["anna"], keep=False)):
        (anna,) = (one for one in schedule["answer"]["members"] if one["member"] == "anna")
        assert anna["sessions"] == weeks[0]["anna"]["sessions"], "what she was told, to the second"
        assert schedule["answer"]["check"]["as_told"] == 2
    service.request("PATCH", f"{gym}/places/club/stations/band", json={"count": 0})
    assert any("band" in e["stations"] for s in weeks[1]["anna"]["sessions"] for e in s["entries"])
    broken = service.post(f"{gym}/schedules", json={"booked": ["bert", "anna"]})
    assert broken.status_code == 422
    errors = {error["pointer"]: error for error in broken.json()["errors"]}
    assert errors["/booked/1"]["code"] == "broken_pin"
    assert "member 'anna', /booked" in errors["/booked/1"]["message"]
    inline = {**before["request"], "solve": SOON}
    inline["members"] = [
        {**inline["members"][0], "booked": [{"slot": "mon", "entries": [{"exercise": "push_up", "sets": 9}]}]}
    ]
    whole = service.post("/v1/schedules", json=inline).json()
    assert [(error["pointer"], error["code"]) for error in whole["errors"]] == [("/members/0/booked", "broken_pin")]


def test_slots_take_as_many_members_as_they_have_places(service: Service) -> None:
    """On Monday there is a place, on Tuesday one that Dora has booked and one more, on Friday none."""
    places: dict[str, dict[str, int]] = {"mon": {"remaining": 1}, "tue": {"capacity": 2}, "fri": {"remaining": 0}}
    slots = [{**slot, "minutes": 45, **places.get(slot["id"], {})} for slot in GYM["week"]["slots"]]  # type: ignore[index]
    week = {**GYM["week"], "slots": slots}  # type: ignore[dict-item]
    once = {"slots": ["mon", "tue", "fri"], "plan": {"week": {"sessions": {"min": 1, "max": 1}}}}
    gym = {**GYM, "week": week, "places": [{**CLUB, "stations": []}]}
    asked = {"gym": gym, "members": [{"id": "dora", **once, "slots": ["tue"]}], "solve": SOON}
    (dora,) = service.post("/v1/schedules", json=asked, headers=WAITING).json()["answer"]["members"]
    told = ("exercise", "sets", "equipment", "superset", "start_second", "stations")
    booked = [
        {"slot": s["slot"], "entries": [{name: entry[name] for name in told} for entry in s["entries"]]}
        for s in dora["sessions"]
    ]
    members = [
        {"id": "dora", **once, "slots": ["tue"], "booked": booked},
        *({"id": name, **once} for name in ("anna", "bert")),
    ]
    answer = service.post("/v1/schedules", json={**asked, "members": members}, headers=WAITING).json()["answer"]
    trained = {one["member"]: [session["slot"] for session in one["sessions"]] for one in answer["members"]}
    assert (trained.pop("dora"), sorted(trained.values())) == (["tue"], [["mon"], ["tue"]])
    uses = {use["slot"]: (use["booked"], use["others"], use["left"]) for use in answer["slots"]}
    assert uses == {"mon": (0, 1, 0), "tue": (1, 1, 0), "thu": (0, 0, None), "fri": (0, 0, 0)}
    assert (answer["check"]["slots"], answer["check"]["as_told"], answer["moved"]) == (3, 1, [])
    asked_of_anna = service.get(f"/v1/plans/{answer['members'][1]['plan']}").json()["request"]
    assert [slot["id"] for slot in asked_of_anna["week"]["slots"]] == ["mon", "tue"]


def test_who_is_no_longer_booked_keeps_his_week_in_a_slot_that_he_had_filled(service: Service) -> None:
    slots = [{"id": day[:3], "day": day, "minutes": 45, "capacity": 1} for day in DAYS[:2]]
    gym = {**GYM, "week": {**GYM["week"], "slots": slots}, "places": [{**CLUB, "stations": []}]}  # type: ignore[dict-item]
    free = {"id": "dora", "plan": {"week": {"sessions": {"min": 1, "max": 1}}}}
    asked = {"gym": gym, "members": [{**free, "slots": ["mon"]}], "solve": SOON}
    (found,) = service.post("/v1/schedules", json=asked, headers=WAITING).json()["answer"]["members"]
    booked = [
        {"slot": s["slot"], "entries": [{"exercise": e["exercise"], "sets": e["sets"]} for e in s["entries"]]}
        for s in found["sessions"]
    ]
    before = service.post(
        "/v1/schedules", json={**asked, "members": [{**free, "booked": booked}]}, headers=WAITING
    ).json()
    after = {**asked, "members": [free], "before": before["id"]}
    (dora,) = service.post("/v1/schedules", json=after, headers=WAITING).json()["answer"]["members"]
    assert (dora["change"], [session["slot"] for session in dora["sessions"]]) == ("kept", ["mon"])


def test_a_member_without_any_week_is_named_with_his_request(service: Service) -> None:
    wanted = {"athlete": {"must_include": [{"exercise": "barbell_back_squat"}]}}
    members = [{"id": "anna", **EARLY}, {"id": "sure", **LATE, "plan": wanted}]
    asked = {"gym": GYM, "members": members, "solve": SOON}
    found = service.post("/v1/schedules", json=asked, headers=WAITING).json()
    assert found["status"] == "done"
    assert [one["member"] for one in found["answer"]["members"]] == ["anna"]
    (sure,) = found["answer"]["unplaced"]
    assert (sure["member"], sure["reason"]) == ("sure", "infeasible")
    alone = service.post("/v1/plans", json=sure["request"])
    assert alone.status_code == 202, "it can be asked as it is"
    service.request("DELETE", alone.headers["location"])


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Without a worker: what is asked stays queued."""
    database = tmp_path_factory.mktemp("idle") / "plans.db"
    settings = Settings(database_url=f"sqlite:///{database}", run_jobs=False, requests_per_minute=0, plans_per_minute=0)
    with in_process(create_app(settings), database) as running:
        yield running


def test_gyms_and_members_are_kept_changed_listed_and_forgotten(idle: Service) -> None:
    once = {"Idempotency-Key": "north"}
    made = idle.post("/v1/gyms", json=GYM, headers=once).json()
    assert idle.post("/v1/gyms", json=GYM, headers=once).json() == made
    address = f"/v1/gyms/{made['id']}"
    assert idle.get(address).json() == {**made, "gym": GYM, "members": 0, "schedule": None}
    anna = idle.post(f"{address}/members", json={"id": "anna", **EARLY})
    assert anna.headers["location"] == f"{address}/members/anna"
    assert idle.post(f"{address}/members", json={"id": "anna"}).json()["type"] == "/problems/exists"
    changed = idle.request("PUT", f"{address}/members/anna", json=LATE)
    assert (changed.status_code, changed.json()["member"]) == (200, {"id": "anna", **LATE})
    for name in ("bert", "cleo"):
        idle.request("PUT", f"{address}/members/{name}", json={})
    page = idle.get(f"{address}/members?limit=2").json()
    rest = idle.get(f"{address}/members?limit=2&cursor={page['next_cursor']}").json()
    assert [one["id"] for one in page["items"] + rest["items"]] == ["anna", "bert", "cleo"]
    assert rest["next_cursor"] is None
    south = {**GYM, "name": "South", "most_lost_percent": 5}
    assert idle.request("PUT", address, json=south).json()["gym"] == south
    assert made["id"] in [gym["id"] for gym in idle.get("/v1/gyms").json()["items"]]
    assert idle.request("DELETE", f"{address}/members/bert").status_code == 204
    assert idle.get(f"{address}/members/bert").status_code == 404
    assert idle.request("DELETE", address).status_code == 204
    assert idle.get(address).status_code == idle.get(f"{address}/members").status_code == 404


def test_a_gym_has_one_schedule_in_the_making_which_can_be_stopped(idle: Service) -> None:
    gym = kept(idle)
    empty = idle.post("/v1/gyms", json=GYM).headers["location"]
    assert idle.post(f"{empty}/schedules", json={}).status_code == 422
    once = {"Idempotency-Key": "first"}
    asked = idle.post(f"{gym}/schedules", json={}, headers=once)
    assert asked.status_code == 202
    schedule = asked.json()
    assert [member["id"] for member in schedule["request"]["members"]] == ["anna", "bert", "cleo"]
    assert idle.post(f"{gym}/schedules", json={}).json()["type"] == "/problems/scheduling"
    assert idle.post(f"{gym}/schedules", json={}, headers=once).json()["id"] == schedule["id"]
    stopped = idle.post(f"/v1/schedules/{schedule['id']}/cancel")
    assert (stopped.status_code, stopped.json()["status"]) == (200, "cancelled")
    assert idle.get(gym).json()["schedule"] is None
    assert idle.post(f"{gym}/schedules", json={}).status_code == 202


def _refused(answer: httpx.Response) -> set[tuple[str, str]]:
    assert answer.status_code == 422, answer.text
    return {(error["pointer"], error["code"]) for error in answer.json()["errors"]}


def test_every_fault_of_a_gym_is_named(idle: Service) -> None:
    stations = [
        {"id": "rack", "count": 3},
        {"id": "bar", "count": 999, "provides": ["pull_up_bar"]},
        {"id": "bar", "count": 1, "provides": ["barbell"]},
    ]
    week = {"timezone": "Europe/Londn", "slots": [{"id": "mon", "day": "monday", "place": "hall"}]}
    wrong = {"places": [{**CLUB, "stations": stations}, {"id": "club", "equipment": "ful_gym"}], "week": week}
    assert _refused(idle.post("/v1/gyms", json=wrong)) == {("/places/0/stations/1/count", "out_of_range")}
    stations[1]["count"] = 1
    assert _refused(idle.post("/v1/gyms", json=wrong)) == {
        ("/places/1/id", "duplicate"),
        ("/places/1/equipment", "unknown_id"),
        ("/week/timezone", "unknown_id"),
        ("/week/slots/0/place", "unknown_id"),
    }
    overfull = {"slots": [{"id": "mon", "day": "monday", "capacity": 2, "remaining": 3}]}
    few = {"places": [CLUB], "week": overfull}
    assert _refused(idle.post("/v1/gyms", json=few)) == {("/week/slots/0/remaining", "contradiction")}
    right = {"places": [{**CLUB, "stations": stations}], "week": GYM["week"]}
    assert _refused(idle.post("/v1/gyms", json=right)) == {
        ("/places/0/stations/0/provides", "required"),
        ("/places/0/stations/2/id", "duplicate"),
        ("/places/0/stations/2/provides/0", "contradiction"),
    }


@pytest.mark.parametrize(
    ("member", "fault"),
    [
        ({"slots": ["sun"]}, ("/slots/0", "unknown_id")),
        ({"slots": ["mon", "mon"]}, ("/slots/1", "duplicate")),
        ({"plan": {"athlete": {"favourites": ["face_pul"]}}}, ("/plan/athlete/favourites/0", "unknown_id")),
        ({"plan": {"places": [{"id": "club", "equipment": "hotel"}]}}, ("/plan/places/0/id", "duplicate")),
        ({"plan": {"places": [{"id": "home", "equipment": "hotl"}]}}, ("/plan/places/0/equipment", "unknown_id")),
        ({"plan": {"week": {"timezone": "Asia/Tokyo"}}}, ("/plan/week/timezone", "contradiction")),
        ({"plan": {"week": {"sessions": {"min": 3, "max": 2}}}}, ("/plan/week/sessions/min", "contradiction")),
        (
            {"slots": ["tue"], "plan": {"week": {"slots": [{"id": "tue", "day": "sunday"}]}}},
            ("/plan/week/slots/0/id", "duplicate"),
        ),
        (
            {"slots": ["tue"], "plan": {"week": {"slots": [{"id": "mon", "day": "sunday"}]}}},
            ("/plan/week/slots/0/id", "duplicate"),
        ),
        (
            {"slots": ["tue"], "plan": {"week": {"slots": [{"id": "own", "day": "tuesday", "start": "18:10"}]}}},
            ("/plan/week/slots/0", "overlap"),
        ),
        ({"plan": {"pins": [{"slot": "mon", "entries": [], "done": True}]}}, ("/plan/pins/0/done", "contradiction")),
        (
            {"booked": [{"slot": "sun", "entries": [{"exercise": "push_up", "sets": 3}]}]},
            ("/booked/0/slot", "unknown_id"),
        ),
        ({"booked": [{"slot": "mon", "entries": [{"exercise": "push_up", "sets": 3}]}]}, ("/booked", "broken_pin")),
        (
            {"booked": [{"slot": "mon", "entries": [{"exercise": "push_up", "sets": 3, "stations": ["bar"]}]}]},
            ("/booked/0/entries/0/start_second", "required"),
        ),
    ],
)
def test_every_fault_of_a_member_is_named(idle: Service, member: dict[str, Any], fault: tuple[str, str]) -> None:
    made = idle.post("/v1/gyms", json=GYM).headers["location"]
    assert fault in _refused(idle.request("PUT", f"{made}/members/anna", json=member))
    whole = {"gym": GYM, "members": [{"id": "bert"}, {"id": "anna", **member}]}
    pointer, code = fault
    assert (f"/members/1{pointer}", code) in _refused(idle.post("/v1/schedules", json=whole))


def test_a_gym_that_its_members_do_not_fit_any_more_names_them(idle: Service) -> None:
    gym = kept(idle)
    week = {**GYM["week"], "slots": [{"id": "mon", "day": "monday", "minutes": 30}]}  # type: ignore[dict-item]
    assert idle.request("PUT", gym, json={**GYM, "week": week}).status_code == 200
    refused = idle.post(f"{gym}/schedules", json={}).json()
    said = [error["message"] for error in refused["errors"]]
    assert any(message.startswith("member 'cleo', /slots/0: unknown slot 'tue'") for message in said)


def test_the_gyms_of_another_are_not_there(tmp_path: Path) -> None:
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'plans.db'}", run_jobs=False)
    with in_process(create_app(settings), tmp_path) as service:
        owner, other = (key_of(sessions_of(service), tenant, Scope.ADMIN) for tenant in ("gym-a", "gym-b"))
        gym = kept(service, **owner)
        schedule = service.post(f"{gym}/schedules", json={}, headers=owner).json()["id"]
        assert service.post(f"{gym}/members", json={"id": "eve"}, headers=other).status_code == 404
        operations: list[tuple[str, str, Any]] = [
            ("GET", "", None),
            ("PUT", "", GYM),
            ("DELETE", "", None),
            ("PATCH", "/places/club/stations/bar", {"count": 0}),
            ("GET", "/members", None),
            ("POST", "/members", {"id": "eve"}),
            ("GET", "/members/anna", None),
            ("PUT", "/members/anna", {}),
            ("DELETE", "/members/anna", None),
            ("POST", "/schedules", {}),
            ("GET", "/schedules", None),
        ]
        paths = service.get("/openapi.json").json()["paths"]
        known = {(m.upper(), path) for path, methods in paths.items() for m in methods if "/gyms/{gym_id}" in path}
        assert len(known) == len(operations), "a new operation has to be added here"
        for method, path, body in operations:
            said = [
                service.request(method, f"{address}{path}", json=body, headers=other)
                for address in (gym, "/v1/gyms/01a203e4-0000-7000-8000-000000000000")
            ]
            assert [answer.status_code for answer in said] == [404, 404], path
            assert said[0].json()["detail"] == said[1].json()["detail"], "it tells that there is one"
        assert service.get("/v1/gyms", headers=other).json()["items"] == []
        foreign = {"gym": GYM, "members": [{"id": "eve"}], "before": schedule}
        assert _refused(service.post("/v1/schedules", json=foreign, headers=other)) == {("/before", "unknown_id")}
        early = service.post("/v1/schedules", json=foreign, headers=owner)
        assert early.json()["type"] == "/problems/not-finished"


def test_a_plan_that_a_later_schedule_names_is_kept_as_long_as_that(service: Service, first: dict[str, Any]) -> None:
    plan = first["answer"]["members"][0]["plan"]
    long_ago, now = datetime.now(UTC) - timedelta(days=9), datetime.now(UTC)
    with sessions_of(service).begin() as session:
        session.execute(update(JobRow).where(JobRow.id == plan).values(ended_at=long_ago))
    with sessions_of(service).begin() as session:
        assert plan in Board(session).ended_before(now - timedelta(days=5), 100)
    again = service.post(
        "/v1/schedules",
        json={**first["request"], "before": first["id"], "solve": {**SOON, "seed": 2}},
        headers=WAITING,
    ).json()
    assert again["answer"]["members"][0]["plan"] == plan
    with sessions_of(service).begin() as session:
        assert plan not in Board(session).ended_before(now - timedelta(days=5), 100)
