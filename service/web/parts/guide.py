"""Why each rule of the guide matters, in a sentence or two for whoever trains."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WHY: Mapping[str, str] = MappingProxyType(
    {
        "mobility.thoracic": (
            "A stiff upper back makes the shoulders and the lower back move in its stead. A drill before the first "
            "pull frees it."
        ),
        "balance.upper_pull_push": (
            "Presses pull the shoulders forward. Twice as much pulling keeps them back and level."
        ),
        "balance.lower_pull_push": (
            "Hamstrings and glutes hold the knee and drive the hip. Left behind the quadriceps, they leave both to the "
            "joints."
        ),
        "shoulder.external_rotation": (
            "Presses, pull-ups and pulldowns all turn the arm inwards. Only direct work turns it out again, which "
            "keeps the shoulder centred."
        ),
        "scapula.lower_trap": (
            "Strong upper and weak lower traps shrug the shoulder blade up with every reach. The lower ones hold it "
            "down."
        ),
        "pull.isometric_hold": (
            "The top of a pull-up is where the shoulder blades do most, and where most repetitions hurry through. "
            "Holding it teaches them to stay down."
        ),
        "row.retraction": (
            "A row that the arms begin trains the arms. Let the shoulder blades begin and the back does the work."
        ),
        "progression.deadlift": (
            "From the floor the deadlift asks most of the back. Each stage starts a little lower, once the one above "
            "is steady."
        ),
    }
)
"""By rule id, for every rule against one of the six mistakes."""
