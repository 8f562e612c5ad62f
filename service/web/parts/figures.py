"""Everything that is drawn below a week."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.web.parts.balance import Gauge, gauges
from service.web.parts.certificate import Certificate, certificate_of
from service.web.parts.ladder import RULE as LADDER_RULE
from service.web.parts.ladder import Ladder, ladder_of
from service.web.parts.recovery import Recovery, recovery_of
from service.web.parts.tracing import Tracing
from service.web.parts.volume import Volume, volume_of

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from service.plans.schemas.response import PlanResponse


@dataclass(frozen=True)
class Figures:
    """What the week comes to."""

    volume: Volume
    gauges: tuple[Gauge, ...]
    ladder: Ladder | None
    recovery: Recovery | None
    certificate: Certificate


def figures_of(plan: PlanResponse, catalog: Catalog) -> Figures:
    """The figures of a plan that has a week."""
    tracing = Tracing(plan, catalog)
    measured, ladder = gauges(plan, tracing), ladder_of(plan, catalog, tracing)
    panel = {*(gauge.rule for gauge in measured), *([LADDER_RULE] if ladder else [])}
    return Figures(
        volume=volume_of(plan, catalog, tracing),
        gauges=measured,
        ladder=ladder,
        recovery=recovery_of(plan, catalog, tracing),
        certificate=certificate_of(plan, tracing, panel),
    )
