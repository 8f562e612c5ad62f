"""What the sessions of plans are called on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.plans.schemas import PlanResponse


@dataclass(frozen=True)
class SlotName:
    """A slot by its time."""

    day: str
    start: str
    place: str


def slot_names(*plans: PlanResponse) -> Mapping[str, SlotName]:
    """The slots of plans by id; where two plans have a slot of one id, as the first of them has it."""
    found: dict[str, SlotName] = {}
    for plan in plans:
        week: Any = plan.resolved["week"]
        for slot in week["slots"]:
            found.setdefault(slot["id"], SlotName(slot["day"].capitalize(), slot["start"], slot["place"]))
    return found
