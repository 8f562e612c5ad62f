"""Feeds of booking systems: read to their ends, gone on with where they were left, and right in any order."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from service.booking.fetching import Fetcher
from service.booking.following import MOST_SLOTS, follow
from service.booking.models import FeedItemRow
from service.booking.openactive.opportunities import slots_of
from service.booking.openactive.page import MOST_ITEMS, FeedError, Item, newer, read_page
from service.booking.repository import Feed, FeedRepository
from service.db.session import close_database, open_database
from service.outbound.targets import TargetRules
from service.plans.schemas import PlanRequest
from service.plans.service import ask
from service.tenants.keys import Scope
from service.validation.parsing import parse
from tests.service.booking.feeds import GYM, BookingSystem, served, session, slot
from tests.service.cli.commands import at_once
from tests.service.tenants.asking import key_of, sessions_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from catalog.catalog import Catalog
    from service.booking.slots import BookableSlot
    from service.db.session import SessionFactory
    from tests.service.running import Service

fetch = Fetcher(TargetRules(loopback=True))
NOW = datetime(2026, 11, 20, tzinfo=UTC)
MONDAY = slot(1, "2099-11-23T18:00:00Z", "2099-11-23T19:00:00Z")
TUESDAY = slot(2, "2099-11-24T18:00:00Z", "2099-11-24T19:00:00Z", remaining=0)
CLASS = session(7, "2099-11-25T07:30:00Z")
FRIDAY = slot(3, "2099-11-27T18:00:00Z", "2099-11-27T19:00:00Z")


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SessionFactory]:
    found = open_database(f"sqlite:///{tmp_path_factory.mktemp('feeds') / 'plans.db'}")
    yield found
    close_database(found)


def added(sessions: SessionFactory, url: str, tenant: str = "local") -> Feed:
    with sessions.begin() as database:
        FeedRepository(database).add(tenant, "gym", url, NOW)
    return kept(sessions, tenant)


def kept(sessions: SessionFactory, tenant: str = "local") -> Feed:
    with sessions() as database:
        (feed,) = FeedRepository(database).listed(tenant)
    return feed


def known(sessions: SessionFactory, tenant: str = "local") -> list[BookableSlot]:
    with sessions() as database:
        last = datetime.max.replace(tzinfo=UTC)
        return FeedRepository(database).slots(tenant, feed="gym", after=NOW, before=last, limit=500)


def ids(slots: list[BookableSlot]) -> list[str]:
    return [found.id.rpartition("/")[2] for found in slots]


def test_a_week_at_a_booking_system(
    service: Service, database: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slots fill up, move, are cancelled and deleted; the command reads them, the service lists them for a plan."""
    refused = at_once("feeds", "add", "gym", "http://127.0.0.1/slots", "--database", str(database))
    assert (refused.exit_code, "begins with https://" in refused.output) == (2, True)
    monkeypatch.setenv("COUNTERPULL_FEED_LOOPBACK", "true")
    system = BookingSystem()
    system.put(MONDAY, TUESDAY, CLASS, FRIDAY)
    with served(system) as url:
        there = ("--database", str(database))
        assert at_once("feeds", "add", "gym", url, *there).exit_code == 0
        done = at_once("feeds", "follow", *there)
        assert (done.exit_code, done.stdout) == (0, "local gym: pages read 3, items changed 4.\n"), done.output
        listed = service.get("/v1/slots").json()
        assert [item["id"].rpartition("/")[2] for item in listed["items"]] == ["1", "2", "7", "3"]
        assert listed["items"][0] == {
            "id": f"{GYM}/facility-uses/1/slots/1",
            "starts_at": "2099-11-23T18:00:00+00:00",
            "ends_at": "2099-11-23T19:00:00+00:00",
            "location": f"{GYM}/facility-uses/1",
            "capacity": 12,
            "remaining": 3,
            "cancelled": False,
        }
        body = {"week": {"starts_on": "2099-11-23", "offered": listed["items"]}}
        asked = ask(parse(PlanRequest, json.dumps(body).encode()), catalog)
        assert [found.id.rpartition("/")[2] for found in asked.problem.slots] == ["1", "7", "3"], "Tuesday is full"

        system.put({**TUESDAY, "remainingUses": 1})
        system.put({**MONDAY, "startDate": "2099-11-23T19:00:00Z", "endDate": "2099-11-23T20:00:00Z"})
        system.put({**CLASS, "eventStatus": "https://schema.org/EventCancelled"})
        system.delete(FRIDAY)
        system.asked.clear()
        assert at_once("feeds", "follow", *there).stdout == "local gym: pages read 3, items changed 4.\n"
        assert all("afterTimestamp" in path for path in system.asked), "it began anew"
        found = service.get("/v1/slots?before=2099-11-25T00:00:00Z").json()["items"]
        assert [(item["starts_at"][11:16], item["remaining"]) for item in found] == [("19:00", 3), ("18:00", 1)]
        (cancelled,) = service.get("/v1/slots?after=2099-11-25T00:00:00Z").json()["items"]
        assert cancelled["cancelled"]
        assert at_once("feeds", "follow", *there).stdout == "local gym: pages read 1, items changed 0.\n"
        assert "gym" in at_once("feeds", "list", *there).stdout
    down = at_once("feeds", "follow", *there)
    assert (down.exit_code, "cannot be reached" in down.output) == (1, True)
    assert at_once("feeds", "remove", "gym", *there).exit_code == 0
    assert service.get("/v1/slots").json() == {"items": [], "more": False}


def test_what_was_read_before_an_interruption_stays(sessions: SessionFactory) -> None:
    system = BookingSystem(page_size=1)
    system.put(MONDAY, TUESDAY, CLASS)
    with served(system) as url:
        feed = added(sessions, url)

        def broken(address: str) -> bytes:
            if len(system.asked) == 2:
                raise FeedError("the line is cut")
            return fetch(address)

        with pytest.raises(FeedError, match="cut"):
            follow(feed, sessions, broken)
        assert ids(known(sessions)) == ["1", "2"]
        assert kept(sessions).current_at is None
        done = follow(kept(sessions), sessions, fetch)
        assert (done.pages, done.changed, done.current) == (2, 1, True)
        assert ids(known(sessions)) == ["1", "2", "7"]
        assert len(system.asked) == len(set(system.asked)) == 4, "a page was read twice"
        assert kept(sessions).current_at is not None


def test_a_page_is_written_whole_or_not_at_all(sessions: SessionFactory) -> None:
    system = BookingSystem(page_size=3)
    system.put(MONDAY, TUESDAY, CLASS)
    with served(system) as url:
        feed = added(sessions, url)
        with sessions.begin() as database:
            database.execute(
                text(
                    "CREATE TRIGGER full BEFORE INSERT ON feed_slots WHEN NEW.slot_id LIKE '%sessions/7' "
                    "BEGIN SELECT RAISE(ABORT, 'no more'); END"
                )
            )
        with pytest.raises(IntegrityError):
            follow(feed, sessions, fetch)
        assert (known(sessions), kept(sessions).next_url) == ([], url)
        with sessions.begin() as database:
            database.execute(text("DROP TRIGGER full"))
        assert follow(kept(sessions), sessions, fetch).changed == 3
        assert len(known(sessions)) == 3


def test_two_readers_of_a_feed_do_not_disturb_each_other(sessions: SessionFactory) -> None:
    system = BookingSystem(page_size=1)
    system.put(MONDAY, TUESDAY, CLASS)
    with served(system) as url:
        feed = added(sessions, url)

        def overtaken(address: str) -> bytes:
            page = fetch(address)
            if len(system.asked) == 1:
                follow(feed, sessions, fetch)
            return page

        done = follow(feed, sessions, overtaken)
        assert (done.pages, done.changed) == (0, 0)
    assert ids(known(sessions)) == ["1", "2", "7"]


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, Any]]:
    """What a feed may ever have told of three slots, each change with a number of its own."""
    changes = draw(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9), st.booleans()), min_size=1, max_size=8))
    items = []
    for modified, (number, remaining, deleted) in enumerate(changes, 1):
        item: dict[str, Any] = {"kind": "Slot", "id": str(number), "modified": modified, "state": "deleted"}
        if not deleted:
            data = slot(number, "2099-11-23T18:00:00Z", "2099-11-23T19:00:00Z", remaining)
            item |= {"state": "updated", "data": data}
        items.append(item)
    return items


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), data=st.data())
def test_duplicated_and_reordered_items_are_harmless(
    sessions: SessionFactory, history: list[dict[str, Any]], data: st.DataObject
) -> None:
    """However often and in whatever order they come: of each the newest counts."""
    told = data.draw(st.permutations([*history, *data.draw(st.lists(st.sampled_from(history), max_size=4))]))
    pages = {f"https://gym.example/{n}": [item] for n, item in enumerate(told)}
    pages[f"https://gym.example/{len(told)}"] = []

    def page(url: str) -> bytes:
        number = int(url.rpartition("/")[2])
        following = f"https://gym.example/{min(number + 1, len(told))}"
        return json.dumps({"next": following, "items": pages[url]}).encode()

    follow(added(sessions, "https://gym.example/0"), sessions, page)
    newest = {item["id"]: item for item in history}
    expected = {id_: item["data"]["remainingUses"] for id_, item in newest.items() if item["state"] == "updated"}
    assert {found.id.rpartition("/")[2]: found.remaining for found in known(sessions)} == expected


def test_an_empty_page_is_not_the_last_when_it_goes_on() -> None:
    """Pages may be filtered on their way."""
    assert not read_page(b'{"items": [], "next": "https://gym.example/b"}', "https://gym.example/a").is_last(
        "https://gym.example/a"
    )
    assert read_page(b'{"items": [], "next": "https://gym.example/a"}', "https://gym.example/a").is_last(
        "https://gym.example/a"
    )


ITEM = {"id": "1", "kind": "Slot", "modified": 1, "state": "deleted"}


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<html>", "not JSON"),
        ([], "no page of a feed"),
        ({"items": []}, "goes on elsewhere"),
        ({"items": [], "next": "/slots?after=1"}, "absolute URL"),
        ({"items": [], "next": "https://169.254.169.254/slots"}, "goes on elsewhere"),
        ({"items": [], "next": "http://gym.example/slots"}, "goes on elsewhere"),
        ({"items": [ITEM], "next": "https://gym.example/slots"}, "circles"),
        ({"items": [{**ITEM, "state": "gone"}], "next": "https://gym.example/2"}, "state is updated or deleted"),
        (
            {"items": [{**ITEM, "state": "updated"}], "next": "https://gym.example/2"},
            "item 1: an updated item has data",
        ),
        ({"items": [{**ITEM, "id": None}], "next": "https://gym.example/2"}, "id is a number or a text"),
        ({"items": [{**ITEM, "kind": "Slot\0"}], "next": "https://gym.example/2"}, "printable"),
        ({"items": [{**ITEM, "modified": None}], "next": "https://gym.example/2"}, "modified is"),
    ],
)
def test_faults_of_a_page_are_told(page: object, said: str) -> None:
    body = page if isinstance(page, str) else json.dumps(page)
    with pytest.raises(FeedError, match=said):
        read_page(body.encode(), "https://gym.example/slots")


@pytest.mark.parametrize(("one", "other"), [(10, 9), ("10", "9"), ("10", 9), ("2026-11-20T10", "2026-11-20T09")])
def test_newer_is_by_number_where_there_are_numbers(one: Any, other: Any) -> None:
    assert newer(one, other)
    assert not newer(other, one)
    assert not newer(one, one)


def test_slots_inside_a_facility_and_older_names_are_read() -> None:
    inside = {"type": "Slot", "id": f"{GYM}/s/1", "startDate": "2099-11-23T18:00:00Z", "duration": "PT1H30M"}
    facility = {"type": "FacilityUse", "id": f"{GYM}/f/1", "event": [inside, {"type": "Event"}]}
    (found,) = slots_of(Item("1", "FacilityUse", 1, facility))
    assert (found.id, found.place, found.capacity, found.remaining) == (f"{GYM}/s/1", f"{GYM}/f/1", None, None)
    assert (found.ends_at - found.starts_at).total_seconds() == 90 * 60


@pytest.mark.parametrize(
    "changes",
    [
        {"startDate": "2099-11-23"},
        {"startDate": "2099-11-23T18:00:00"},
        {"endDate": None, "duration": "an hour"},
        {"@type": "Event"},
    ],
)
def test_what_has_no_time_is_no_slot(changes: dict[str, Any]) -> None:
    assert slots_of(Item("1", "Slot", 1, {**MONDAY, **changes})) == []


@pytest.mark.parametrize(
    "never",
    [
        {"startDate": "9999-12-31T20:00:00-08:00", "endDate": "9999-12-31T23:59:59-08:00"},
        {"endDate": None, "startDate": "2199-12-30T20:00:00Z", "duration": "P9D"},
        {"startDate": "0001-01-01T00:00:00+05:00"},
    ],
)
def test_an_item_at_the_end_of_the_calendar_does_not_stop_its_feed(
    sessions: SessionFactory, never: dict[str, Any]
) -> None:
    system = BookingSystem(page_size=10)
    system.put({**TUESDAY, **never}, MONDAY)
    with served(system) as url:
        assert follow(added(sessions, url), sessions, fetch).current
    assert ids(known(sessions)) == ["1"]


def test_a_page_that_would_keep_others_from_writing_is_refused(sessions: SessionFactory) -> None:
    told = [{"id": n, "kind": "Slot", "modified": n, "state": "deleted"} for n in range(MOST_ITEMS + 1)]
    with pytest.raises(FeedError, match="at most 5000"):
        read_page(json.dumps({"items": told, "next": f"{GYM}/2"}).encode(), f"{GYM}/1")
    parts = [{"@type": "Slot", "@id": f"{GYM}/{n}", "startDate": MONDAY["startDate"], "duration": "PT1H"}
             for n in range(MOST_SLOTS + 1)]  # fmt: skip
    item = {"id": "1", "kind": "FacilityUse", "modified": 1, "state": "updated", "data": {"event": parts}}
    with served(BookingSystem()) as url:
        page = json.dumps({"items": [item], "next": f"{url}?2"}).encode()
        with pytest.raises(FeedError, match="20001 slots"):
            follow(added(sessions, url), sessions, lambda _: page)


def test_slots_that_are_long_over_are_forgotten_and_an_older_word_does_not_bring_them_back(
    sessions: SessionFactory,
) -> None:
    system = BookingSystem(page_size=10)
    system.put(MONDAY, TUESDAY)
    with served(system) as url:
        feed = added(sessions, url)
        follow(feed, sessions, fetch)
        with sessions.begin() as database:
            FeedRepository(database).forget_slots(datetime(2099, 11, 24, tzinfo=UTC))
            FeedRepository(database).change(feed.id, next_url=url)
        assert follow(kept(sessions), sessions, fetch).changed == 0
    assert ids(known(sessions)) == ["2"]


def test_what_is_left_of_deleted_items_is_forgotten_once_nobody_can_have_an_older_word(
    sessions: SessionFactory,
) -> None:
    """Of one that was there before it was deleted, it is known as long as its time is to come."""
    system = BookingSystem(page_size=10)
    system.put(MONDAY, TUESDAY)
    with served(system) as url:
        feed = added(sessions, url)
        follow(feed, sessions, fetch)
        system.delete(TUESDAY)
        system.delete(FRIDAY)
        follow(kept(sessions), sessions, fetch)
    now = datetime.now(UTC)

    def items() -> int:
        with sessions() as database:
            query = select(func.count()).select_from(FeedItemRow).where(FeedItemRow.feed_id == feed.id)
            return database.execute(query).scalar_one()

    for until, left in ((now - timedelta(days=1), 3), (now + timedelta(days=1), 2)):
        with sessions.begin() as database:
            FeedRepository(database).forget_items(until)
        assert items() == left
    with sessions.begin() as database:
        FeedRepository(database).forget_slots(datetime(2099, 11, 26, tzinfo=UTC))
        FeedRepository(database).forget_items(now + timedelta(days=1))
    assert items() == 0


def test_slots_of_another_tenant_are_not_there(service: Service) -> None:
    owner, other = (key_of(sessions_of(service), tenant, Scope.ADMIN) for tenant in ("gym-a", "gym-b"))
    system = BookingSystem()
    system.put(MONDAY)
    with served(system) as url:
        follow(added(sessions_of(service), url, "gym-a"), sessions_of(service), fetch)
    assert len(service.get("/v1/slots", headers=owner).json()["items"]) == 1
    assert service.get("/v1/slots", headers=other).json()["items"] == []


def test_a_window_that_cannot_be_read_is_named(service: Service) -> None:
    refused = service.get("/v1/slots?after=tomorrow")
    assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (422, "after")
