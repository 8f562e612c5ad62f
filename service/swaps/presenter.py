"""Swaps in the caller's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, assert_never

from service.audits.repaired import present_change
from service.plans.phrases import counted
from service.plans.presenter import present_effort, present_line
from service.studies.weeks import unsearched
from service.swaps.schemas import (
    AlternativeResponse,
    Likeness,
    RuleEffectResponse,
    SwapEntryResponse,
    SwapRepairResponse,
    SwapsAnswer,
    WorthResponse,
)
from solver.domain.outcome import Infeasible, TimedOut
from solver.repair import Repaired
from solver.rulebook import RULE_BY_ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.plans.schemas import PlanResponse
    from service.studies.weeks import KeptWeek
    from solver.domain.likeness import Likeness as InCommon
    from solver.measured import MeasuredWeek
    from solver.repair import RepairOutcome
    from solver.swaps import RuleEffect, Swap, Swaps


_LIKENESS: Mapping[InCommon | None, Likeness] = {
    "family": "family",
    "pattern": "pattern",
    "muscle": "muscle",
    "unlike": "region",
    None: "none",
}


class Presenter:
    """The answer to one question. `weeks` are the repaired weeks that it names, to be kept."""

    def __init__(self, about: KeptWeek, found: Swaps) -> None:
        self._about, self._found = about, found
        self.weeks: list[PlanResponse] = []

    def answer(self, limit: int) -> SwapsAnswer:
        """The first `limit` alternatives."""
        entry, found = self._found.entry, self._found
        return SwapsAnswer(
            entry=SwapEntryResponse(
                slot=entry.slot, exercise=entry.exercise, name=self._name(entry.exercise), sets=entry.sets
            ),
            before=self._worth(found.before),
            rules=[present_line(line) for line in found.before.certificate],
            alternatives=[self._alternative(swap) for swap in found.swaps[:limit]],
            found=len(found.swaps),
            left_out=found.left_out,
            keeping_rules=sum(not swap.broken for swap in found.swaps),
            solver=present_effort(found.stats),
        )

    def _name(self, exercise: str) -> str:
        return self._about.problem.exercise_by_id[exercise].name

    def _worth(self, week: MeasuredWeek) -> WorthResponse:
        minima, targets, quality = week.tiers
        length = week.seconds[self._found.entry.slot]
        return WorthResponse(score=week.score, minima=minima, targets=targets, quality=quality, session_seconds=length)

    def _alternative(self, swap: Swap) -> AlternativeResponse:
        before, slot = self._found.before, self._found.entry.slot
        session = next(s for s in swap.week.plan.sessions if s.slot == slot)
        return AlternativeResponse(
            exercise=swap.exercise,
            name=self._name(swap.exercise),
            likeness=_LIKENESS[swap.likeness],
            sets=swap.sets,
            equipment=list(next(e.equipment for e in session.entries if e.exercise == swap.exercise)),
            keeps_rules=not swap.broken,
            worth=self._worth(swap.week),
            score_change=round(swap.week.score - before.score, 4),
            seconds_change=swap.week.seconds[slot] - before.seconds[slot],
            rules=[_effect(effect) for effect in swap.effects],
            broken=[line.rule for line in swap.broken],
            repair=None if swap.repair is None else self._repair(swap.repair),
        )

    def _repair(self, outcome: RepairOutcome) -> SwapRepairResponse:
        match outcome:
            case Repaired():
                return self._repaired(outcome)
            case Infeasible():
                said = "No week with this entry keeps every rule; this is proven."
                return _none("infeasible", said)
            case TimedOut():
                return _none("timed_out", "Time ran out before there was a week with this entry that keeps every rule.")
            case _:
                assert_never(outcome)

    def _repaired(self, outcome: Repaired) -> SwapRepairResponse:
        week = unsearched(self._about, outcome.plan)
        self.weeks.append(week)
        number = len(outcome.changes)
        more = f"{counted(number, 'more change')} {'makes' if number == 1 else 'make'} a week that keeps every rule"
        return SwapRepairResponse(
            status="optimal" if outcome.proven else "feasible",
            plan=week.id,
            changes=[present_change(self._about.problem, change) for change in outcome.changes],
            score=outcome.score_after,
            statement=f"{more}." if outcome.proven else f"{more}; less may do.",
        )


def _none(status: Literal["infeasible", "timed_out"], statement: str) -> SwapRepairResponse:
    return SwapRepairResponse(status=status, plan=None, changes=[], score=None, statement=statement)


def _effect(effect: RuleEffect) -> RuleEffectResponse:
    before, after = effect.before, effect.after
    return RuleEffectResponse(
        rule=after.rule,
        title=RULE_BY_ID[after.rule].title,
        holds=after.holds,
        slack_before=before.slack,
        slack_after=after.slack,
        statement=after.statement,
    )
