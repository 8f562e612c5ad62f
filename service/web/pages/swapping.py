"""What could stand in the place of one entry, with its consequences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.web.pages.change_list import changed_sessions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.swaps.schemas import AlternativeResponse, RuleEffectResponse, SwapsAnswer
    from service.web.pages.change_list import ChangedSession
    from service.web.pages.sessions import SlotName

SHOWN = 12
"""So many alternatives that keep every rule stand on the page at once; the rest can be unfolded."""


@dataclass(frozen=True)
class Alternative:
    """One of them."""

    exercise: str
    name: str
    sets: int
    equipment: str
    score: float
    score_change: float
    seconds_change: int
    short: bool
    """Muscles fall further below their weekly minimum."""
    rules: tuple[RuleEffectResponse, ...]
    """Those that it breaks, or else those that measure otherwise."""
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
    name: str
    sets: int
    slot: SlotName
    score: float
    found: int
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
        name=answer.entry.name,
        sets=answer.entry.sets,
        slot=names[answer.entry.slot],
        score=answer.before.score,
        found=answer.found,
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
        equipment=", ".join(items.get(item, item) for item in one.equipment if item != "none"),
        score=one.worth.score,
        score_change=one.score_change,
        seconds_change=one.seconds_change,
        short=one.worth.minima > minima,
        rules=tuple(broken or one.rules),
        repair=None if repair is None else repair.statement,
        repair_changes=() if repair is None else changed_sessions(repair.changes, names, exercises),
        possible=one.keeps_rules or (repair is not None and repair.plan is not None),
    )
