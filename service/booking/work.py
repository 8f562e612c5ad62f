"""Reading feeds as jobs: each is read to its last page, again and again, with pauses, and less often while it fails."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from service.booking.fetching import Fetcher
from service.booking.following import follow
from service.booking.openactive.page import FeedError
from service.booking.repository import FeedRepository
from service.ids import new_id
from service.jobs.board import Board
from service.jobs.job import Landing
from service.outbound.targets import TargetRules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from service.booking.following import Followed
    from service.booking.repository import Feed
    from service.db.session import SessionFactory
    from service.jobs.chores import Submit
    from service.jobs.job import Control, Job
    from service.settings import Settings

KIND = "feed"
"""Kind of the jobs that read."""
AT_ONCE = 4
"""Feeds that are read at a time, by all workers of a database: what else is light has room beside them."""
ITEMS_KEPT = timedelta(days=14)
"""Feeds tell of deleted items for seven days at least; for twice that we know that they are."""
PAUSE_AFTER = timedelta(days=2)
"""A feed that cannot be read for so long is read no more."""
MOST_DELAY_SECONDS = 3600.0
PAUSED = "It could not be read for 2 days."
_FAULT = "Something went wrong on our side"


@dataclass(frozen=True)
class FeedRules:
    """How feeds are read."""

    targets: TargetRules = field(default_factory=TargetRules)
    pause_seconds: float = 0.2
    """Between two pages."""
    turn_seconds: float = 30.0
    """After so long a feed waits for the others."""

    @classmethod
    def of(cls, settings: Settings) -> FeedRules:
        """The rules of an installation."""
        return cls(TargetRules(loopback=settings.feed_loopback))

    @staticmethod
    def delay(feed: Feed, error: FeedError) -> float:
        """Seconds until a feed is tried again that has failed once more: twice as long every time, up to an hour, or
        as long as it asks for."""
        growing = min(feed.every_seconds * 2.0 ** min(feed.failures, 20), MOST_DELAY_SECONDS)
        return max(feed.every_seconds, growing, error.retry_after or 0)


class FeedRounds:
    """Has feeds read when it is their time: a `service.jobs.chores.Chore`."""

    def __init__(self, sessions: SessionFactory) -> None:
        self._sessions = sessions

    def see_to(self, submit: Submit) -> bool:
        """Submit the jobs that read what is due, and delete those that have read the same feeds before."""
        now = datetime.now(UTC)
        with self._sessions() as session:
            if not FeedRepository(session).due(now, 1):
                return False
        with self._sessions.begin() as session:
            feeds = FeedRepository(session)
            for feed in feeds.due(now, max(0, AT_ONCE - feeds.being_read())):
                job_id = new_id()
                if feeds.claim(feed, job_id):
                    Board(session).forget([] if feed.job is None else [feed.job])
                    submit(session, job_id, feed.tenant, KIND, 0, now)
        return False

    def tidy(self, session: Session, until: datetime) -> None:
        """Delete slots that are over, and what is left of items that nobody can have an older word of any more."""
        feeds = FeedRepository(session)
        feeds.forget_slots(until)
        feeds.forget_items(min(until, datetime.now(UTC) - ITEMS_KEPT))


class FeedWork:
    """How feeds are read: `service.jobs.job.Work`."""

    def __init__(self, sessions: SessionFactory, rules: FeedRules) -> None:
        self._sessions, self._rules = sessions, rules

    def run(self, job: Job, control: Control) -> Landing:
        """Read a feed from where it was left."""
        with self._sessions() as session:
            feed = FeedRepository(session).read_by(job.id)
        if feed is None or feed.paused_at is not None:
            return Landing("removed", lambda _: None)
        until = time.monotonic() + self._rules.turn_seconds
        try:
            done = follow(feed, self._sessions, Fetcher(self._rules.targets), lambda: self._goes_on(control, until))
        except FeedError as error:
            return _failed(feed, error, self._rules.delay(feed, error))
        return _read(feed, done, interrupted=not done.current and control.is_cancelled())

    def _goes_on(self, control: Control, until: float) -> bool:
        time.sleep(self._rules.pause_seconds)
        return time.monotonic() < until and not control.is_cancelled()

    def give_up(self, job: Job, state: Literal["cancelled", "failed"], reason: str | None) -> Landing:
        """A reading that came to nothing by a fault of ours, which the next may not have."""
        del reason

        def store(session: Session) -> None:
            feed = FeedRepository(session).read_by(job.id)
            if feed is not None:
                error = FeedError(_FAULT)
                _failed(feed, error, FeedRules.delay(feed, error)).store(session)

        return Landing(state, store)

    def forget(self, session: Session, job_ids: Sequence[str]) -> None:
        """Nothing is kept of a reading but what it has read."""


def _read(feed: Feed, done: Followed, *, interrupted: bool) -> Landing:
    now = datetime.now(UTC)
    again = now + timedelta(seconds=feed.every_seconds) if done.current else now
    healthy = {"failing_since": None, "failures": 0, "failure": None, "next_at": again}
    status = "current" if done.current else "reading"
    return Landing(status, lambda session: _change(session, feed, healthy), interrupted)


def _failed(feed: Feed, error: FeedError, delay_seconds: float) -> Landing:
    now = datetime.now(UTC)
    since = feed.failing_since or now
    values: dict[str, object] = {
        "failing_since": since,
        "failures": feed.failures + 1,
        "failure": f"{error}.",
        "next_at": now + timedelta(seconds=delay_seconds),
    }
    paused = since <= now - PAUSE_AFTER
    if paused:
        values |= {"paused_at": now, "paused_reason": PAUSED}
    return Landing("paused" if paused else "failing", lambda session: _change(session, feed, values))


def _change(session: Session, feed: Feed, values: Mapping[str, object]) -> None:
    FeedRepository(session).change(feed.id, **values)
