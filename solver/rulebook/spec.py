"""What a rule is: a permanent id, a sentence, parameters with defaults and bounds, and a source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Parameter:
    """A number or a choice the caller may set, inside its bounds.

    `kind`: `integer`, `ratio` (a decimal number, kept as an exact fraction), `choice`, or `per_muscle` (an object of
    muscle id -> integer). `weaker` says in which direction the rule asks for less, to mark a loosened parameter. `part`
    is the part of the rule that it moves: the one of its own name unless said otherwise, the whole rule when empty.
    """

    name: str
    kind: Literal["integer", "ratio", "choice", "per_muscle"]
    default: int | float | str | None
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""
    weaker: Literal["lower", "higher", "none"] = "none"
    part: str | None = None

    @property
    def moves(self) -> str:
        """The part of the rule that the parameter moves, in the rule's own word for it."""
        return self.name if self.part is None else self.part


@dataclass(frozen=True)
class RuleSpec:
    """One rule. `mistake` is the number of the guide's mistake it answers; `suggestible`: a conflict report may
    propose to change the request here; `of` is what keeps it: every week, a block of weeks, or the schedule of a gym.
    `source` holds codes of the catalog's sources, or where the rule comes from."""

    id: str
    title: str
    sentence: str
    source: str
    parameters: tuple[Parameter, ...] = ()
    mistake: int | None = None
    hard: bool = True
    suggestible: bool = True
    of: Literal["week", "block", "gym"] = "week"

    def parameter(self, name: str) -> Parameter:
        """The parameter called `name`; KeyError when the rule has none of that name."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        raise KeyError(f"{self.id} has no parameter {name}")
