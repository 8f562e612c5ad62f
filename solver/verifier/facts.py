"""A problem and a plan, digested: what the checks count is counted here, once, in whole numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from solver.domain.outcome import Violation
from solver.domain.problem import Place, Slot
from solver.verifier.eligibility import possible_anywhere

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from catalog.schema import Exercise
    from solver.domain.plan import Plan, Session
    from solver.domain.problem import Problem


@dataclass(frozen=True)
class Placed:
    """`sets` sets of a known exercise at `position` (0 is the first) of a session."""

    position: int
    exercise: Exercise
    sets: int
    equipment: frozenset[str]
    superset: str | None


@dataclass(frozen=True)
class SessionFacts:
    """A used session in a known slot, its readable entries in order."""

    slot: Slot
    placed: tuple[Placed, ...]

    @cached_property
    def volume_quarters(self) -> Mapping[str, int]:
        """Training volume per muscle, in quarter sets."""
        volume: Counter[str] = Counter()
        for placed in self.placed:
            for muscle, quarters in placed.exercise.volume_quarters.items():
                volume[muscle] += placed.sets * quarters
        return volume

    def first(self, wanted: Callable[[Exercise], bool]) -> Placed | None:
        """The earliest entry whose exercise is wanted."""
        return next((placed for placed in self.placed if wanted(placed.exercise)), None)

    def having(self, wanted: Callable[[Exercise], bool]) -> tuple[Placed, ...]:
        """The entries whose exercise is wanted, in order."""
        return tuple(placed for placed in self.placed if wanted(placed.exercise))


@dataclass(frozen=True)
class Facts:
    """Problem and plan with everything the checks look up. `sessions` are in time order.

    What cannot be counted (unknown ids, sets that are no positive whole number) is left out of the counts and stands in
    `faults`, under the rule that reports it.
    """

    problem: Problem
    plan: Plan
    sessions: tuple[SessionFacts, ...]
    faults: tuple[Violation, ...]
    preceding: tuple[SessionFacts, ...] = ()
    """What was trained before the week, in time order; part of no weekly count. Their slots start below minute 0."""

    @cached_property
    def week(self) -> tuple[tuple[SessionFacts, Placed], ...]:
        """Every entry of the week with its session."""
        return tuple((session, placed) for session in self.sessions for placed in session.placed)

    @cached_property
    def weekly_sets(self) -> Mapping[str, int]:
        """Sets per exercise id over the week; 0 for what is not in it."""
        total: Counter[str] = Counter()
        for _, placed in self.week:
            total[placed.exercise.id] += placed.sets
        return total

    @cached_property
    def weekly_volume_quarters(self) -> Mapping[str, int]:
        """Training volume per muscle over the week, in quarter sets; 0 for a muscle that gets none."""
        total: Counter[str] = Counter()
        for session in self.sessions:
            total.update(session.volume_quarters)
        return total

    def sets_of(self, wanted: Callable[[Exercise], bool]) -> int:
        """Weekly sets of all wanted exercises together."""
        return sum(placed.sets for _, placed in self.week if wanted(placed.exercise))

    def sessions_with(self, wanted: Callable[[Exercise], bool]) -> int:
        """How many sessions hold a wanted exercise."""
        return sum(1 for session in self.sessions if session.first(wanted) is not None)

    def eligible(self, wanted: Callable[[Exercise], bool]) -> bool:
        """Whether the athlete could do any wanted exercise of the catalog in any offered slot."""
        return any(
            wanted(exercise) and possible_anywhere(self.problem, exercise) for exercise in self.problem.exercises
        )


def digest(problem: Problem, plan: Plan) -> Facts:
    """Read a plan of any quality; nothing in it raises."""
    faults: list[Violation] = []
    sessions = [read for session in plan.sessions if (read := _read_session(problem, session, faults)) is not None]
    ordered = sorted(sessions, key=lambda session: session.slot.start_minute)
    return Facts(problem, plan, tuple(ordered), tuple(faults), _read_preceding(problem))


def _read_preceding(problem: Problem) -> tuple[SessionFacts, ...]:
    read = (
        SessionFacts(
            Slot(past.name, past.start_minute, 0, Place("", frozenset())),
            tuple(
                Placed(position, problem.exercise_by_id[exercise], sets, frozenset(), None)
                for position, (exercise, sets) in enumerate(past.entries)
            ),
        )
        for past in problem.preceding
    )
    return tuple(sorted(read, key=lambda session: session.slot.start_minute))


def _read_session(problem: Problem, session: Session, faults: list[Violation]) -> SessionFacts | None:
    slot = problem.slot_by_id.get(session.slot)
    if slot is None:
        statement = f"The plan has a session in '{session.slot}', a slot that was not offered."
        faults.append(Violation("structure.sessions", session.slot, statement))
        return None
    if not session.entries:
        statement = f"The session in '{slot.id}' is empty; a slot without exercises does not belong in the plan."
        faults.append(Violation("structure.sessions", slot.id, statement))
        return None
    return SessionFacts(slot, tuple(_read_entries(problem, session, faults)))


def _read_entries(problem: Problem, session: Session, faults: list[Violation]) -> Iterator[Placed]:
    for position, entry in enumerate(session.entries):
        exercise = problem.exercise_by_id.get(entry.exercise)
        if exercise is None:
            statement = f"The session in '{session.slot}' names '{entry.exercise}', an exercise nobody knows."
            faults.append(Violation("structure.exercises", entry.exercise, statement))
        elif type(entry.sets) is not int or entry.sets < 1:
            statement = (
                f"{exercise.name} in '{session.slot}' has {entry.sets!r} sets; an entry has whole ones, at least 1."
            )
            faults.append(Violation("structure.exercises", exercise.id, statement))
        else:
            yield Placed(position, exercise, entry.sets, frozenset(entry.equipment), entry.superset)
