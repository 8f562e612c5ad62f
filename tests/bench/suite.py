"""The instances: every golden request, weeks drawn from seeds, and weeks on larger catalogs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from catalog.catalog import default_catalog
from service.plans.mapping import to_problem
from service.plans.schemas import PlanRequest
from service.validation.parsing import parse
from tests.bench.catalogs import enlarged
from tests.bench.generator import drawn

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from solver.domain.problem import Problem

Level = Literal["easy", "medium", "hard", "growth"]
"""easy: some week holds every target. medium: none does, and how near one comes is known. hard: that is still open.
growth: on a larger catalog. As far as is known; a word to read tables by, nothing is computed from it."""

GOLDEN_REQUESTS = Path(__file__).parents[1] / "golden" / "requests"
GOLDEN: dict[str, Level] = {
    "advanced_from_the_floor": "easy",
    "bands_only": "hard",
    "beginner_first_rung": "easy",
    "bodyweight_only": "hard",
    "conservative_recovery": "easy",
    "default_three_hours": "easy",
    "glutes_and_back_first": "easy",
    "home_dumbbells": "hard",
    "hotel_week": "hard",
    "optional_slots_two_places": "easy",
    "pinned_and_wanted": "hard",
    "six_short_sessions": "easy",
    "sore_shoulder": "easy",
    "sunday_then_monday": "easy",
    "two_half_hours_in_a_gym": "medium",
    "two_long_sessions_advanced": "hard",
}
DRAWN: dict[int, Level] = {
    5: "hard",
    7: "hard",
    8: "easy",
    9: "easy",
    16: "medium",
    17: "easy",
    19: "hard",
    21: "hard",
    25: "hard",
    27: "hard",
    28: "hard",
    29: "medium",
}
"""Seeds that together span sessions, minutes, places and levels; their weeks can all be planned."""
GROWTH_SIZES = (500, 1500)
GROWTH_REQUESTS = ("default_three_hours", "home_dumbbells")
"""Golden requests asked again of the larger catalogs: one that can hold its targets and one that cannot."""

QUICK = (
    "two_half_hours_in_a_gym",
    "beginner_first_rung",
    "default_three_hours",
    "bands_only",
    "six_short_sessions",
    "default_three_hours_500",
)


@dataclass(frozen=True)
class Instance:
    """A request on a catalog. `enlarged_to`: the number of exercises, where it is not the real catalog."""

    name: str
    level: Level
    body: dict[str, Any]
    enlarged_to: int | None = None

    @property
    def catalog(self) -> Catalog:
        return default_catalog() if self.enlarged_to is None else enlarged(self.enlarged_to)

    @cached_property
    def problem(self) -> Problem:
        """Raises RequestError when the body is not a valid request, CatalogError for a broken variant."""
        return to_problem(parse(PlanRequest, json.dumps(self.body).encode()), self.catalog)


def golden_body(name: str) -> dict[str, Any]:
    body: dict[str, Any] = json.loads((GOLDEN_REQUESTS / f"{name}.json").read_text(encoding="utf-8"))
    return body


def suite() -> dict[str, Instance]:
    """Every instance by name: the golden ones, the drawn ones, those on larger catalogs."""
    instances = [Instance(name, level, golden_body(name)) for name, level in GOLDEN.items()]
    for seed, level in DRAWN.items():
        name, body = drawn(seed)
        instances.append(Instance(name, level, body))
    for request in GROWTH_REQUESTS:
        instances += [Instance(f"{request}_{size}", "growth", golden_body(request), size) for size in GROWTH_SIZES]
    return {instance.name: instance for instance in instances}
