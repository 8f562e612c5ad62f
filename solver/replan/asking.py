"""The parts of rules that ask for something, which history may leave no room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.subject import WHOLE, part
from solver.verifier.past import ASKING

if TYPE_CHECKING:
    from solver.guard import Name

_PARTS = frozenset(
    {
        ("mobility.thoracic", WHOLE),
        ("mobility.thoracic", part("rotation")),
        ("mobility.thoracic", part("extension")),
        ("progression.deadlift", part("current stage")),
        ("structure.sessions", part("min")),
    }
)
"""What asks in rules that limit as well."""


def asks(name: Name) -> bool:
    """Whether the rule asks for something of the week as a whole here. A pin is no wish: it stands."""
    if name.rule == "plan.pinned":
        return False
    return name.rule in ASKING or (name.rule, name.subject) in _PARTS
