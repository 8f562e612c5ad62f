"""How far a week is from one that stands: the weights of `solver.domain.change`, less is nearer.

In the model the pairing of what goes with what comes is an assignment. Every move and every swap of like exercises has
a variable of its own. Unlike ones all weigh the same and any two of a region can be paired, so their swaps are only
counted, per slot and region. Where the distance is minimised this settles at the best pairing, which is what `measure`
finds by an algorithm of its own; elsewhere the expression may exceed `measure`, never fall short of it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
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
from solver.domain.likeness import likeness, part_of_session

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
    pairs: list[cp_model.IntVar] = field(default_factory=list)
    """Moves and swaps for something alike: the entry enters one at most."""


@dataclass
class _Coming:
    """A choice that does not stand yet."""

    choice: Choice
    pairs: list[cp_model.IntVar] = field(default_factory=list)


class _Statement:
    """The distance stated once on one model."""

    def __init__(self, plan: PlanVars, standing: tuple[WeekEntry, ...]) -> None:
        self._plan = plan
        self._parts: list[Expression | int] = []
        stands = {(e.slot, e.exercise) for e in standing}
        self._leaving = [self._left(entry) for entry in standing]
        self._coming = [_Coming(c) for c in plan.choices if (c.slot.id, c.exercise.id) not in stands]

    def expression(self) -> Expression:
        """The weights of all changes."""
        self._parts.append(ADD * cp_model.LinearExpr.sum([came.choice.present for came in self._coming]))
        by_exercise, by_slot = defaultdict(list), defaultdict(list)
        for came in self._coming:
            by_exercise[came.choice.exercise.id].append(came)
            by_slot[came.choice.slot.id].append(came)
        for left in self._leaving:
            for came in by_exercise[left.entry.exercise]:
                self._state_move(left, came)
            for came in by_slot[left.entry.slot]:
                self._state_like_swap(left, came)
        self._state_once()
        for slot in self._plan.problem.slots:
            self._state_unlike_swaps(slot)
            self._state_session(slot)
        return cp_model.LinearExpr.sum(self._parts)

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

    def _state_move(self, left: _Leaving, came: _Coming) -> None:
        model, name = self._plan.model, f"{left.entry.exercise}@{left.entry.slot}>{came.choice.slot.id}"
        move = model.new_bool_var(f"move {name}")
        steps = model.new_int_var(0, SETS_STEPS, f"steps {name}")
        differing = _by_sets(came.choice, lambda n: set_steps(left.entry.sets, n))
        model.add(steps >= differing - SETS_STEPS * (1 - move))
        self._parts.append(steps - MOVE_SAVING * move)
        left.pairs.append(move)
        came.pairs.append(move)

    def _state_like_swap(self, left: _Leaving, came: _Coming) -> None:
        new = came.choice.exercise
        if likeness(left.exercise, new) in (None, "unlike"):
            return
        swap = self._plan.model.new_bool_var(f"swap {left.entry.exercise}>{new.id}@{left.entry.slot}")
        self._parts.append(-pair_saving(left.exercise, new) * swap)
        left.pairs.append(swap)
        came.pairs.append(swap)

    def _state_once(self) -> None:
        """An entry enters one pair at most, and only when it goes or comes."""
        for left in self._leaving:
            self._plan.model.add(cp_model.LinearExpr.sum(left.pairs) <= left.gone)
        for came in self._coming:
            if came.pairs:
                self._plan.model.add(cp_model.LinearExpr.sum(came.pairs) <= came.choice.present)

    def _state_unlike_swaps(self, slot: Slot) -> None:
        """Whatever is left without a pair on both sides of a part of the session can be swapped."""
        model = self._plan.model
        leaving = [left for left in self._leaving if left.entry.slot == slot.id]
        coming = [came for came in self._coming if came.choice.slot is slot]
        for part in sorted({part_of_session(left.exercise) for left in leaving}):
            going = [left for left in leaving if part_of_session(left.exercise) == part]
            new = [came for came in coming if part_of_session(came.choice.exercise) == part]
            swaps = model.new_int_var(0, min(len(going), len(new)), f"unlike swaps@{slot.id}:{part}")
            for alone in (
                [(left.gone, left.pairs) for left in going],
                [(came.choice.present, came.pairs) for came in new],
            ):
                changed = cp_model.LinearExpr.sum([one for one, _ in alone])
                paired = cp_model.LinearExpr.sum([pair for _, pairs in alone for pair in pairs])
                model.add(swaps + paired <= changed)
            self._parts.append(-UNLIKE_SAVING * swaps)

    def _state_session(self, slot: Slot) -> None:
        used = self._plan.used(slot)
        stands = any(left.entry.slot == slot.id for left in self._leaving)
        self._parts.append(SESSION * (1 - used) if stands else SESSION * used)


def _by_sets(choice: Choice, value: Callable[[int], int]) -> Expression:
    """Any function of a choice's sets as a linear expression, thanks to unary sets; 0 when it is not present."""
    counts = range(choice.smallest, choice.smallest + len(choice.further) + 1)
    steps = [value(counts[0]), *(value(n) - value(n - 1) for n in counts[1:])]
    return cp_model.LinearExpr.weighted_sum([choice.present, *choice.further], steps)
