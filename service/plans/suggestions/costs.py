"""What changes of a request cost: how much a person gives up, in steps of five minutes a week.

The scale only orders suggestions: minutes are easily found, a thing is bought once, what somebody wished for or stays
away from is given up unwillingly, and a weaker rule of the guide is the last thing to propose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from catalog.catalog import Catalog

MINUTES_PER_POINT = 5
OTHER_DAY = 3
"""The same session on another day of the week."""
OTHER_PLACE = 3
SUPERSETS = 2
"""Entries in pairs are harder, but cost nobody time."""
MORE_SESSIONS = 4
"""One session more; its own minutes count half, because the athlete offers sessions and not minutes."""
FEWER_SESSIONS = 4
"""Each session that the week may have less, or more, than asked for."""
SECOND_SESSION_A_DAY = 5
OPEN_SESSION = 2
"""What is pinned in a session stays, and more may be added."""
RELEASED_ENTRY = 4
RELEASED_SESSION = 5
FEWER_SETS = 1
"""Each set of a wanted exercise or a required muscle less; without it altogether, one more than all its sets."""
NOT_INSISTED = 3
"""An inclusion that is asked for outright becomes one that is waived where it is not possible."""
OWN_NUMBER = 1
"""Each step of a number that the request made stricter, back towards its default."""
LIMIT, LIMIT_STEP = 3, 1
"""A limit weaker than its default, and each step of it."""
GUIDE, GUIDE_STEP = 6, 2
"""The same for a rule that answers one of the guide's mistakes."""
OWN_CHOICE = 2
"""A choice of the request that goes back to its default."""
EXCLUSIONS = {"exercise": 4, "pattern": 5, "equipment": 5, "stress": 8}
"""What is avoided is allowed again; kinds of stress are avoided for the best reasons."""
STAGE = 6
"""Each stage of a ladder."""
EXPERIENCE = 10
ITEMS = {"bands_only": 3, "home_dumbbells": 5, "hotel": 7}
"""An item costs as much as the smallest place that has one: what fits into a drawer, a corner, a small gym ..."""
ITEM_OF_A_GYM = 9
"""... or only into a large one."""


def of_item(catalog: Catalog, item: str) -> int:
    """What it costs to have an item at a place."""
    return min((cost for preset, cost in ITEMS.items() if item in _equipment(catalog, preset)), default=ITEM_OF_A_GYM)


def of_items(catalog: Catalog, items: Iterable[str]) -> int:
    """What it costs to have all of them there."""
    return sum(of_item(catalog, item) for item in items)


def _equipment(catalog: Catalog, preset: str) -> frozenset[str]:
    return catalog.presets[preset].equipment if preset in catalog.presets else frozenset()
