"""Watched plans: what becomes of their slots is never missed; followed with least change, or said to be too much."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar
from sqlalchemy import delete, text, update

from catalog.catalog import default_catalog
from service.app import create_app
from service.booking.fetching import Fetcher
from service.booking.following import follow
from service.booking.repository import FeedRepository
from service.booking.slots import BookableSlot
from service.db.models import JobRow, PlanRow
from service.db.session import engine_of
from service.jobs.chores import submitting
from service.jobs.messages import Messages
from service.kept.room import Ahead
from service.outbound.targets import TargetRules
from service.studies.weeks import week_of
from service.tenants.keys import Scope
from service.watches.ending import MOST_TRIES
from service.watches.keeper import AT_ONCE, PlanKeeper
from service.watches.looking import look
from service.watches.models import WatchRow
from service.watches.repository import WatchRepository
from service.watches.schemas import WatchRequest
from tests.service.at_once import meeting
from tests.service.booking.feeds import BookingSystem, served
from tests.service.jobs.toys import wait_until
from tests.service.running import in_process
from tests.service.studies.keeping import kept_week, kept_without_a_week
from tests.service.tenants.asking import key_of, sessions_of
from tests.service.watches.members import IDS, SLOTS, SOLVE, evening, kept_plan, next_monday, solved_week, used
from tests.service.webhooks.receiving import receiver

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from service.plans.schemas import PlanResponse
    from service.settings import Settings
    from tests.service.running import Service

READ = Fetcher(TargetRules(loopback=True))


class Gym:
    """A booking system whose feed is read on demand."""

    def __init__(self, service: Service, system: BookingSystem, url: str) -> None:
        self.service, self.system = service, system
        with sessions_of(service).begin() as session:
            FeedRepository(session).add("local", "gym", url, datetime.now(UTC))
        self.put(*SLOTS)

    def put(self, *slots: dict[str, Any]) -> None:
        """Change slots, and let the change be read."""
        self.system.put(*slots)
        self.read()

    def read(self) -> None:
        with sessions_of(self.service)() as session:
            (feed,) = FeedRepository(session).listed("local")
        follow(feed, sessions_of(self.service), READ)


@contextmanager
def _gym(service: Service) -> Iterator[Gym]:
    system = BookingSystem(page_size=10)
    with served(system) as url:
        yield Gym(service, system, url)


@pytest.fixture
def gym(service: Service) -> Iterator[Gym]:
    with _gym(service) as found:
        yield found


def watched(service: Service, plan: PlanResponse, **asked: Any) -> dict[str, Any]:
    answer = service.request("PUT", f"/v1/plans/{plan.id}/watch", json={"solve": SOLVE, **asked})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def shown(service: Service, plan: str) -> dict[str, Any]:
    found: dict[str, Any] = service.get(f"/v1/plans/{plan}/watch").json()
    return found


def looked(service: Service, *, queued_jobs: int = 0) -> bool:
    """A look of a worker's at what is due."""
    parts = service.app.state.parts
    messages = Messages(engine_of(parts.sessions))
    ahead = Ahead(parts.sessions, seats=10, tenant_jobs=0, queued_jobs=queued_jobs)
    try:
        return PlanKeeper(parts.catalog, parts.sessions, ahead).see_to(submitting(messages))
    finally:
        messages.close()


def _index(slot: str) -> int:
    return IDS.index(slot)


def test_a_plan_follows_its_slots_through_all_that_becomes_of_them(settings: Settings, database: Path) -> None:
    """Full, moved, all of them cancelled, one of them back: over HTTP, with a worker that finds out by itself."""
    app = create_app(replace(settings, webhook_loopback=True, feed_loopback=True))
    with in_process(app, database) as service, receiver() as told, _gym(service) as gym:
        secret = service.post("/v1/webhooks", json={"url": told.url}).json()["secret"]
        plan = kept_plan(service)
        address = service.post(f"/v1/plans/{plan.id}/calendar").json()["address"]
        assert watched(service, plan)["status"] == "checking"

        def settled(status: str, other_than: str) -> dict[str, Any]:
            def so() -> bool:
                now = shown(service, plan.id)
                return now["status"] == status and (now["plan"] != other_than or status == "failed")

            wait_until(so, 30)
            return shown(service, plan.id)

        def week(plan_id: str) -> dict[str, Any]:
            (session,) = service.get(f"/v1/plans/{plan_id}").json()["week"]["sessions"]
            found: dict[str, Any] = session
            return found

        def events() -> dict[str, tuple[str, int]]:
            found = Calendar.from_ical(service.get(address).text).walk("VEVENT")
            slots = {slot: e for e in found for slot in IDS if slot in str(e["uid"])}
            return {slot: (str(e["status"]), int(e["sequence"])) for slot, e in slots.items()}

        first = used(plan)
        wait_until(lambda: shown(service, plan.id)["status"] == "current")
        gym.put({**SLOTS[_index(first)], "remainingUses": 0})
        second = settled("current", plan.id)["plan"]
        slot = week(second)["slot"]
        assert slot != first
        assert events() == {first: ("CANCELLED", 1), slot: ("CONFIRMED", 0)}

        moved = evening(_index(slot) + 1, 5, 9)
        gym.put(moved)
        third = settled("current", second)["plan"]
        assert (week(third)["slot"], week(third)["starts_at"]) == (
            slot,
            f"{next_monday() + timedelta(5)}T09:00:00+00:00",
        )
        assert events()[slot] == ("CONFIRMED", 1)

        gym.put(*({**one, "remainingUses": 0} for one in SLOTS if one["@id"] != slot))
        gym.system.delete(moved)
        gym.read()
        failed = settled("failed", third)
        assert failed["plan"] == third
        assert failed["failure"]["status"] == "infeasible"
        assert failed["failure"]["slots"] == [slot]
        assert f"{slot} is cancelled" in [one["statement"] for one in failed["failure"]["conflict"]]
        assert events()[slot] == ("CANCELLED", 2)
        assert service.get(f"/v1/plans/{plan.id}/watch").json()["status"] == "failed", (
            "what was tried is not tried again"
        )

        gym.put(SLOTS[_index(first)])
        last = settled("current", third)["plan"]
        assert (week(last)["slot"], shown(service, plan.id)["failure"]) == (first, None)
        assert events()[first] == ("CONFIRMED", 2)

        messages = [message.verified(secret) for message in told.until(7)]
        replaced = [m["data"]["replaces"] for m in messages if m["type"] == "plan.replanned"]
        assert sorted(replaced) == sorted([plan.id, second, third])
        (failure,) = (m["data"] for m in messages if m["type"] == "plan.failed")
        assert (failure["plan"], failure["status"], failure["slots"]) == (third, "infeasible", [slot])
        assert len({message.headers["webhook-id"] for message in told.messages}) == len(messages)


def test_a_page_marks_whom_it_concerns_and_a_look_asks_for_one_replan(service: Service, gym: Gym) -> None:
    plan, other = kept_plan(service), kept_plan(service)
    slot = used(plan)
    watched(service, plan)
    assert looked(service)
    assert (shown(service, plan.id)["status"], looked(service)) == ("current", False)
    gym.put({**SLOTS[_index(slot)], "remainingUses": 2}, *(s for s in SLOTS if s["@id"] != slot))
    assert looked(service)
    assert shown(service, plan.id)["status"] == "current", "it has room still"
    gym.put({**SLOTS[_index(slot)], "remainingUses": 0})
    assert shown(service, plan.id)["status"] == "checking"
    assert looked(service)
    now = shown(service, plan.id)
    assert now["status"] == "replanning"
    asked = service.get(f"/v1/replans/{now['replan']}").json()
    assert (asked["plan"], asked["status"]) == (plan.id, "queued")
    gym.put({**SLOTS[_index(slot)], "cancelled": True})
    assert not looked(service), "one at a time"
    assert len(service.get("/v1/replans").json()["items"]) == 1
    assert service.get(f"/v1/plans/{other.id}/watch").status_code == 404


def test_a_place_that_the_member_has_is_kept_though_the_slot_is_full(service: Service, gym: Gym) -> None:
    plan = kept_plan(service)
    slot = used(plan)
    watched(service, plan, booked=[slot])
    gym.put({**SLOTS[_index(slot)], "remainingUses": 0})
    assert looked(service)
    assert shown(service, plan.id)["status"] == "current"
    gym.put({**SLOTS[_index(slot)], "remainingUses": 0, "eventStatus": "https://schema.org/EventCancelled"})
    assert looked(service)
    assert shown(service, plan.id)["status"] == "replanning"


def test_what_the_feed_said_before_the_watch_counts_as_well(service: Service, gym: Gym) -> None:
    plan = kept_plan(service)
    gym.system.delete(SLOTS[_index(used(plan))])
    gym.read()
    watched(service, plan)
    assert looked(service)
    assert shown(service, plan.id)["status"] == "replanning"


def test_without_room_in_the_queue_nothing_is_forgotten(service: Service, gym: Gym) -> None:
    plan = kept_plan(service)
    watched(service, plan)
    gym.put({**SLOTS[_index(used(plan))], "remainingUses": 0})
    service.post("/v1/plans", json={})
    assert not looked(service, queued_jobs=1)
    assert shown(service, plan.id)["status"] == "checking"
    assert looked(service)
    assert shown(service, plan.id)["status"] == "replanning"


def test_a_replan_that_comes_to_nothing_is_tried_again_and_then_said(service: Service, gym: Gym) -> None:
    hook = service.post("/v1/webhooks", json={"url": "https://example.com/"}).json()
    plan = kept_plan(service)
    watched(service, plan)
    gym.put({**SLOTS[_index(used(plan))], "remainingUses": 0})
    for _ in range(MOST_TRIES):
        assert looked(service)
        service.post(f"/v1/replans/{shown(service, plan.id)['replan']}/cancel")
    assert looked(service)
    failed = shown(service, plan.id)
    assert (failed["status"], failed["failure"]["status"]) == ("failed", "cancelled")
    (told,) = service.get(f"/v1/webhooks/{hook['id']}/deliveries").json()["items"]
    assert (told["type"], told["payload"]["data"]["slots"]) == ("plan.failed", [used(plan)])
    assert not looked(service)


def test_a_week_in_its_course_keeps_what_is_over(catalog: Any) -> None:
    about = week_of(solved_week(), catalog)
    (session,) = about.plan.sessions
    start = datetime.fromisoformat(about.response.week.sessions[0].starts_at or "")  # type: ignore[union-attr]
    off = BookableSlot(session.slot, start, start + timedelta(hours=1), None, 12, 3, cancelled=True)
    before, after = (look(about, WatchRequest(), {session.slot: off}, start + timedelta(minutes=m)) for m in (-90, 90))
    assert (before.slots, after.slots) == ((session.slot,), ())
    assert after.request.now is not None
    assert look(about, WatchRequest(), {}, start).slots == (), "slots that no feed knows are nobody's business"


def test_a_look_that_dies_midway_is_taken_up_again(service: Service, gym: Gym) -> None:
    plan = kept_plan(service)
    watched(service, plan)
    gym.put({**SLOTS[_index(used(plan))], "remainingUses": 0})
    parts = service.app.state.parts

    def dies(*_: object) -> Any:
        raise OSError("the machine is gone")

    keeper = PlanKeeper(default_catalog(), parts.sessions, Ahead(parts.sessions, seats=1, tenant_jobs=0, queued_jobs=0))
    with pytest.raises(OSError, match="gone"):
        keeper.see_to(dies)
    assert not keeper.see_to(dies), "it is left alone for a while"
    keeper.setbacks[plan.id] = 2000, 0.0
    with pytest.raises(OSError, match="gone"):
        keeper.see_to(dies)
    times, until = keeper.setbacks[plan.id]
    assert (times, until > time.monotonic()) == (2001, True)
    keeper.setbacks["gone"] = 1, 0.0
    with parts.sessions.begin() as session:
        keeper.tidy(session, datetime(2020, 1, 1, tzinfo=UTC))
    assert list(keeper.setbacks) == [plan.id]
    assert (shown(service, plan.id)["status"], service.get("/v1/replans").json()["items"]) == ("checking", [])
    assert looked(service)
    assert shown(service, plan.id)["status"] == "replanning"


def test_watches_are_for_plans_that_stand_on_known_slots(service: Service, gym: Gym) -> None:
    refused = {
        kept_week(service).id: "no-slots",
        kept_without_a_week(service, "infeasible"): "no-week",
        kept_without_a_week(service, "queued"): "not-finished",
        "none": "not-found",
    }
    for plan, problem in refused.items():
        assert service.request("PUT", f"/v1/plans/{plan}/watch", json={}).json()["type"] == f"/problems/{problem}"
    unknown = service.request("PUT", f"/v1/plans/{kept_plan(service).id}/watch", json={"booked": ["x"]})
    assert [(e["pointer"], e["code"]) for e in unknown.json()["errors"]] == [("/booked/0", "unknown_id")]
    assert gym.system.asked


def test_the_watches_of_another_are_not_there_and_an_ended_one_is_gone(service: Service) -> None:
    owner, other = (key_of(sessions_of(service), tenant, Scope.PLAN) for tenant in ("gym-a", "gym-b"))
    system = BookingSystem(page_size=10)
    system.put(*SLOTS)
    with served(system) as url:
        with sessions_of(service).begin() as session:
            FeedRepository(session).add("gym-a", "gym", url, datetime.now(UTC))
            (feed,) = FeedRepository(session).listed("gym-a")
        follow(feed, sessions_of(service), READ)
    address = f"/v1/plans/{kept_plan(service, 'gym-a').id}/watch"
    assert service.request("PUT", address, json={}, headers=other).status_code == 404
    assert service.request("PUT", address, json={}, headers=owner).status_code == 200
    for method in ("GET", "DELETE"):
        assert service.request(method, address, headers=other).status_code == 404
    assert service.request("DELETE", address, headers=owner).status_code == 204
    assert service.get(address, headers=owner).status_code == 404
    with sessions_of(service)() as session:
        assert session.execute(text("SELECT count(*) FROM watched_slots")).scalar() == 0


def test_on_a_server_database_too_a_page_marks_and_a_look_claims_once(
    settings: Settings, postgres_url: str, database: Path
) -> None:
    with (
        in_process(create_app(replace(settings, run_jobs=False, database_url=postgres_url)), database) as service,
        _gym(service) as gym,
    ):
        plan = kept_plan(service)
        watched(service, plan)
        gym.put({**SLOTS[_index(used(plan))], "remainingUses": 0})
        with sessions_of(service).begin() as session:
            watches = WatchRepository(session)
            (due,) = watches.due(datetime.now(UTC), watches.waiting(datetime.now(UTC)), 10)
            assert watches.claim(due.root) is not None
            assert watches.claim(due.root) is None
            session.rollback()
        assert looked(service)
        assert shown(service, plan.id)["status"] == "replanning"


@pytest.mark.usefixtures("gym")
def test_who_has_no_room_and_what_cannot_be_looked_at_keep_nobody_waiting(service: Service) -> None:
    plan = kept_plan(service)
    watched(service, plan)
    with sessions_of(service).begin() as session:
        watches = WatchRepository(session)
        known = watches.find(plan.id)
        assert known is not None
        for number in range(2 * AT_ONCE):
            watches.put(replace(known, root=f"f{number}", tenant="crowded"), ())
    parts = service.app.state.parts
    service.post("/v1/plans", json={})
    with sessions_of(service).begin() as session:
        session.execute(update(JobRow).values(tenant="crowded"))
    messages = Messages(engine_of(parts.sessions))
    ahead = Ahead(parts.sessions, seats=10, tenant_jobs=1, queued_jobs=0)
    try:
        assert PlanKeeper(parts.catalog, parts.sessions, ahead).see_to(submitting(messages))
        assert shown(service, plan.id)["status"] == "current"
        broken = kept_plan(service)
        with sessions_of(service).begin() as session:
            session.execute(delete(WatchRow).where(WatchRow.tenant == "crowded"))
            WatchRepository(session).put(replace(known, root="f", plan=broken.id, due=True), ())
            WatchRepository(session).change(plan.id, due=True)
            session.execute(update(PlanRow).where(PlanRow.id == broken.id).values(response_json="{}"))
        with pytest.raises(ValueError, match="PlanResponse"):
            PlanKeeper(parts.catalog, parts.sessions, ahead).see_to(submitting(messages))
        assert shown(service, plan.id)["status"] == "current"
    finally:
        messages.close()


def test_a_watch_that_is_put_anew_while_its_replan_ends_knows_that_it_has_ended(service: Service, gym: Gym) -> None:
    plan = kept_plan(service)
    watched(service, plan)
    gym.put({**SLOTS[_index(used(plan))], "remainingUses": 0})
    assert looked(service)
    put = partial(service.request, "PUT", f"/v1/plans/{plan.id}/watch", json={"solve": SOLVE})
    (answer,) = meeting(service, put, meanwhile="UPDATE plan_watches SET job = NULL, due = 1")
    assert (answer.status_code, answer.json()["replan"]) == (200, None)
    assert looked(service), "else nobody would ever look at it again"
