"""What a rule is to the model: an id and the constraints that keep it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.guard import Guard
    from solver.variables import PlanVars


@dataclass(frozen=True)
class Rule:
    """`post` states the rule on the variables, through the guard, under the rule's own id."""

    id: str
    post: Callable[[PlanVars, Guard], None]
