"""Every kind of job with how it is done, and every chore: the one list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.batches.feeder import BatchFeeder
from service.booking.work import KIND as FEED
from service.booking.work import FeedRounds, FeedRules, FeedWork
from service.kept.room import Ahead
from service.plans.jobs import KIND as PLAN
from service.plans.jobs import PlanWork
from service.studies.jobs import StudyWork
from service.studies.kinds import KINDS
from service.watches.ending import after_replan
from service.watches.keeper import PlanKeeper
from service.webhooks.events import after_the_end
from service.webhooks.repository import KIND as DELIVERY
from service.webhooks.work import DeliveryRules, DeliveryWork

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from catalog.catalog import Catalog
    from service.db.session import SessionFactory
    from service.jobs.chores import Chore
    from service.jobs.job import Aftermath, Job, NewJob, Works
    from service.settings import Settings


def works(
    catalog: Catalog,
    sessions: SessionFactory,
    deliveries: DeliveryRules | None = None,
    feeds: FeedRules | None = None,
) -> Works:
    """How the jobs of a database are done."""
    studies = {kind.name: StudyWork(kind, catalog, sessions) for kind in KINDS}
    return {
        PLAN: PlanWork(catalog, sessions),
        FEED: FeedWork(sessions, feeds or FeedRules()),
        DELIVERY: DeliveryWork(sessions, deliveries or DeliveryRules()),
        **studies,
    }


def chores(catalog: Catalog, sessions: SessionFactory, settings: Settings) -> tuple[Chore, ...]:
    """What every worker of a database sees to beside its jobs."""
    ahead = Ahead.of(settings, sessions)
    return (BatchFeeder(catalog, sessions, ahead), FeedRounds(sessions), PlanKeeper(catalog, sessions, ahead))


def aftermath(catalog: Catalog) -> Aftermath:
    """What follows from the end of every job."""

    def follow(session: Session, job: Job, status: str) -> Sequence[NewJob]:
        return [*after_the_end(session, job, status), *after_replan(session, job, status, catalog)]

    return follow
