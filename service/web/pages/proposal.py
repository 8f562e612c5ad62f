"""A week that could take the place of another: what changes, and what that does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.comparisons.asking import side_by_side
from service.comparisons.schemas import ComparisonRequest
from service.terminal.words import sentence
from service.web.pages.change_list import changed_sessions
from service.web.pages.comparing import value_text
from service.web.pages.sessions import slot_names
from service.web.parts.certificate import in_signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from catalog.catalog import Catalog
    from service.comparisons.schemas import ComparisonResponse
    from service.comparisons.schemas.response import AgainstResponse, MetricRow, RuleRow
    from service.dependencies import Parts
    from service.plans.schemas import PlanResponse
    from service.replans.schemas import ReplanAnswer
    from service.web.pages.change_list import Change, ChangedSession

_NOW, _THEN = "the new week", "your week"
_FIGURES = ("score", "seconds", "sessions", "sets", "fatigue")
"""Those of a comparison that are shown."""


@dataclass(frozen=True)
class FigureChange:
    """A figure before and after."""

    name: str
    before: str
    after: str
    better: bool | None
    """Whether the new week is the better one in it; None where neither is."""


@dataclass(frozen=True)
class RuleChange:
    """A rule that measures otherwise."""

    title: str
    before: str
    after: str
    holds: bool


@dataclass(frozen=True)
class Proposal:
    """The new week beside the one whose place it could take."""

    base: str
    plan: str
    statement: str
    sessions: tuple[ChangedSession, ...]
    figures: tuple[FigureChange, ...]
    rules: tuple[RuleChange, ...]
    against: AgainstResponse
    remarks: tuple[str, ...]
    """What the new week leaves unkept or short."""
    nearest: str | None
    """What is proven of how little changes; None where nothing is claimed."""


def proposal(base: PlanResponse, new: PlanResponse, tenant: str, parts: Parts) -> Proposal:
    """The new week beside the old, by what a comparison says. Blocks on the database."""
    return _proposal(base, new, tenant, parts, None, (), None)


def replanned(base: PlanResponse, new: PlanResponse, answer: ReplanAnswer, tenant: str, parts: Parts) -> Proposal:
    """The same of a replan, which tells its changes with their reasons."""
    remarks = (
        *(f"{one.statement} {one.because}" for one in (*answer.broken, *answer.unkept)),
        *answer.below_minimum,
        *(f"{sentence(one.reason)} To restore it: {sentence(one.restored_by)}" for one in answer.waived),
    )
    way = answer.distance
    near = None
    if way is not None:
        near = (
            "Fewer changes will not do; this is proven." if way.gap == 0 else "Whether fewer changes would do is open."
        )
    return _proposal(base, new, tenant, parts, answer.changes, remarks, near)


def _proposal(
    base: PlanResponse,
    new: PlanResponse,
    tenant: str,
    parts: Parts,
    changes: Iterable[Change] | None,
    remarks: tuple[str, ...],
    nearest: str | None,
) -> Proposal:
    wish = ComparisonRequest(plans=[base.id, new.id], labels={base.id: _THEN, new.id: _NOW})
    found = side_by_side(wish, tenant, parts)
    against = found.plans[1].against_baseline
    assert against is not None
    told = changes if changes is not None else against.changes or ()
    return Proposal(
        base=base.id,
        plan=new.id,
        statement=sentence(against.statement),
        sessions=changed_sessions(told, slot_names(base, new), exercise_names(parts.catalog, base, new)),
        figures=tuple(_figure(row, new.id) for row in found.metrics if row.metric in _FIGURES),
        rules=tuple(_rule_changes(found)),
        against=against,
        remarks=remarks,
        nearest=nearest,
    )


def exercise_names(catalog: Catalog, *plans: PlanResponse) -> Mapping[str, str]:
    """Names of exercises by id: the catalog's, and those that the weeks themselves tell."""
    told = {e.exercise: e.name for plan in plans if plan.week for s in plan.week.sessions for e in s.entries}
    return {**{exercise.id: exercise.name for exercise in catalog.exercises.values()}, **told}


def _figure(row: MetricRow, new: str) -> FigureChange:
    before, after = (value_text(row, value) for value in row.values)
    return FigureChange(row.name, before, after, None if before == after or not row.best else new in row.best)


def _rule_changes(found: ComparisonResponse) -> Iterable[RuleChange]:
    for row in found.rules:
        before, after = row.statements
        if before != after:
            yield _rule(row, before, after)


def _rule(row: RuleRow, before: str, after: str) -> RuleChange:
    return RuleChange(row.title, in_signs(before), in_signs(after), row.holds[1] is not False)
