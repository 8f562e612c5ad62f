"""An answer read back: the problem that was asked and the week that was found, as the solver knows them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from service.plans.mapping import to_problem
from service.plans.schemas import PlanRequest
from service.validation.parsing import parse
from solver.domain.plan import Entry, Plan, Session

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from service.plans.schemas import PlanResponse
    from service.plans.schemas.response import WeekResponse
    from solver.domain.problem import Problem


def problem_of(answer: PlanResponse, catalog: Catalog) -> Problem:
    """The problem that an answer's request stands for in this catalog.

    Raises RequestError when this catalog or this version does not understand the request any more.
    """
    return to_problem(parse(PlanRequest, json.dumps(answer.request).encode()), catalog)


def plan_of(week: WeekResponse) -> Plan:
    """The sessions and entries of an answer's week."""
    return Plan(
        tuple(
            Session(s.slot, tuple(Entry(e.exercise, e.sets, tuple(e.equipment), e.superset) for e in s.entries))
            for s in week.sessions
        )
    )
