"""All tables of all parts of the service."""

from __future__ import annotations

from service.batches.models import BatchLineRow, BatchRow
from service.booking.models import FeedItemRow, FeedSlotRow, SlotFeedRow
from service.calendars.models import FeedRow, RevisionRow
from service.db.models import Base, JobEventRow, JobRow, PlanRow, StudyRow
from service.gyms.models import GymMemberRow, GymRow, GymScheduleRow
from service.idempotency.models import IdempotencyRow
from service.links.models import PlanLinkRow
from service.tenants.models import ApiKeyRow
from service.watches.models import WatchedSlotRow, WatchRow
from service.webhooks.models import AttemptRow, DeliveryRow, EndpointRow, EventRow

METADATA = Base.metadata

__all__ = [
    "METADATA",
    "ApiKeyRow",
    "AttemptRow",
    "BatchLineRow",
    "BatchRow",
    "DeliveryRow",
    "EndpointRow",
    "EventRow",
    "FeedItemRow",
    "FeedRow",
    "FeedSlotRow",
    "GymMemberRow",
    "GymRow",
    "GymScheduleRow",
    "IdempotencyRow",
    "JobEventRow",
    "JobRow",
    "PlanLinkRow",
    "PlanRow",
    "RevisionRow",
    "SlotFeedRow",
    "StudyRow",
    "WatchRow",
    "WatchedSlotRow",
]
