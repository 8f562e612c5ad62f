"""A replanned week in the caller's words."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from service.plans.booking import said
from service.plans.mapping.offered import left_out
from service.plans.phrases import counted, name_of
from service.plans.presenter import present, present_effort
from service.replans.schemas import (
    BeforeAfterResponse,
    ChangedEntryResponse,
    ChangeReasonResponse,
    DistanceResponse,
    RelocatedResponse,
    ReplanAnswer,
    ReplanChangeResponse,
    UnkeptResponse,
    WaivedResponse,
)
from service.studies.conflict import NO_CONFLICT, conflict_of
from service.studies.weeks import new_week, out_of_schedule
from solver.replan import sentence
from solver.rulebook import RULE_BY_ID

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from service.plans.schemas import PlanResponse
    from service.replans.changed import Changed
    from service.replans.schemas import ReplanRequest
    from service.studies.weeks import KeptWeek
    from solver.domain.change import WeekEntry
    from solver.domain.outcome import SolveStats, Violation
    from solver.domain.problem import Problem
    from solver.repair.outcome import ReasonedChange
    from solver.replan import Replanned

DONE_BROKE_IT = "What was done broke it, and nothing that is left makes it worse."
NO_ROOM = "What was done and what is left leave no room for it."
NOT_SHOWN = "No week that keeps more of the rules was found in time."


def present_replanned(
    about: KeptWeek,
    asked: ReplanRequest,
    now: Changed,
    found: Replanned,
    goes: Mapping[str, str] = MappingProxyType({}),
) -> tuple[ReplanAnswer, PlanResponse]:
    """The answer, and its week as a plan of its own; `goes` are sessions that go as they stand to other slots."""
    week = out_of_schedule(about, present(new_week(now.request, now.problem, about.question.catalog), found.solved))
    answer = ReplanAnswer(
        **_asked(asked, now, found.solved.stats),
        plan=week.id,
        distance=DistanceResponse(value=found.distance, given=found.given, bound=found.bound, gap=found.gap),
        score=BeforeAfterResponse(before=found.score_before, after=found.solved.score.value),
        relocated=[
            RelocatedResponse(slot=slot, to=to, statement=f"The session of {slot} goes to {to}.")
            for slot, to in goes.items()
        ],
        changes=[_change(now.problem, found, reasoned) for reasoned in found.changes],
        broken=_unkept(found.broken, DONE_BROKE_IT),
        unkept=_unkept(found.unkept, NO_ROOM if found.unkept_least else NOT_SHOWN),
        unkept_proven=found.unkept_least,
        waived=_waived(about, week),
        below_minimum=below_minimum(about.response, week),
        **NO_CONFLICT,
        suggestions=[],
        suggestions_untried=None,
    )
    return answer, week


def present_none(asked: ReplanRequest, now: Changed, told: PlanResponse, stats: SolveStats) -> ReplanAnswer:
    """The answer without a week: `told` is what can be said of the request as it has become, a conflict or nothing."""
    return ReplanAnswer(
        **_asked(asked, now, stats),
        plan=None,
        distance=None,
        score=None,
        changes=[],
        broken=[],
        unkept=[],
        unkept_proven=False,
        waived=[],
        **conflict_of(_with_reasons(told, now)),
        suggestions=told.suggestions,
        suggestions_untried=told.suggestions_untried,
    )


def _with_reasons(told: PlanResponse, now: Changed) -> PlanResponse:
    """The same with the reason why a slot is kept unused that is not offered any more."""
    why = {left.slot: said(left).rstrip(".") for left in left_out(now.request.week)}
    conflict = [
        element.model_copy(update={"statement": why[element.subject]})
        if element.rule == "plan.pinned" and element.subject in why
        else element
        for element in told.conflict or []
    ]
    return told.model_copy(update={"conflict": conflict or None})


def _asked(asked: ReplanRequest, now: Changed, stats: SolveStats) -> dict[str, Any]:
    return {
        "request": now.request.model_dump(mode="json", exclude_unset=True),
        "prefer": asked.prefer,
        "solver": present_effort(stats),
    }


def _change(problem: Problem, found: Replanned, reasoned: ReasonedChange) -> ReplanChangeResponse:
    change = reasoned.change
    return ReplanChangeResponse(
        kind=change.kind,
        slot=change.slot,
        before=_entry(change.before),
        after=_entry(change.after),
        weight=change.weight,
        given=change.slot in problem.done and change.kind in ("drop", "close"),
        reasons=[ChangeReasonResponse(rule=r.rule, mended=r.mended, statement=r.statement) for r in reasoned.reasons],
        statement=sentence(problem, found, reasoned),
    )


def _entry(entry: WeekEntry | None) -> ChangedEntryResponse | None:
    if entry is None:
        return None
    return ChangedEntryResponse(slot=entry.slot, exercise=entry.exercise, sets=entry.sets)


def _unkept(violations: Iterable[Violation], because: str) -> list[UnkeptResponse]:
    return [
        UnkeptResponse(
            rule=violation.rule,
            title=RULE_BY_ID[violation.rule].title,
            subject=violation.subject,
            statement=violation.statement,
            because=because,
        )
        for violation in violations
    ]


def below_minimum(before: PlanResponse, after: PlanResponse) -> list[str]:
    """A sentence on every muscle that ends below its weekly minimum and did not before."""
    known = {term.term for term in before.tiers[0].terms}
    short = {term.term for term in after.tiers[0].terms} - known
    return [
        f"{name_of(one.muscle).capitalize()}: {counted(one.stimulus, 'set')} that "
        f"{'counts' if one.stimulus == 1 else 'count'}, less than the weekly {one.min:g}."
        for one in after.volume or []
        if one.muscle in short
    ]


def _waived(about: KeptWeek, week: PlanResponse) -> list[WaivedResponse]:
    """Inclusions that the plan before was asked for and this week is not."""
    before = {line.rule for line in about.response.certificate if line.waived is not None}
    return [
        WaivedResponse(rule=line.rule, reason=line.waived.reason, restored_by=line.waived.restored_by)
        for line in week.certificate
        if line.waived is not None and line.rule not in before
    ]
