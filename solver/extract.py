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
from solver.domain.metrics import items_beyond
from solver.domain.past import session_done
from solver.domain.plan import Entry, Plan, Session
from solver.domain.pricing import PricedEntry, session_seconds
from solver.domain.supersets import Candidate, fewest_pairs, items_used, ways_to_do
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
                equipment=variables.alternative(c, value),
            )
            for c in variables.in_slot(slot)
            if value(c.present)
        ]
        if entries:
            sessions.append(_as_counted(variables, slot, entries, value))
    return Plan(tuple(sessions))


def _as_counted(variables: PlanVars, slot: Slot, entries: Sequence[Entry], value: Value) -> Session:
    """The session with no more seconds, pairs and items than the model counts, where it counts them."""
    pairing = variables.pairing(slot)
    saved = sum(value(v) for v in pairing.saved) if pairing is not None and variables.seconds_count else 0
    counted = frozenset(item for entry in entries for item in entry.equipment)

    def is_fine(items: frozenset[str]) -> bool:
        if variables.items_count:
            return items <= counted
        return items_beyond(items) <= items_beyond(counted)

    return laid_out(variables.problem, slot.id, entries, saved, is_fine)


def laid_out(
    problem: Problem,
    slot: str,
    entries: Iterable[Entry],
    saving_seconds: int = 0,
    is_fine: Callable[[frozenset[str]], bool] = lambda _: True,
) -> Session:
    """The entries as a session in training order.

    Where supersets are asked for, it has the fewest that make it fit, save at least `saving_seconds` and leave it with
    items that are fine; every entry is then done with what it prefers, or in a superset with what leaves its partner
    what that needs. The model only says that there are enough supersets: which ones it has set proves nothing of what
    is needed.
    """
    ordered = [replace(e, superset=None) for e in entries]
    ordered.sort(key=lambda e: place_in_session(problem.exercise_by_id[e.exercise]))
    if not problem.supersets:
        return Session(slot, tuple(ordered))
    here, rules = problem.slot_by_id[slot], problem.rules
    exercises = [problem.exercise_by_id[entry.exercise] for entry in ordered]
    alone = session_seconds(
        [PricedEntry(e, entry.sets) for e, entry in zip(exercises, ordered, strict=True)],
        warmup_seconds=rules.warmup_seconds,
        changeover_seconds=rules.changeover_seconds,
    )
    needed = max(alone - here.limit_seconds, saving_seconds)
    candidates = [
        Candidate(e, entry.sets, ways_to_do(problem, e, here)) for e, entry in zip(exercises, ordered, strict=True)
    ]
    pairs = fewest_pairs(candidates, needed, is_fine)
    done = [replace(e, equipment=items) for e, items in zip(ordered, items_used(candidates, pairs), strict=True)]
    return Session(slot, _together(done, {pair.first: pair.second for pair in pairs}))


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
