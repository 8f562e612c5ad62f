"""How far a week is from one that stands: the weights of `solver.domain.change`, less is nearer.

In the model the pairing of what goes with what comes is an assignment. Any two entries that may replace each other can
be paired at the weight of unlike ones, so those pairs are only counted, per slot; a variable of its own has each pair
that saves more, and each move. Where the distance is minimised these settle at the best pairing, which is what
`measure` finds by an algorithm of its own; elsewhere the expression may exceed `measure`, never fall short of it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.change import (
    ADD,
    DROP,
    MOVE,
    SESSION,
    SETS_STEPS,
    SWAP,
    WeekEntry,
    difference,
    distance,
    entries_of,
    kept_weight,
    merged,
    pair_saving,
    set_steps,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from catalog.schema import Exercise
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem, Slot
    from solver.variables import Choice, Expression, PlanVars

UNLIKE_SAVING = DROP + ADD - SWAP["unlike"]
MOVE_SAVING = DROP + ADD - MOVE


@dataclass(frozen=True)
class Distance:
    """The distance from a standing week. Its exercises must be in the problem, its slots offered."""

    standing: tuple[WeekEntry, ...]

    @classmethod
    def to(cls, entries: Iterable[WeekEntry]) -> Distance:
        """From these entries; those of one exercise in one slot count as one."""
        return cls(merged(entries))

    def measure(self, problem: Problem, plan: Plan) -> int:
        """The distance of a finished plan, without a solver."""
        return distance(difference(problem, self.standing, entries_of(plan)))

    def express(self, plan: PlanVars) -> Expression:
        """The distance on the decision variables, to minimise."""
        return _Statement(plan, self.standing).expression()


@dataclass
class _Leaving:
    """A standing entry while the model decides on it; `gone` is 1 when it is not kept, a constant if it cannot be."""

    entry: WeekEntry
    exercise: Exercise
    gone: Expression | int
    partners: list[cp_model.IntVar] = field(default_factory=list)
    """Pairs of its own, at most one of which it enters: swaps that save more than unlike ones, and moves."""


@dataclass
class _Coming:
    """A choice that does not stand yet."""

    choice: Choice
    partners: list[cp_model.IntVar] = field(default_factory=list)


class _Statement:
    """The distance stated once on one model."""

    def __init__(self, plan: PlanVars, standing: tuple[WeekEntry, ...]) -> None:
        self._plan = plan
        self._parts: list[Expression | int] = []
        stands = {(e.slot, e.exercise) for e in standing}
        self._leaving: dict[str, list[_Leaving]] = defaultdict(list)
        for entry in standing:
            self._leaving[entry.slot].append(self._left(entry))
        self._coming: dict[str, list[_Coming]] = {
            slot.id: [_Coming(c) for c in plan.in_slot(slot) if (slot.id, c.exercise.id) not in stands]
            for slot in plan.problem.slots
        }
        self._moved_away: dict[tuple[str, bool], list[cp_model.IntVar]] = defaultdict(list)
        self._moved_here: dict[tuple[str, bool], list[cp_model.IntVar]] = defaultdict(list)

    def expression(self) -> Expression:
        self._state_moves()
        for slot in self._plan.problem.slots:
            self._state_swaps(slot)
            self._state_session(slot)
        for left in chain.from_iterable(self._leaving.values()):
            self._once(left.partners, left.gone)
        for came in chain.from_iterable(self._coming.values()):
            self._once(came.partners, came.choice.present)
        return cp_model.LinearExpr.sum(self._parts)

    def _once(self, partners: list[cp_model.IntVar], changed: Expression | int) -> None:
        """An entry enters one pair at most, and only when it goes or comes."""
        if partners:
            self._plan.model.add(cp_model.LinearExpr.sum(partners) <= changed)

    def _left(self, entry: WeekEntry) -> _Leaving:
        """Count what keeping the entry with other sets, or not keeping it, weighs."""
        exercise = self._plan.problem.exercise_by_id[entry.exercise]
        choice = self._plan.choice(entry.exercise, entry.slot)
        if choice is None:
            self._parts.append(DROP)
            return _Leaving(entry, exercise, 1)
        gone = 1 - choice.present
        self._parts += [DROP * gone, _by_sets(choice, lambda n: kept_weight(entry.sets, n))]
        return _Leaving(entry, exercise, gone)

    def _state_moves(self) -> None:
        coming = {(c.choice.exercise.id, slot): c for slot, here in self._coming.items() for c in here}
        for slot in self._plan.problem.slots:
            for here in self._leaving.values():
                for left in here:
                    came = coming.get((left.entry.exercise, slot.id))
                    if left.entry.slot != slot.id and came is not None:
                        self._state_move(left, came)

    def _state_move(self, left: _Leaving, came: _Coming) -> None:
        model, origin, goal = self._plan.model, left.entry.slot, came.choice.slot.id
        name = f"{left.entry.exercise}@{origin}>{goal}"
        move = model.new_bool_var(f"move {name}")
        steps = model.new_int_var(0, SETS_STEPS, f"steps {name}")
        model.add(steps >= _by_sets(came.choice, lambda n: set_steps(left.entry.sets, n)) - SETS_STEPS * (1 - move))
        self._parts.append(steps - MOVE_SAVING * move)
        left.partners.append(move)
        came.partners.append(move)
        self._moved_away[origin, left.exercise.is_drill].append(move)
        self._moved_here[goal, left.exercise.is_drill].append(move)

    def _state_swaps(self, slot: Slot) -> None:
        model = self._plan.model
        self._parts.append(ADD * cp_model.LinearExpr.sum([c.choice.present for c in self._coming[slot.id]]))
        for drills in (False, True):
            leaving = [left for left in self._leaving[slot.id] if left.exercise.is_drill == drills]
            coming = [came for came in self._coming[slot.id] if came.choice.exercise.is_drill == drills]
            if not leaving or not coming:
                continue
            swaps = model.new_int_var(0, min(len(leaving), len(coming)), f"swaps@{slot.id}:{drills}")
            away, here = self._moved_away[slot.id, drills], self._moved_here[slot.id, drills]
            model.add(swaps + cp_model.LinearExpr.sum(away) <= cp_model.LinearExpr.sum([left.gone for left in leaving]))
            present = cp_model.LinearExpr.sum([came.choice.present for came in coming])
            model.add(swaps + cp_model.LinearExpr.sum(here) <= present)
            self._parts.append(-UNLIKE_SAVING * swaps)
            for left in leaving:
                for came in coming:
                    self._state_like_swap(left, came)

    def _state_like_swap(self, left: _Leaving, came: _Coming) -> None:
        more = pair_saving(left.exercise, came.choice.exercise) - UNLIKE_SAVING
        if more > 0:
            swap = self._plan.model.new_bool_var(f"{left.entry.exercise}>{came.choice.exercise.id}@{left.entry.slot}")
            self._parts.append(-more * swap)
            left.partners.append(swap)
            came.partners.append(swap)

    def _state_session(self, slot: Slot) -> None:
        used = self._plan.used(slot)
        self._parts.append(SESSION * (1 - used) if self._leaving[slot.id] else SESSION * used)


def _by_sets(choice: Choice, value: Callable[[int], int]) -> Expression:
    """Any function of a choice's sets as a linear expression, thanks to unary sets; 0 when it is not present."""
    counts = range(choice.smallest, choice.smallest + len(choice.further) + 1)
    steps = [value(counts[0]), *(value(n) - value(n - 1) for n in counts[1:])]
    return cp_model.LinearExpr.weighted_sum([choice.present, *choice.further], steps)
