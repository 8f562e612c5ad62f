"""What could stand in the place of one entry, with its consequences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.web.pages.change_list import changed_sessions
from service.web.parts.certificate import in_signs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.swaps.schemas import AlternativeResponse, Likeness, SwapsAnswer
    from service.web.pages.change_list import ChangedSession
    from service.web.pages.sessions import SlotName

LIKENESS: Mapping[Likeness, str] = {
    "family": "a variant of it",
    "pattern": "the same movement pattern",
    "muscle": "the same main muscle",
    "region": "the same part of the body",
    "none": "little in common",
}
SHOWN = 12
"""So many alternatives that keep every rule stand on the page at once; the rest can be unfolded."""


@dataclass(frozen=True)
class Alternative:
    """One of them."""

    exercise: str
    name: str
    sets: int
    likeness: str
    equipment: str
    score: float
    score_change: float
    seconds_change: int
    short: bool
    """Muscles fall further below their weekly minimum."""
    rules: tuple[tuple[str, str], ...]
    """Title and measurement of those that it breaks, or else of those that measure otherwise."""
    breaks: bool
    repair: str | None
    """What is said of what else would have to change."""
    repair_changes: tuple[ChangedSession, ...]
    possible: bool
    """It can be taken: as it is, or with the changes."""


@dataclass(frozen=True)
class SwapPage:
    """The alternatives, the best first."""

    study: str
    plan: str
    exercise: str
    name: str
    sets: int
    slot_id: str
    slot: SlotName
    score: float
    found: int
    left_out: int
    """Others that are possible, with less in common."""
    keeping: tuple[Alternative, ...]
    more: tuple[Alternative, ...]
    breaking: tuple[Alternative, ...]
    complete: bool


def swap_page(
    study: str,
    plan: str,
    answer: SwapsAnswer,
    names: Mapping[str, SlotName],
    exercises: Mapping[str, str],
    items: Mapping[str, str],
    *,
    complete: bool,
) -> SwapPage:
    """The page of an answer. `exercises` and `items` are names by id."""
    shown = [_alternative(one, answer.before.minima, names, exercises, items) for one in answer.alternatives]
    keeping = [one for one, of in zip(shown, answer.alternatives, strict=True) if of.keeps_rules]
    breaking = [one for one, of in zip(shown, answer.alternatives, strict=True) if not of.keeps_rules]
    return SwapPage(
        study=study,
        plan=plan,
        exercise=answer.entry.exercise,
        name=answer.entry.name,
        sets=answer.entry.sets,
        slot_id=answer.entry.slot,
        slot=names[answer.entry.slot],
        score=answer.before.score,
        found=answer.found,
        left_out=answer.left_out,
        keeping=tuple(keeping[:SHOWN]),
        more=tuple(keeping[SHOWN:]),
        breaking=tuple(breaking[:SHOWN]),
        complete=complete,
    )


def _alternative(
    one: AlternativeResponse,
    minima: int,
    names: Mapping[str, SlotName],
    exercises: Mapping[str, str],
    items: Mapping[str, str],
) -> Alternative:
    broken = [effect for effect in one.rules if not effect.holds]
    repair = one.repair
    return Alternative(
        exercise=one.exercise,
        name=one.name,
        sets=one.sets,
        likeness=LIKENESS[one.likeness],
        equipment=", ".join(items.get(item, item) for item in one.equipment if item != "none"),
        score=one.worth.score,
        score_change=one.score_change,
        seconds_change=one.seconds_change,
        short=one.worth.minima > minima,
        rules=tuple((rule.title, in_signs(rule.statement)) for rule in broken or one.rules),
        breaks=bool(broken),
        repair=None if repair is None else repair.statement,
        repair_changes=() if repair is None else changed_sessions(repair.changes, names, exercises),
        possible=one.keeps_rules or (repair is not None and repair.plan is not None),
    )
