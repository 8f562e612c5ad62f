"""The decision variables of a week behind the questions that rules ask of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from catalog.schema import Exercise
from solver.domain.eligibility import Eligibility, preferred_alternative, usable_alternatives
from solver.domain.kinds import trains_upper_body
from solver.supersets import Pairing, state_pairing

if TYPE_CHECKING:
    from solver.domain.problem import Place, Problem, Slot

Expression = cp_model.LinearExpr
Kind = Callable[[Exercise], bool]


@dataclass(frozen=True, eq=False)
class Choice:
    """One exercise in one slot. `present` is 0 or 1; the sets are `smallest * present + sum(further)`."""

    exercise: Exercise
    slot: Slot
    present: cp_model.IntVar
    smallest: int
    further: tuple[cp_model.IntVar, ...]

    def sets(self) -> Expression:
        """Number of sets: 0, or the exercise's own range."""
        return weighted([self], lambda _: 1)


def weighted(choices: Iterable[Choice], weight: Callable[[Exercise], int]) -> Expression:
    """Sum of `weight x sets` over the choices."""
    variables: list[cp_model.IntVar] = []
    coefficients: list[int] = []
    for choice in choices:
        factor = weight(choice.exercise)
        if not factor:
            continue
        variables.append(choice.present)
        coefficients.append(factor * choice.smallest)
        variables.extend(choice.further)
        coefficients.extend([factor] * len(choice.further))
    return cp_model.LinearExpr.weighted_sum(variables, coefficients)


def counted(choices: Iterable[Choice], weight: Callable[[Exercise], int] = lambda _: 1) -> Expression:
    """Sum of `weight x present` over the choices: how many entries, weighted."""
    chosen = [(c.present, weight(c.exercise)) for c in choices]
    return cp_model.LinearExpr.weighted_sum([p for p, _ in chosen], [w for _, w in chosen])


class PlanVars:
    """What is decided: which exercises, in which slots, how many sets, and which slots are used at all.

    `explaining`: pairs that are impossible exist too, so that what forbids them can be named. `every_rule_holds`: what
    a rule implies may be built into variables.

    Names: what belongs to one slot is called `what@slot`, and the same thing has the same `what` in every slot.
    """

    def __init__(
        self, model: cp_model.CpModel, problem: Problem, *, explaining: bool = False, every_rule_holds: bool = True
    ) -> None:
        self.every_rule_holds = every_rule_holds
        self.model = model
        self.problem = problem
        self.eligibility = Eligibility.of(problem)
        self._quarters = {e.id: e.volume_quarters for e in problem.exercises}
        self._pinned_sets = {
            (pin.exercise, pin.slot): pin.sets
            for pin in (*problem.pinned_entries, *(e for s in problem.pinned_sessions for e in s.entries))
        }
        self.choices: tuple[Choice, ...] = tuple(
            self._choice(exercise, slot)
            for slot in problem.slots
            for exercise in problem.exercises
            if explaining or self.eligibility.possible(exercise, slot)
        )
        self._by_slot: Mapping[str, tuple[Choice, ...]] = {
            slot.id: tuple(c for c in self.choices if c.slot is slot) for slot in problem.slots
        }
        self._by_pair = {(c.exercise.id, c.slot.id): c for c in self.choices}
        self._used = {slot.id: self._used_slot(slot) for slot in problem.slots}
        self._flags: dict[str, cp_model.IntVar] = {}
        self._defined: set[str] = set()
        self._brought: dict[tuple[str, str], cp_model.IntVar] = {}
        self._pairings: dict[str, Pairing] = {}
        self.seconds_count = False
        """True where a shorter session is asked for, not only one that fits: what supersets save is then all needed."""
        self.items_count = False
        """True where the items that a week is done with are asked for: a plan then has none that the model has not."""

    def _choice(self, exercise: Exercise, slot: Slot) -> Choice:
        """Unary sets: each further set needs the one before it. A pin may lie outside the exercise's range.

        One below it makes `present` mean fewer sets than in other slots: it is another thing, with a name of its own.
        """
        pinned = self._pinned_sets.get((exercise.id, slot.id), 0)
        low = min(exercise.sets.min, pinned) if pinned else exercise.sets.min
        high = max(exercise.sets.max, pinned)
        what = exercise.id if low == exercise.sets.min else f"{exercise.id} from {low}"
        present = self.model.new_bool_var(f"{what}@{slot.id}")
        further = tuple(self.model.new_bool_var(f"{exercise.id}:{k}@{slot.id}") for k in range(low + 1, high + 1))
        for earlier, later in zip((present, *further), further, strict=False):
            self.model.add_implication(later, earlier)
        return Choice(exercise, slot, present, low, further)

    def _used_slot(self, slot: Slot) -> cp_model.IntVar:
        """A slot is used exactly when it holds anything."""
        used = self.model.new_bool_var(f"used@{slot.id}")
        here = [choice.present for choice in self._by_slot[slot.id]]
        for present in here:
            self.model.add_implication(present, used)
        self.model.add_bool_or([*here, used.negated()])
        return used

    # queries

    def of(self, kind: Kind, slot: Slot | None = None) -> list[Choice]:
        """The choices of a kind of exercise, in one slot or in the whole week."""
        pool = self.choices if slot is None else self._by_slot[slot.id]
        return [c for c in pool if kind(c.exercise)]

    @cached_property
    def _by_exercise(self) -> Mapping[str, list[Choice]]:
        found: dict[str, list[Choice]] = {}
        for choice in self.choices:
            found.setdefault(choice.exercise.id, []).append(choice)
        return found

    def of_exercise(self, exercise_id: str) -> list[Choice]:
        """The choices of one exercise, in every slot where it is possible."""
        return self._by_exercise.get(exercise_id, [])

    def in_slot(self, slot: Slot) -> Sequence[Choice]:
        return self._by_slot[slot.id]

    def choice(self, exercise_id: str, slot_id: str) -> Choice | None:
        """The pair's choice, or None when the pair is impossible."""
        return self._by_pair.get((exercise_id, slot_id))

    def used(self, slot: Slot) -> cp_model.IntVar:
        """1 when the slot holds a session."""
        return self._used[slot.id]

    @cached_property
    def sessions(self) -> Expression:
        """How many slots are used."""
        return cp_model.LinearExpr.sum(list(self._used.values()))

    @cached_property
    def _sessions_at_least(self) -> tuple[Expression, ...]:
        slots = len(self.problem.slots)
        flags: list[Expression] = []
        for count in range(1, slots + 1):
            flag = self.model.new_bool_var(f"sessions>={count}")
            self.model.add(self.sessions <= count - 1 + (slots - count + 1) * flag)
            flags.append(flag)
        return tuple(flags)

    def sessions_at_least(self, count: int) -> Expression:
        """At least 1 when the week has `count` sessions or more, 0 when so many cannot be."""
        return self._sessions_at_least[count - 1] if count <= len(self.problem.slots) else self.model.new_constant(0)

    def capped_by_sessions(self, number: int) -> Expression:
        """min(number, sessions of the week), as a lower bound for what must be reached."""
        return cp_model.LinearExpr.sum([self.sessions_at_least(k) for k in range(1, number + 1)])

    def any_present(self, name: str, choices: Iterable[Choice]) -> cp_model.IntVar:
        """A flag that can be 1 only when one of the choices is present; shared by name."""
        if name not in self._flags:
            flag = self.model.new_bool_var(name)
            self.model.add_bool_or([*(c.present for c in choices), flag.negated()])
            self._flags[name] = flag
        return self._flags[name]

    def forced_by(self, name: str, choices: Iterable[Choice]) -> cp_model.IntVar:
        """A flag that must be 1 as soon as one of the choices is present; shared by name."""
        return self.caused_by(name, (choice.present for choice in choices))

    def caused_by(self, name: str, causes: Iterable[Expression]) -> cp_model.IntVar:
        """A flag that must be 1 as soon as one of the causes, each of them 0 or 1, is 1; shared by name."""
        if name not in self._flags:
            flag = self.model.new_bool_var(name)
            for cause in causes:
                if isinstance(cause, cp_model.IntVar):
                    self.model.add_implication(cause, flag)
                else:
                    self.model.add(cause <= flag)
            self._flags[name] = flag
        return self._flags[name]

    def shared_int(self, name: str, most: int) -> cp_model.IntVar:
        """An integer from 0 to `most`, shared by name."""
        if name not in self._flags:
            self._flags[name] = self.model.new_int_var(0, most, name)
        return self._flags[name]

    def define(self, name: str, constraint: cp_model.BoundedLinearExpression | bool) -> None:
        """Post a constraint that only gives an auxiliary variable its meaning; once per name."""
        if name not in self._defined:
            self._defined.add(name)
            self.model.add(constraint)

    def trains_upper(self, slot: Slot) -> cp_model.IntVar:
        """1 as soon as the slot holds a hard set for the upper body."""
        return self.forced_by(f"upper@{slot.id}", self.of(trains_upper_body, slot))

    @cached_property
    def _volume_choices(self) -> Mapping[str, Mapping[str, list[Choice]]]:
        """Per slot and muscle, the choices that give it volume."""
        found: dict[str, dict[str, list[Choice]]] = {
            slot.id: {goal.muscle: [] for goal in self.problem.muscles} for slot in self.problem.slots
        }
        for choice in self.choices:
            for muscle in self._quarters[choice.exercise.id]:
                found[choice.slot.id][muscle].append(choice)
        return found

    @cached_property
    def _volume(self) -> dict[tuple[str, str], Expression]:
        return {
            (muscle, slot_id): weighted(choices, lambda e, m=muscle: self._quarters[e.id][m])  # type: ignore[misc]
            for slot_id, by_muscle in self._volume_choices.items()
            for muscle, choices in by_muscle.items()
        }

    def volume(self, muscle: str, slot: Slot) -> Expression:
        """Quarter sets of training volume the muscle gets in the slot."""
        return self._volume[muscle, slot.id]

    def weekly_volume(self, muscle: str) -> Expression:
        """Quarter sets of training volume the muscle gets in the week."""
        return cp_model.LinearExpr.sum([self.volume(muscle, slot) for slot in self.problem.slots])

    @cached_property
    def _ways(self) -> tuple[tuple[Place, tuple[str, ...], cp_model.IntVar], ...]:
        found: dict[tuple[str, str], list[tuple[Place, tuple[str, ...], cp_model.IntVar]]] = {}
        for choice in self.choices:
            exercise, place = choice.exercise, choice.slot.place
            if choice.slot.id in self.problem.done or usable_alternatives(self.problem, exercise, place):
                continue
            key = exercise.id, place.id
            if key not in found:
                found[key] = [
                    (place, items, self.model.new_bool_var(f"{exercise.id} with {'+'.join(items)} at {place.id}"))
                    for items in exercise.equipment
                ]
                for _, items, way in found[key]:
                    for item in sorted(set(items) - place.equipment):
                        self.model.add_implication(way, self._bring(place, item))
            self.model.add_bool_or([*(way for _, _, way in found[key]), choice.present.negated()])
        return tuple(way for ways in found.values() for way in ways)

    def _bring(self, place: Place, item: str) -> cp_model.IntVar:
        key = place.id, item
        if key not in self._brought:
            self._brought[key] = self.model.new_bool_var(f"{item} brought to {place.id}")
        return self._brought[key]

    def brought(self) -> Mapping[tuple[str, str], cp_model.IntVar]:
        """Place id and item -> a flag that must be 1 where an exercise needs an item that does not stand there."""
        self.ways()
        return self._brought

    def ways(self) -> tuple[tuple[Place, tuple[str, ...], cp_model.IntVar], ...]:
        """Place, equipment and flag of every way to do an exercise where none is usable; one of them must be open."""
        return self._ways

    def alternative(self, choice: Choice, value: Callable[[cp_model.IntVar], int]) -> tuple[str, ...]:
        """The equipment that a present choice uses: what it prefers, or in a superset what the variables say."""
        taken = (items for items, way in self._instead(choice).items() if value(way))
        return next(taken, self._preferred(choice))

    def _preferred(self, choice: Choice) -> tuple[str, ...]:
        """What an entry alone is done with, or was done with."""
        past = self.problem.done.get(choice.slot.id)
        told = (e.equipment for e in past.entries if e.exercise == choice.exercise.id) if past is not None else ()
        return next(iter(told), None) or preferred_alternative(self.problem, choice.exercise, choice.slot)

    def _instead(self, choice: Choice) -> Mapping[tuple[str, ...], cp_model.IntVar]:
        pairing = self.pairing(choice.slot)
        return {} if pairing is None else pairing.instead.get(choice, {})

    def needing(self, choices: Iterable[Choice]) -> Mapping[str, Sequence[Expression]]:
        """For every item that one of the choices may be done with, an expression for each of these: 1 where it is."""
        found: dict[str, list[Expression]] = defaultdict(list)
        for choice in choices:
            preferred, instead = self._preferred(choice), self._instead(choice)
            for item in dict.fromkeys((*preferred, *(item for items in instead for item in items))):
                with_it = [way for items, way in instead.items() if item in items]
                without = [way for items, way in instead.items() if item not in items]
                if item not in preferred:
                    found[item].append(cp_model.LinearExpr.sum(with_it))
                else:
                    found[item].append(choice.present - cp_model.LinearExpr.sum(without) if without else choice.present)
        return found

    def pairing(self, slot: Slot) -> Pairing | None:
        """The supersets that the slot may hold; None where none were asked for, or what was done is done."""
        if not self.problem.supersets or slot.id in self.problem.done:
            return None
        if slot.id not in self._pairings:
            self._pairings[slot.id] = state_pairing(self, slot)
        return self._pairings[slot.id]
