"""Deliveries as jobs: tell an endpoint of an event, and try again when it does not take it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Literal

from service.jobs.job import Landing
from service.outbound.targets import TargetRules
from service.webhooks.repository import WebhookRepository
from service.webhooks.sending import post
from service.webhooks.signing import signed_headers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from service.db.session import SessionFactory
    from service.jobs.job import Control, Job
    from service.settings import Settings
    from service.webhooks.repository import Delivery, DeliveryStatus
    from service.webhooks.sending import Reply

MOST_ATTEMPTS = 14
"""Over one to two days, see `DeliveryRules.delay`."""
MOST_DELAY_SECONDS = 8 * 3600.0
DISABLE_AFTER = timedelta(days=5)
"""An endpoint that takes nothing for so long is told nothing more."""
GONE = 410
"""The answer of an endpoint that wants to be told nothing more, by the standard."""
_UNREACHED = "It took no message for 5 days."
_LEFT = "It answered 410: it wants to be told nothing more."


@dataclass(frozen=True)
class DeliveryRules:
    """How messages are delivered."""

    targets: TargetRules = field(default_factory=TargetRules)
    retry_seconds: float = 5.0
    """Before the second attempt; four times as long before each further one, up to 8 hours."""

    @classmethod
    def of(cls, settings: Settings) -> DeliveryRules:
        """The rules of an installation."""
        return cls(TargetRules(loopback=settings.webhook_loopback), settings.webhook_retry_seconds)

    def delay(self, attempts: int) -> float:
        """Seconds until the next attempt after so many failed ones: half of it by chance, so that they spread."""
        whole = min(self.retry_seconds * 4.0 ** (attempts - 1), MOST_DELAY_SECONDS)
        return whole * random.uniform(0.5, 1.0)


class DeliveryWork:
    """How deliveries are done: `service.jobs.job.Work`."""

    def __init__(self, sessions: SessionFactory, rules: DeliveryRules) -> None:
        self._sessions, self._rules = sessions, rules

    def run(self, job: Job, control: Control) -> Landing:
        """Try once."""
        del control  # an attempt is short
        with self._sessions() as session:
            webhooks = WebhookRepository(session)
            delivery = webhooks.delivery(job.id)
            endpoint = None if delivery is None else webhooks.find(delivery.endpoint, job.tenant)
        if delivery is None or endpoint is None:
            return Landing("removed", lambda _: None)
        if endpoint.disabled_at is not None:
            return self.give_up(job, "failed", None)
        now = datetime.now(UTC)
        headers = signed_headers(endpoint.keys(now), delivery.event, delivery.body, now)
        reply = post(endpoint.url, delivery.body.encode(), headers, self._rules.targets)
        return self._landing(delivery, reply, now)

    def _landing(self, delivery: Delivery, reply: Reply, at: datetime) -> Landing:
        tried = len(delivery.attempts) + 1
        if reply.error is None:
            return Landing("delivered", lambda session: _delivered(session, delivery, reply, at))
        again = None if tried >= MOST_ATTEMPTS or reply.status == GONE else self._rules.delay(tried)

        def store(session: Session) -> None:
            webhooks = WebhookRepository(session)
            status: DeliveryStatus = "failed" if again is None else "pending"
            if not webhooks.settle(delivery.id, status, None if again is None else at + timedelta(seconds=again)):
                return
            webhooks.tried(delivery, reply, at)
            gone = reply.status == GONE
            webhooks.failing(delivery.endpoint, at, at if gone else at - DISABLE_AFTER, _LEFT if gone else _UNREACHED)

        return Landing("failed" if again is None else "pending", store, again_after=again)

    def give_up(self, job: Job, state: Literal["cancelled", "failed"], reason: str | None) -> Landing:
        """A delivery that is not tried any more."""
        del reason

        def store(session: Session) -> None:
            WebhookRepository(session).settle(job.id, "failed")

        return Landing(state, store)

    def forget(self, session: Session, job_ids: Sequence[str]) -> None:
        """Delete deliveries."""
        WebhookRepository(session).forget(job_ids)


def _delivered(session: Session, delivery: Delivery, reply: Reply, at: datetime) -> None:
    webhooks = WebhookRepository(session)
    if webhooks.settle(delivery.id, "delivered"):
        webhooks.tried(delivery, reply, at)
        webhooks.healthy(delivery.endpoint)
