"""Two who want the same wait for each other, on both databases, also for rows that are not there yet."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from catalog.catalog import default_catalog
from service.calendars.repository import CalendarRepository
from service.db.holding import hold_name
from service.db.session import close_database, open_database
from service.links.repository import LinkRepository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from service.db.session import SessionFactory

NOW = datetime(2026, 11, 20, tzinfo=UTC)
SECONDS_TO_GET_THERE = 0.4


@pytest.fixture(params=["sqlite", "postgresql"])
def sessions(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SessionFactory]:
    url = f"sqlite:///{tmp_path / 'plans.db'}" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    found = open_database(url)
    yield found
    close_database(found)


def _one_after_the_other(sessions: SessionFactory, work: Callable[[Session, int], None]) -> list[str]:
    """What happens when a second comes while the first has not committed yet."""
    happened, begun = [], threading.Event()

    def first() -> None:
        with sessions.begin() as session:
            work(session, 1)
            session.flush()
            begun.set()
            threading.Event().wait(SECONDS_TO_GET_THERE)
            happened.append("first")

    def second() -> None:
        begun.wait()
        with sessions.begin() as session:
            work(session, 2)
            session.flush()
            happened.append("second")

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(first), pool.submit(second)]:
            done.result()
    return happened


def test_a_name_is_held_by_one_at_a_time(sessions: SessionFactory) -> None:
    assert _one_after_the_other(sessions, lambda session, _: hold_name(session, "gyms of north")) == ["first", "second"]


def test_of_two_addresses_made_at_once_the_later_is_good(sessions: SessionFactory) -> None:
    def calendar(session: Session, number: int) -> None:
        CalendarRepository(session, default_catalog()).open_feed("plan", "local", f"{number}", NOW)

    assert _one_after_the_other(sessions, calendar) == ["first", "second"]
    with sessions() as session:
        calendars = CalendarRepository(session, default_catalog())
        assert (calendars.feed("1"), calendars.feed("2") is not None) == (None, True)


def test_of_two_links_made_at_once_the_later_is_good(sessions: SessionFactory) -> None:
    def link(session: Session, number: int) -> None:
        LinkRepository(session).open("plan", "local", f"{number}", NOW)

    assert _one_after_the_other(sessions, link) == ["first", "second"]
    with sessions() as session:
        links = LinkRepository(session)
        assert (links.linked("1"), links.linked("2") is not None) == (None, True)
