"""What changes from week to week, and why: each change is taken back alone, and what then happens is its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from solver.blocks.domain import BlockChange
from solver.blocks.stability import Stability
from solver.blocks.weekly import hard_sets, tier_value
from solver.domain.change import difference, entries_of, undone
from solver.domain.phrases import counted
from solver.model import MINIMA, TARGETS
from solver.objective.score import score_of
from solver.repair.reasons import reasoned
from solver.repair.weeks import in_training_order
from solver.verifier import certify, verify

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.blocks.domain import BlockProblem, BlockWeek, Cause
    from solver.blocks.weekly import Limits
    from solver.domain.change import Change, WeekEntry
    from solver.domain.plan import Plan
    from solver.repair.outcome import ReasonedChange


def explained(
    block: BlockProblem, week: BlockWeek, before: BlockWeek, known: Iterable[Plan], limits: Limits
) -> tuple[BlockChange, ...]:
    """Every change from the week before, in the order of the slots; `known` are those it was to stay near to, `limits`
    what it keeps beside the rules."""
    standing, plan = entries_of(before.solved.plan), week.solved.plan
    changes = difference(week.problem, standing, entries_of(plan))
    unlike = certify(week.problem, before.solved.plan)
    teller = _Teller(block, week, before, tuple(known), limits, changes)
    return tuple(teller.told(change) for change in reasoned(week.problem, standing, unlike, plan, changes))


@dataclass(frozen=True)
class _Teller:
    block: BlockProblem
    week: BlockWeek
    before: BlockWeek
    near_to: tuple[Plan, ...]
    limits: Limits
    changes: tuple[Change, ...]

    @cached_property
    def known(self) -> frozenset[WeekEntry]:
        return frozenset(entry for week in self.near_to for entry in entries_of(week))

    def told(self, reasoned_change: ReasonedChange) -> BlockChange:
        """The change with the most telling of its reasons."""
        change = reasoned_change.change
        week = self._week_without(change)
        without = None if week is None else self._score(week)
        told = self._stage(change) or self._rule(reasoned_change) or self._phase(change, without)
        cause, statement, rule = told or self._otherwise(change, week)
        return BlockChange(change, cause, statement, rule, without)

    def _stage(self, change: Change) -> tuple[Cause, str, str | None] | None:
        """A ladder stage was entered, and this entry stands on it, stood on the one below or has waited for it."""
        for step in self.week.advances:
            for entry in (change.before, change.after):
                if entry is None:
                    continue
                exercise = self.week.problem.exercise_by_id[entry.exercise]
                stage = exercise.stage_on(step.ladder)
                waited = exercise.prerequisite
                is_left = entry is change.before and stage == step.before
                is_entered = entry is change.after and (
                    stage == step.after
                    or (
                        waited is not None and waited.ladder == step.ladder and step.before < waited.stage <= step.after
                    )
                )
                if is_left or is_entered:
                    name = next(ladder.name for ladder in self.block.ladders if ladder.id == step.ladder)
                    said = (
                        f"{name}: stage {step.after} after {counted(step.sessions, 'session')} on stage {step.before}"
                    )
                    return "stage", f"{said}, {step.needed} needed.", None
        return None

    def _rule(self, change: ReasonedChange) -> tuple[Cause, str, str | None] | None:
        """A rule would be broken without the change."""
        if not change.reasons:
            return None
        first = change.reasons[0]
        if self.week.deload and first.rule == "volume.weekly_max":
            return "deload", f"The week unloads, its maxima are {self.week.percent} %. {first.statement}", first.rule
        return "rule", f"{'' if first.mended else 'Otherwise: '}{first.statement}", first.rule

    def _phase(self, change: Change, without: float | None) -> tuple[Cause, str, str | None] | None:
        """Where the week stands in its cycle, or what it scores."""
        now, then = self.week, self.before
        score = now.solved.score.value
        stands = change.after in self.known if change.after is not None else not self._known_at(change)
        if now.deload:
            sets = hard_sets(now.problem, now.solved.plan), hard_sets(then.problem, then.solved.plan)
            return "deload", f"The week unloads: {counted(sets[0], 'hard set')} after {sets[1]}.", None
        if then.deload and (stands or change.kind in ("sets", "add", "open")):
            return "after_deload", "Back from the week of unloading.", None
        loses = without is not None and without < score
        if now.percent != then.percent and (loses or stands):
            climbs = "climb" if now.percent > then.percent else "begin anew"
            said = f"Targets {climbs}, from {then.percent} to {now.percent} %"
            return "ramp", said + (f": score {without:g} without this, {score:g} with it." if loses else "."), None
        if loses:
            return "score", f"Score {without:g} without this, {score:g} with it.", None
        return None

    def _otherwise(self, change: Change, without: Plan | None) -> tuple[Cause, str, str | None]:
        """What else stands in the way of the week without the change: minima, limits of the block, or nearness."""
        if change.kind == "order" or without is None:
            return "order", "Only the order inside the session.", None
        problem, plan = self.week.problem, self.week.solved.plan
        if tier_value(problem, without, MINIMA) > tier_value(problem, plan, MINIMA):
            return "minima", "Without this the week would be further from the weekly minima, which come first.", None
        if not self.limits.kept_by(problem, without):
            return "limit", f"Without this the week would not keep to {self._limit(without)}.", None
        away = Stability(self.near_to).measure
        if away(without) >= away(plan):
            return "near", "As near as can be to the weeks that this one is drawn from.", None
        return "unproven", "Nothing asks for this; a nearer week was not found in time.", None

    def _limit(self, without: Plan) -> str:
        """The limit of the block that the week without the change would pass."""
        most, got = self.limits.most_hard_sets, hard_sets(self.week.problem, without)
        if most is not None and got > most:
            return f"its {counted(most, 'hard set')}: it would have {got}"
        if not replace(self.limits, stage_sessions=(), most_hard_sets=None).kept_by(self.week.problem, without):
            return f"the loaded deadlift's stage {self.limits.lowest_loaded_stage}"
        return "the sessions that its ladders are to have"

    def _known_at(self, change: Change) -> bool:
        """Whether a week to stay near to holds what the change takes away."""
        old = change.before
        return old is not None and any(k.slot == old.slot and k.exercise == old.exercise for k in self.known)

    def _week_without(self, change: Change) -> Plan | None:
        """The week with this change taken back; None where that breaks a rule."""
        problem, plan = self.week.problem, self.week.solved.plan
        if change.kind == "order":
            return None
        week = in_training_order(problem, undone(change, entries_of(plan), self.changes))
        return None if verify(problem, week) else week

    def _score(self, week: Plan) -> float:
        problem = self.week.problem
        return score_of(problem, tier_value(problem, week, MINIMA), tier_value(problem, week, TARGETS))
