"""Repair: the search for the nearest week that keeps every rule, and its outcome in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, assert_never

from service.audits.schemas.repair import (
    ChangeResponse,
    ConflictingRuleResponse,
    ReasonResponse,
    RepairedEntryResponse,
    RepairResponse,
)
from service.plans.mapping import to_budget
from service.plans.phrases import counted
from service.plans.presenter import present_line, present_stats
from service.plans.schemas.response import WeekResponse
from service.plans.sessions import present_volume, present_week
from service.plans.wording import statement
from solver.domain.change import WeekEntry
from solver.domain.outcome import Infeasible, TimedOut
from solver.repair import Repaired, repair, sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.audits.question import AuditQuestion
    from solver.domain.problem import Problem
    from solver.repair import ReasonedChange, RepairOutcome


def repaired(question: AuditQuestion, *, is_cancelled: Callable[[], bool] | None = None) -> RepairResponse:
    """Search for the nearest week that keeps every rule, as long as the request allows.

    Blocks for seconds. Raises InvalidPlanError when the solver's week fails its own verification.
    """
    problem = replace(question.problem, supersets=_is_paired(question))
    followed = [WeekEntry(s.slot, e.exercise, e.sets) for s in question.week.sessions for e in s.entries]
    noticed = _Notice(is_cancelled)
    outcome = repair(problem, followed, to_budget(question.plan_request), is_cancelled=noticed)
    return _present(question, problem, outcome, interrupted=noticed.stopped)


class _Notice:
    """Whether the search was told to stop."""

    def __init__(self, is_cancelled: Callable[[], bool] | None) -> None:
        self._is_cancelled = is_cancelled
        self.stopped = False

    def __call__(self) -> bool:
        self.stopped = self.stopped or (self._is_cancelled is not None and self._is_cancelled())
        return self.stopped


def _present(question: AuditQuestion, problem: Problem, outcome: RepairOutcome, *, interrupted: bool) -> RepairResponse:
    blank: dict[str, Any] = {
        "distance": None,
        "bound": None,
        "gap": None,
        "changes": [],
        "week": None,
        "certificate": [],
        "volume": [],
        "score_before": None,
        "score_after": None,
        "conflict": None,
    }
    match outcome:
        case Repaired():
            found = _week(question, problem, outcome, interrupted=interrupted)
        case Infeasible():
            found = {
                "status": "infeasible",
                "statement": "No week in these slots keeps every rule; this is proven.",
                "conflict": [
                    ConflictingRuleResponse(
                        rule=element.rule,
                        subject=str(element.subject),
                        statement=statement(problem, element.rule, element.subject) or element.statement,
                    )
                    for element in outcome.conflict.elements
                ],
            }
        case TimedOut():
            status = "cancelled" if interrupted else "timed_out"
            found = {"status": status, "statement": "Time ran out before there was a week that keeps every rule."}
        case _:
            assert_never(outcome)
    return RepairResponse(**{**blank, **found}, notes=_notes(question), solver=present_stats(outcome.stats))


def _week(question: AuditQuestion, problem: Problem, outcome: Repaired, *, interrupted: bool) -> dict[str, Any]:
    unproven = "cancelled" if interrupted else "feasible"
    days = {session.slot: session.day for session in question.sessions}
    week = present_week(question.plan_request, problem, outcome.plan)
    sessions = [s.model_copy(update={"day": days[s.slot], "starts_at": None}) for s in week.sessions]
    return {
        "status": "optimal" if outcome.proven else unproven,
        "statement": _in_short(outcome),
        "distance": outcome.distance,
        "bound": outcome.bound,
        "gap": round(outcome.gap, 6),
        "changes": [present_change(problem, change) for change in outcome.changes],
        "week": WeekResponse(sessions=sessions),
        "certificate": [present_line(line) for line in outcome.certificate],
        "volume": present_volume(problem, outcome.plan),
        "score_before": outcome.score_before,
        "score_after": outcome.score_after,
    }


def _in_short(outcome: Repaired) -> str:
    if not outcome.changes:
        return "The week keeps every rule as it is."
    number = len(outcome.changes)
    said = f"{counted(number, 'change')} {'makes' if number == 1 else 'make'} a week that keeps every rule"
    if outcome.proven:
        return f"{said}; no such week is nearer."
    return f"{said}; a nearer one may exist, at most {100 * outcome.gap:.0f} % nearer."


def present_change(problem: Problem, reasoned: ReasonedChange) -> ChangeResponse:
    """A change with its reasons."""
    change = reasoned.change
    return ChangeResponse(
        kind=change.kind,
        slot=change.slot,
        weight=change.weight,
        before=_entry(problem, change.before),
        after=_entry(problem, change.after),
        statement=sentence(problem, reasoned),
        reasons=[ReasonResponse(rule=r.rule, mended=r.mended, statement=r.statement) for r in reasoned.reasons],
    )


def _entry(problem: Problem, entry: WeekEntry | None) -> RepairedEntryResponse | None:
    if entry is None:
        return None
    name = problem.exercise_by_id[entry.exercise].name
    return RepairedEntryResponse(slot=entry.slot, exercise=entry.exercise, name=name, sets=entry.sets)


def _is_paired(question: AuditQuestion) -> bool:
    """Whether the week that is followed has supersets."""
    return any(entry.superset for session in question.week.sessions for entry in session.entries)


def _notes(question: AuditQuestion) -> list[str]:
    said = []
    if question.read.unread:
        said.append("Lines that could not be read are not part of this week.")
    if len(question.timed_slots) < len(question.sessions):
        said.append("A session without minutes may take an hour, or as long as it takes now.")
    if _is_paired(question):
        said.append("Supersets are planned only where the minutes ask for them.")
    return said
