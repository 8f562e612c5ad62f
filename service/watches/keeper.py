"""Keeping watched plans current: of those whose slots have changed, each is looked at and replanned if it has to be.

Which are to be looked at is written down together with what has become of the slots; a look takes that mark away
together with submitting the replan; and the end of the replan is stored together with what follows from it. So nothing
is lost with any process.
"""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from service.booking.repository import FeedRepository
from service.db.engine import DATABASE_AWAY
from service.errors import ApiError
from service.ids import new_id
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanResponse
from service.replans.kind import REPLANS
from service.studies.asking import digest_of, keep
from service.studies.kind import StudyQuestion
from service.studies.weeks import week_of
from service.watches.failing import fail
from service.watches.looking import look, slots_of_interest
from service.watches.repository import WatchRepository
from service.watches.schemas import WatchRequest

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from catalog.catalog import Catalog
    from service.db.session import SessionFactory
    from service.jobs.chores import Submit
    from service.kept.room import Ahead
    from service.studies.weeks import KeptWeek
    from service.watches.repository import Watch

_log = logging.getLogger("service.watches")

FIRST_REST_SECONDS, LONGEST_REST_SECONDS = 2.0, 600.0
"""For which a watch is left alone that could not be looked at."""
_MOST_DOUBLINGS = 9
"""After so many setbacks in a row the longest rest is reached."""
AT_ONCE = 10
"""Plans that are looked at before the worker's pulse looks after its jobs again."""


class PlanKeeper:
    """A `service.jobs.chores.Chore`. `ahead` says whether there is room for another search of a tenant."""

    def __init__(self, catalog: Catalog, sessions: SessionFactory, ahead: Ahead) -> None:
        self._catalog, self._sessions, self._ahead = catalog, sessions, ahead
        self.setbacks: dict[str, tuple[int, float]] = {}
        """Root of a watch that could not be looked at -> how often in a row, and until when it is left alone."""

    def see_to(self, submit: Submit) -> bool:
        """Look at plans whose slots have changed; whether there were any.

        Raises what went wrong with one of them, after the others; that one is left alone then, longer each time.
        """
        now, clock = datetime.now(UTC), time.monotonic()
        resting = [root for root, (_, until) in self.setbacks.items() if until > clock]
        with self._sessions() as session:
            waiting = WatchRepository(session).waiting(now, resting)
        # Who has no room is left out before it is counted, or a tenant with many would keep the others waiting.
        tenants = [tenant for tenant in waiting if self._ahead.has_room(tenant)]
        with self._sessions() as session:
            due = WatchRepository(session).due(now, tenants, AT_ONCE, resting)
        looked, wrong = False, None
        for watch in due:
            if self._ahead.has_room(watch.tenant):
                looked = True
                try:
                    self._see_to(watch.root, submit)
                except DATABASE_AWAY:
                    raise
                except Exception as error:
                    wrong = error
                    times, _ = self.setbacks.get(watch.root, (0, 0.0))
                    rest = min(FIRST_REST_SECONDS * 2 ** min(times, _MOST_DOUBLINGS), LONGEST_REST_SECONDS)
                    self.setbacks[watch.root] = times + 1, time.monotonic() + rest
                else:
                    self.setbacks.pop(watch.root, None)
        if wrong is not None:
            raise wrong
        return looked

    def tidy(self, session: Session, until: datetime) -> None:
        """Delete watches of weeks that were over before a moment, and forget the setbacks of watches that are gone."""
        watches = WatchRepository(session)
        watches.forget(until)
        for root in [root for root in self.setbacks if watches.find(root) is None]:
            self.setbacks.pop(root, None)

    def _see_to(self, root: str, submit: Submit) -> None:
        with self._sessions.begin() as session:
            # Claimed before anything is read: what is written meanwhile marks it once more.
            watch = WatchRepository(session).claim(root)
            if watch is None:
                return
            try:
                about = self._week(session, watch)
            except ApiError as error:
                # The catalog is another than when the plan was made.
                self._give_up(session, watch, error.detail, submit)
                return
            if about is None:
                WatchRepository(session).remove(root)
            else:
                self._look(session, watch, about, submit)

    def _week(self, session: Session, watch: Watch) -> KeptWeek | None:
        """The plan that counts; None when it was deleted. Raises ApiError `no-week`."""
        kept = PlanRepository(session).find(watch.plan, watch.tenant)
        return None if kept is None else week_of(PlanResponse.model_validate_json(kept.answer_json), self._catalog)

    def _give_up(self, session: Session, watch: Watch, reason: str, submit: Submit) -> None:
        if watch.failure_json is None:
            now = datetime.now(UTC)
            for new in fail(session, self._catalog, watch, "failed", [], reason=reason):
                submit(session, new.id, new.tenant, new.kind, new.threads, now)

    def _look(self, session: Session, watch: Watch, about: KeptWeek, submit: Submit) -> None:
        now, watches = datetime.now(UTC), WatchRepository(session)
        asked = WatchRequest.model_validate_json(watch.request_json)
        facts = FeedRepository(session).known_slots(watch.tenant, slots_of_interest(about.request))
        seen = look(about, asked, facts, now)
        # Where there was no week, any change may help; what has been tried need not be tried again.
        if not (seen.slots if watch.failure_json is None else seen.digest != watch.tried):
            watches.change(watch.root, tries=0)
            return
        question: StudyQuestion[Any] = StudyQuestion(new_id(), now, seen.request, self._catalog, about)
        keep(session, REPLANS, question, watch.tenant, digest_of(REPLANS, question), submit)
        again = watch.tried == seen.digest and watch.failure_json is None
        watches.change(
            watch.root,
            job=question.id,
            tried=seen.digest,
            tries=watch.tries + 1 if again else 1,
            slots_json=json.dumps(seen.slots or json.loads(watch.slots_json or "[]")),
        )
        _log.info("a plan is replanned", extra={"fields": {"plan": about.id, "replan": question.id}})
