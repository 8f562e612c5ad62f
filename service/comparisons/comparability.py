"""What plans have in common, and what cannot be compared where they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.comparisons.schemas.response import NoteResponse
from service.plans.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from service.comparisons.compared import Compared


def same_goals(plans: Iterable[Compared]) -> bool:
    """Whether the scores measure the same: the same catalog, athlete's level and numbers for every muscle."""
    return _alike(plans, _goals)


def same_question(plans: Iterable[Compared]) -> bool:
    """Whether the plans answer the same request, however long they were searched for."""
    return _alike(plans, lambda plan: (plan.answer.catalog, _asked(plan)))


def notes(baseline: Compared, plans: Sequence[Compared]) -> list[NoteResponse]:
    """Everything that keeps the plans from being compared like for like, in plain sentences."""
    return [*_together(plans), *(note for plan in plans for note in _against(baseline, plan))]


def _alike(plans: Iterable[Compared], part: Callable[[Compared], object]) -> bool:
    first, *others = [part(plan) for plan in plans]
    return all(other == first for other in others)


def _goals(plan: Compared) -> object:
    athlete: Any = plan.answer.resolved.get("athlete", {})
    return plan.answer.catalog, athlete.get("experience"), athlete.get("priorities"), _part(plan, "muscles")


def _asked(plan: Compared) -> dict[str, object]:
    """The resolved request without how long to look; what is empty says as much as what is not there."""
    return {name: value for name, value in plan.answer.resolved.items() if name != "solve" and value}


def _part(plan: Compared, name: str) -> object:
    return plan.answer.resolved.get(name)


def _names(plans: Sequence[Compared]) -> str:
    return listed([plan.label for plan in plans], "and")


def _together(plans: Sequence[Compared]) -> Iterator[NoteResponse]:
    """What holds for all plans at once."""
    ids = [plan.id for plan in plans]
    if not _alike(plans, lambda plan: plan.answer.catalog):
        said = "The plans were made with different catalogs: exercises and muscles may have counted differently."
        yield NoteResponse(about="catalog", plans=ids, statement=said)
    if not same_goals(plans):
        said = (
            "The plans do not pursue the same numbers for every muscle: each score and each shortfall measures its own."
        )
        yield NoteResponse(about="score", plans=ids, statement=said)
    if not same_question(plans):
        said = "The plans answer different requests: each bound holds for weeks of its own request alone."
        yield NoteResponse(about="bounds", plans=ids, statement=said)
        said = "Tier 3 has points for wishes, places and slots of each request: it is not compared between requests."
        yield NoteResponse(about="quality", plans=ids, statement=said)
    unread = [plan for plan in plans if plan.read is None]
    if unread:
        named = [plan.id for plan in unread]
        said = f"{_names(unread)}: the present catalog does not know everything in the request or the week"
        yield NoteResponse(about="fatigue", plans=named, statement=f"{said}; fatigue is not counted.")
        yield NoteResponse(about="changes", plans=named, statement=f"{said}; there is no list of changes.")


def _against(baseline: Compared, plan: Compared) -> Iterator[NoteResponse]:
    """What sets one plan apart from the baseline."""
    pair = [baseline.id, plan.id]
    if _slots(plan) != _slots(baseline):
        said = f"{plan.label} was asked for in other slots or places than {baseline.label}: sessions of the same "
        yield NoteResponse(about="slots", plans=pair, statement=f"{said}slot, else the most alike, are paired.")
    rules = _differing_rules(baseline, plan)
    if rules:
        said = f"{plan.label} and {baseline.label} have other limits for {listed(rules, 'and')}: each slack is the "
        yield NoteResponse(about="rules", plans=pair, statement=f"{said}distance to the plan's own limit.")


def _slots(plan: Compared) -> object:
    week: Any = _part(plan, "week") or {}
    return week.get("slots")


def _differing_rules(baseline: Compared, plan: Compared) -> list[str]:
    one: Any = _part(baseline, "rules") or {}
    other: Any = _part(plan, "rules") or {}
    rules = [rule for rule in {**one, **other} if one.get(rule) != other.get(rule)]
    if _part(baseline, "muscles") != _part(plan, "muscles"):
        rules.append("the sets and hours of muscles")
    return rules
