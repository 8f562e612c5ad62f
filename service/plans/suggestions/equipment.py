"""Changes of what stands at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.errors import pointer
from service.plans.mapping.week import place_requests
from service.plans.phrases import listed, with_article
from service.plans.suggestions import costs
from service.plans.suggestions.asked import Asked, Change, Offers, each
from service.plans.suggestions.patching import put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.plans.suggestions.patching import Operation


def more_equipment(asked: Asked, place: str, lacking: Sequence[Sequence[str]]) -> Offers:
    """Any of the groups of items that would dissolve the conflict, or a preset that has more than the place has now."""
    changes = []
    for items in lacking:
        names = listed([with_article(asked.catalog.equipment[item].name) for item in items], "and")
        cost = costs.of_items(asked.catalog, items)
        changes.append(Change(with_items(asked, place, items), f"equip '{place}' with {names}", cost))
    return each(asked, f"equipment of {place}", *changes, *_presets(asked, place))


def _presets(asked: Asked, place: str) -> list[Change]:
    """Only those that keep what is there: nobody gives equipment away to mend a plan."""
    now = _standing(asked, place)
    found = []
    for preset in asked.catalog.presets.values():
        more = preset.equipment - now
        if more and now - {"none"} <= preset.equipment:
            cost = costs.of_items(asked.catalog, more)
            operation = put(asked.body, ("places",), _places(asked, place, preset.id))
            if asked.request.places is not None:
                operation = put(asked.body, ("places", _index(asked, place), "equipment"), preset.id)
            found.append(Change((operation,), f"equip '{place}' like the preset {preset.id}", cost))
    return found


def _standing(asked: Asked, place: str) -> frozenset[str]:
    return next(slot.place.equipment for slot in asked.problem.slots if slot.place.id == place)


def _index(asked: Asked, place: str) -> int:
    return [known.id for known in place_requests(asked.request, asked.catalog)].index(place)


def with_items(asked: Asked, place: str, items: Sequence[str]) -> tuple[Operation, ...]:
    """The place's list with the items at its end; a preset is written out."""
    named = place_requests(asked.request, asked.catalog)[_index(asked, place)].equipment
    before = list(named) if isinstance(named, list) else sorted(_standing(asked, place) - {"none"})
    if asked.request.places is None:
        return (put(asked.body, ("places",), _places(asked, place, [*before, *items])),)
    path = ("places", _index(asked, place), "equipment")
    if isinstance(named, list):
        ends = range(len(before), len(before) + len(items))
        return tuple(
            {"op": "add", "path": pointer(*path, end), "value": item} for end, item in zip(ends, items, strict=True)
        )
    return (put(asked.body, path, [*before, *items]),)


def _places(asked: Asked, place: str, equipment: Any) -> list[dict[str, Any]]:
    """All places written out, one of them with other equipment."""
    places = [known.model_dump(mode="json") for known in place_requests(asked.request, asked.catalog)]
    return [{**known, "equipment": equipment} if known["id"] == place else known for known in places]
