"""Why there is no week, in plain words, and what would help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.rulebook import RULE_BY_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from service.plans.schemas import PlanResponse
    from service.plans.schemas.response import ConflictResponse, Number, SuggestionResponse

_WISHES = (
    ("/athlete/must_include", "an exercise you want in the week"),
    ("/athlete/required_muscles", "muscles that have to reach their minimum"),
    ("/athlete/avoid", "what you leave out"),
    ("/athlete/ladder_stages", "your stage on a ladder"),
    ("/athlete/experience", "your level"),
    ("/athlete", "what you said about yourself"),
    ("/places", "the equipment of your places"),
    ("/week/sessions", "how many sessions you want"),
    ("/week", "the times you offered"),
    ("/rules", "a number of a rule"),
    ("/pins", "what is locked or done"),
)
"""Part of a request -> what it is called; the first that fits counts."""


@dataclass(frozen=True)
class ConflictLine:
    """One of the rules that cannot hold together."""

    statement: str
    title: str
    """Of the rule."""
    wishes: tuple[str, ...]
    """The wishes that ask for it; empty where it stands in every plan."""


@dataclass(frozen=True)
class Offer:
    """A change that would help, to be taken with one click."""

    number: int
    statement: str
    score: float
    cost: Number


@dataclass(frozen=True)
class Conflict:
    """The conflict and what would help. `action` is the address that takes an offer."""

    lines: tuple[ConflictLine, ...]
    minimal: bool
    offers: tuple[Offer, ...]
    untried: int
    action: str


def conflict_of(
    conflict: Sequence[ConflictResponse],
    suggestions: Sequence[SuggestionResponse],
    *,
    minimal: bool | None,
    untried: int | None,
    action: str,
) -> Conflict:
    """What an answer without a week says."""
    return Conflict(
        lines=tuple(
            ConflictLine(one.statement, RULE_BY_ID[one.rule].title, tuple(_wishes(one.request))) for one in conflict
        ),
        minimal=bool(minimal),
        offers=tuple(Offer(number, one.statement, one.score, one.cost) for number, one in enumerate(suggestions)),
        untried=untried or 0,
        action=action,
    )


def conflict_of_plan(plan: PlanResponse) -> Conflict | None:
    """What a plan without a week says; None where no conflict is known."""
    if plan.conflict is None:
        return None
    return conflict_of(
        plan.conflict,
        plan.suggestions,
        minimal=plan.conflict_minimal,
        untried=plan.suggestions_untried,
        action=f"/plans/{plan.id}/suggestions",
    )


def _wishes(pointers: Iterable[str]) -> list[str]:
    found = (next((words for part, words in _WISHES if at.startswith(part)), None) for at in pointers)
    return list(dict.fromkeys(words for words in found if words))
