"""Which exercise is possible for this athlete in which slot, and what stands in the way where it is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.domain.subject import EXPERIENCE, Subject, at_place, exclusion, on_ladder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from catalog.schema import Exercise
    from solver.domain.problem import Place, Problem, Slot


CLEAR_FLOOR = "none"
"""The equipment id of no equipment, which is everywhere."""


@dataclass(frozen=True)
class Blocker:
    """A rule that keeps an exercise out, with the request's own word for why (`subject`)."""

    rule: str
    subject: Subject


def avoided_items(problem: Problem) -> frozenset[str]:
    """Equipment the athlete avoids; a clear floor cannot be avoided."""
    return problem.athlete.avoid.equipment - {CLEAR_FLOOR}


def usable_alternatives(problem: Problem, exercise: Exercise, place: Place) -> tuple[tuple[str, ...], ...]:
    """The exercise's equipment alternatives that stand at the place and are not avoided, the preferred first."""
    avoided = avoided_items(problem)
    return tuple(a for a in exercise.equipment if place.equipment.issuperset(a) and avoided.isdisjoint(a))


def preferred_alternative(problem: Problem, exercise: Exercise, slot: Slot) -> tuple[str, ...]:
    """The equipment an entry would use: the preferred of the usable alternatives, or of all when none is usable."""
    return (*usable_alternatives(problem, exercise, slot.place), *exercise.equipment)[0]


def athlete_blockers(problem: Problem, exercise: Exercise) -> tuple[Blocker, ...]:
    """Everything about the athlete that keeps the exercise out, wherever the session is."""
    athlete, avoid = problem.athlete, problem.athlete.avoid
    found = []
    if exercise.id in avoid.exercises:
        found.append(Blocker("athlete.exclusions", exclusion("exercise", exercise.id)))
    if exercise.pattern in avoid.patterns:
        found.append(Blocker("athlete.exclusions", exclusion("pattern", exercise.pattern)))
    found += [Blocker("athlete.exclusions", exclusion("stress", tag)) for tag in sorted(exercise.stress & avoid.stress)]
    rung = exercise.ladder
    stated = rung is not None and rung.ladder in athlete.stated_stages
    if exercise.skill_level > athlete.skill_level and not stated:
        found.append(Blocker("athlete.skill", EXPERIENCE))
    if rung is not None and rung.stage > athlete.stages[rung.ladder]:
        found.append(Blocker("athlete.skill", on_ladder(rung.ladder)))
    needed = exercise.prerequisite
    if needed is not None and athlete.stages[needed.ladder] < needed.stage:
        found.append(Blocker("athlete.prerequisite", on_ladder(needed.ladder)))
    return tuple(found)


def slot_blockers(exercise: Exercise, slot: Slot) -> tuple[Blocker, ...]:
    """What the athlete avoids in this slot of all."""
    avoid = slot.avoid
    found = [exclusion("exercise", exercise.id)] if exercise.id in avoid.exercises else []
    found += [exclusion("pattern", exercise.pattern)] if exercise.pattern in avoid.patterns else []
    found += [exclusion("stress", tag) for tag in sorted(exercise.stress & avoid.stress)]
    return tuple(Blocker("athlete.exclusions", subject) for subject in found)


def place_blockers(problem: Problem, exercise: Exercise, place: Place) -> tuple[Blocker, ...]:
    """What the place lacks, or which avoided equipment is all there is."""
    if usable_alternatives(problem, exercise, place):
        return ()
    at_hand = [a for a in exercise.equipment if place.equipment.issuperset(a)]
    if not at_hand:
        return (Blocker("equipment.available", at_place(place.id)),)
    avoided = sorted({item for a in at_hand for item in a} & avoided_items(problem))
    return tuple(Blocker("athlete.exclusions", exclusion("equipment", item)) for item in avoided)


@dataclass(frozen=True)
class Eligibility:
    """The answer for every pair of exercise and slot of one problem.

    In a slot that is history exactly that is possible which was done there.
    """

    _problem: Problem
    _athlete_blockers: Mapping[str, tuple[Blocker, ...]]
    _place_blockers: Mapping[tuple[str, str], tuple[Blocker, ...]]

    @classmethod
    def of(cls, problem: Problem) -> Eligibility:
        """Evaluate all pairs; places are looked at once each, however many slots they have."""
        places = {slot.place.id: slot.place for slot in problem.slots}
        return cls(
            problem,
            {e.id: athlete_blockers(problem, e) for e in problem.exercises},
            {(e.id, p): place_blockers(problem, e, place) for e in problem.exercises for p, place in places.items()},
        )

    def of_athlete(self, exercise: Exercise, slot: Slot | None = None) -> tuple[Blocker, ...]:
        """What keeps the athlete from the exercise, wherever the session is, and in this slot of all."""
        return (*self._athlete_blockers[exercise.id], *(slot_blockers(exercise, slot) if slot is not None else ()))

    def possible(self, exercise: Exercise, slot: Slot) -> bool:
        if slot.id in self._problem.done:
            return self._was_done(exercise, slot)
        return not self._blockers(exercise, slot)

    def _blockers(self, exercise: Exercise, slot: Slot) -> tuple[Blocker, ...]:
        return (*self.of_athlete(exercise, slot), *self._place_blockers[exercise.id, slot.place.id])

    def _was_done(self, exercise: Exercise, slot: Slot) -> bool:
        return any(entry.exercise == exercise.id and entry.sets for entry in self._problem.done[slot.id].entries)

    def anywhere(self, exercise: Exercise) -> bool:
        """True when some slot of the week allows the exercise."""
        return any(self.possible(exercise, slot) for slot in self._problem.slots)

    def waived(self, wanted: Callable[[Exercise], bool]) -> bool:
        """Whether an inclusion of this kind is not asked for.

        It is asked for where some slot allows such an exercise, or would but for stages that the caller stated.
        """
        stated = self._problem.athlete.stated_stages

        def only_stated_stages(exercise: Exercise, slot: Slot) -> bool:
            if slot.id in self._problem.done:
                return self._was_done(exercise, slot)
            found = self._blockers(exercise, slot)
            return all(blocker.subject.kind == "ladder" and blocker.subject.id in stated for blocker in found)

        kind = [e for e in self._problem.exercises if wanted(e)]
        return not any(only_stated_stages(e, slot) for e in kind for slot in self._problem.slots)

    def eligible(self, wanted: Callable[[Exercise], bool]) -> tuple[Exercise, ...]:
        """The exercises of a kind that some slot allows."""
        return tuple(e for e in self._problem.exercises if wanted(e) and self.anywhere(e))
