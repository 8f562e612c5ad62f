"""From the solver's numbers to a plan: entries in training order, with the equipment each uses.

Sessions that are history are told as they were done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.domain.eligibility import preferred_alternative
from solver.domain.past import session_done
from solver.domain.plan import Entry, Plan, Session
from solver.rules.structure_order import place_in_session

if TYPE_CHECKING:
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
            sessions.append(Session(slot.id, entries))
    return Plan(tuple(sessions))
