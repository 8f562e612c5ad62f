"""Small wrongs done to a problem and its plan: the unit in which the verifier's sharpness is measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from solver.domain.plan import Entry, Plan, Session
from solver.domain.problem import Problem

Case = tuple[Problem, Plan]
Mutation = Callable[[Problem, Plan], Case]
Rewrite = Callable[[tuple[Entry, ...]], tuple[Entry, ...]]


def _rewrite(slot: str, rewrite: Rewrite) -> Mutation:
    def mutate(problem: Problem, plan: Plan) -> Case:
        assert any(session.slot == slot for session in plan.sessions)
        sessions = (
            Session(session.slot, rewrite(session.entries)) if session.slot == slot else session
            for session in plan.sessions
        )
        return problem, Plan(tuple(sessions))

    return mutate


def change(slot: str, exercise: str, /, **changes: object) -> Mutation:
    """Another exercise, number of sets or equipment in one entry."""

    def rewrite(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        assert any(entry.exercise == exercise for entry in entries)
        return tuple(replace(e, **changes) if e.exercise == exercise else e for e in entries)  # type: ignore[arg-type]

    return _rewrite(slot, rewrite)


def drop(slot: str, exercise: str) -> Mutation:
    """One entry less."""

    def rewrite(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        kept = tuple(entry for entry in entries if entry.exercise != exercise)
        assert len(kept) == len(entries) - 1
        return kept

    return _rewrite(slot, rewrite)


def insert(slot: str, position: int, *added: Entry) -> Mutation:
    """More entries from `position` on; negative positions count from the end."""
    return _rewrite(slot, lambda entries: (*entries[:position], *added, *entries[position:]))


def swap_last_two(slot: str) -> Mutation:
    """The last two entries change places."""
    return _rewrite(slot, lambda entries: (*entries[:-2], entries[-1], entries[-2]))


def add_session(slot: str, *entries: Entry) -> Mutation:
    """A session more, at the end."""
    return lambda problem, plan: (problem, Plan((*plan.sessions, Session(slot, entries))))


def turn_week_round(problem: Problem, plan: Plan) -> Case:
    """The same sessions, listed backwards."""
    return problem, Plan(plan.sessions[::-1])


def ask(**rules: object) -> Mutation:
    """Other rule parameters for the same plan."""
    return lambda problem, plan: (replace(problem, rules=replace(problem.rules, **rules)), plan)  # type: ignore[arg-type]


def limit_slot(slot: str, **changes: object) -> Mutation:
    """Another slot for the same plan."""

    def mutate(problem: Problem, plan: Plan) -> Case:
        slots = (replace(s, **changes) if s.id == slot else s for s in problem.slots)  # type: ignore[arg-type]
        return replace(problem, slots=tuple(slots)), plan

    return mutate


def limit_muscle(muscle: str, **changes: object) -> Mutation:
    """Another limit of a muscle for the same plan."""

    def mutate(problem: Problem, plan: Plan) -> Case:
        muscles = (replace(g, **changes) if g.muscle == muscle else g for g in problem.muscles)  # type: ignore[arg-type]
        return replace(problem, muscles=tuple(muscles)), plan

    return mutate


def chain(*mutations: Mutation) -> Mutation:
    """One after the other."""

    def mutate(problem: Problem, plan: Plan) -> Case:
        for mutation in mutations:
            problem, plan = mutation(problem, plan)
        return problem, plan

    return mutate
