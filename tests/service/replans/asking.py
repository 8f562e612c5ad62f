"""Replans of golden weeks, without web or database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalog.catalog import default_catalog
from service.plans.presenter import present
from service.plans.schemas import PlanRequest
from service.replans.changed import Changed, changed
from service.replans.schemas import ReplanRequest
from service.studies.weeks import KeptWeek, new_week, week_of
from service.validation.parsing import parse
from solver.replan import replan
from tests.golden.asking import budget, problem_of, solved

if TYPE_CHECKING:
    from solver.replan import Prefer, ReplanOutcome

GOLDEN = Path(__file__).parents[2] / "golden" / "requests"
PLANNING_SECONDS, REPLANNING_SECONDS = 0.2, 0.6
"""Deterministic ones."""


@cache
def kept(name: str) -> KeptWeek:
    """The week of a golden request, as it would be kept."""
    body = json.loads((GOLDEN / f"{name}.json").read_text("utf-8"))
    problem = problem_of(body)
    question = new_week(parse(PlanRequest, json.dumps(body).encode()), problem, default_catalog())
    return week_of(present(question, solved(problem, PLANNING_SECONDS)), default_catalog())


@dataclass(frozen=True)
class Asked:
    """A replan, and what came of it."""

    about: KeptWeek
    now: Changed
    outcome: ReplanOutcome


def asked(about: KeptWeek, body: dict[str, Any], prefer: Prefer = "fewest_changes") -> Asked:
    """Ask, and answer in deterministic time."""
    now = changed(about, parse(ReplanRequest, json.dumps(body).encode()))
    return Asked(about, now, replan(now.problem, about.plan, budget(REPLANNING_SECONDS), prefer=prefer))
