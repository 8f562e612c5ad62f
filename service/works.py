"""Every kind of job with how it is done, and every chore: the one list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.batches.feeder import BatchFeeder
from service.plans.jobs import KIND as PLAN
from service.plans.jobs import PlanWork
from service.studies.jobs import StudyWork
from service.studies.kinds import KINDS
from service.webhooks.repository import KIND as DELIVERY
from service.webhooks.work import DeliveryRules, DeliveryWork

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from service.db.session import SessionFactory
    from service.jobs.chores import Chore
    from service.jobs.job import Works
    from service.settings import Settings


def works(catalog: Catalog, sessions: SessionFactory, deliveries: DeliveryRules | None = None) -> Works:
    """How the jobs of a database are done."""
    studies = {kind.name: StudyWork(kind, catalog, sessions) for kind in KINDS}
    return {
        PLAN: PlanWork(catalog, sessions),
        DELIVERY: DeliveryWork(sessions, deliveries or DeliveryRules()),
        **studies,
    }


def chores(catalog: Catalog, sessions: SessionFactory, settings: Settings) -> tuple[Chore, ...]:
    """What every worker of a database sees to beside its jobs."""
    feeder = BatchFeeder(
        catalog,
        sessions,
        seats=settings.max_concurrent_solves,
        tenant_jobs=settings.tenant_jobs,
        queued_jobs=settings.queued_jobs,
    )
    return (feeder,)
