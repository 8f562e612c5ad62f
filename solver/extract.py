"""From the solver's numbers to a plan: entries in training order, with the equipment each uses.

Sessions that are history are told as they were done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from string import ascii_uppercase
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.eligibility import preferred_alternative
from solver.domain.past import session_done
from solver.domain.plan import Entry, Plan, Session
from solver.domain.pricing import PricedEntry, session_seconds
from solver.domain.supersets import Candidate, fewest_pairs
from solver.rules.structure_order import place_in_session

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from solver.domain.problem import Problem, Slot
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
        entries = [
            Entry(
                exercise=c.exercise.id,
                sets=c.smallest + sum(value(v) for v in c.further),
                equipment=variables.alternative(c),
            )
            for c in variables.in_slot(slot)
            if value(c.present)
        ]
        if entries:
            sessions.append(laid_out(problem, slot.id, entries, _counted_savings(variables, slot, value)))
    return Plan(tuple(sessions))


def _counted_savings(variables: PlanVars, slot: Slot, value: Value) -> int:
    """Seconds that supersets are to save whether the session fits without them or not."""
    pairing = variables.pairing(slot) if variables.seconds_count else None
    return 0 if pairing is None else sum(value(v) for v in pairing.saved)


def laid_out(problem: Problem, slot: str, entries: Iterable[Entry], saving_seconds: int = 0) -> Session:
    """The entries as a session in training order.

    Where supersets are asked for, it has the fewest that make it fit and save at least `saving_seconds`. The model
    only says that there are enough of them: which ones it has set proves nothing of what is needed.
    """
    ordered = [replace(e, superset=None) for e in entries]
    ordered.sort(key=lambda e: place_in_session(problem.exercise_by_id[e.exercise]))
    if not problem.supersets:
        return Session(slot, tuple(ordered))
    candidates = [Candidate(problem.exercise_by_id[e.exercise], e.sets, e.equipment) for e in ordered]
    rules = problem.rules
    alone = session_seconds(
        [PricedEntry(c.exercise, c.sets) for c in candidates],
        warmup_seconds=rules.warmup_seconds,
        changeover_seconds=rules.changeover_seconds,
    )
    needed = max(alone - problem.slot_by_id[slot].limit_seconds, saving_seconds)
    return Session(slot, _together(ordered, {pair.first: pair.second for pair in fewest_pairs(candidates, needed)}))


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
