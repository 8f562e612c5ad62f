"""From the solver's numbers to a plan: entries in training order, with the equipment each uses.

Sessions that are history are told as they were done."""

from __future__ import annotations

from collections.abc import Callable
<<<<<<< HEAD
from dataclasses import replace
from string import ascii_uppercase
=======
from functools import partial
>>>>>>> main
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.eligibility import preferred_alternative
from solver.domain.past import session_done
from solver.domain.plan import Entry, Plan, Session
from solver.domain.pricing import PricedEntry, session_seconds
from solver.domain.supersets import Candidate, fewest_pairs
from solver.rules.structure_order import place_in_session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.domain.problem import Problem
    from solver.variables import PlanVars

Value = Callable[[cp_model.IntVar], int]


def extract_plan(variables: PlanVars, value: Value) -> Plan:
    """Read the plan that `value` assigns."""
    sessions = []
    problem = variables.problem
    for slot in problem.slots:
        if slot.id in problem.done:
            done = session_done(problem, slot, partial(preferred_alternative, problem))
            sessions += [] if done is None else [done]
            continue
        chosen = [c for c in variables.in_slot(slot) if value(c.present)]
        chosen.sort(key=lambda c: place_in_session(c.exercise))
        entries = tuple(
            Entry(
                exercise=c.exercise.id,
                sets=c.smallest + sum(value(v) for v in c.further),
                equipment=variables.alternative(c),
            )
            for c in chosen
        )
        if entries:
            sessions.append(paired(variables.problem, Session(slot.id, entries)))
    return Plan(tuple(sessions))


def paired(problem: Problem, session: Session) -> Session:
    """A session in training order with the fewest supersets that make it fit, where they are asked for.

    The model only says that there are enough of them: which ones it has set proves nothing of what is needed.
    """
    if not problem.supersets:
        return session
    candidates = [Candidate(problem.exercise_by_id[e.exercise], e.sets, e.equipment) for e in session.entries]
    rules = problem.rules
    alone = session_seconds(
        [PricedEntry(c.exercise, c.sets) for c in candidates],
        warmup_seconds=rules.warmup_seconds,
        changeover_seconds=rules.changeover_seconds,
    )
    pairs = fewest_pairs(candidates, alone - problem.slot_by_id[session.slot].limit_seconds)
    return replace(session, entries=_together(session.entries, {pair.first: pair.second for pair in pairs}))


def _together(entries: Sequence[Entry], partner: dict[int, int]) -> tuple[Entry, ...]:
    """Entries in order, each followed by its partner; pairs are called A, B, C ... in the order of the session."""
    labels, later = iter(ascii_uppercase), frozenset(partner.values())
    ordered: list[Entry] = []
    for position, entry in enumerate(entries):
        if position in partner:
            label = next(labels)
            ordered += [replace(entry, superset=label), replace(entries[partner[position]], superset=label)]
        elif position not in later:
            ordered.append(entry)
    return tuple(ordered)
