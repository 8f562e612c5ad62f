"""Requests that cannot be met, from one rule to many, each with the culprit that a person would name and why.

`culprits` have to be in the conflict, and one of `one_of` where there are any; `at_most` says how much may be told in
all. `helps` are changes that a person would think of, in the words of the suggestions. What helps against the `long`
ones is looked for only when COUNTERPULL_EXAMPLES asks for a wide test.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from solver.explain import explain
from solver.watch import Watch
from tests.golden.asking import budget, problem_of
from tests.solver.subjects import named

if TYPE_CHECKING:
    from solver.domain.outcome import Conflict
    from solver.domain.problem import Problem
    from solver.guard import Name

FOLDER = Path(__file__).parent / "cases"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
DETERMINISTIC_SECONDS = 5.0
"""What a request of ten seconds is granted."""


@dataclass(frozen=True)
class Case:
    """One request and what a person says of it."""

    body: dict[str, Any]
    reason: str
    culprits: frozenset[Name]
    one_of: frozenset[Name]
    at_most: int
    helps: frozenset[str]
    long: bool


@cache
def case(name: str) -> Case:
    """The case of a file."""
    written = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return Case(
        body=written["request"],
        reason=written["reason"],
        culprits=frozenset(named(*pair) for pair in written["culprits"]),
        one_of=frozenset(named(*pair) for pair in written.get("one_of", ())),
        at_most=written["at_most"],
        helps=frozenset(written.get("helps", ())),
        long=written.get("long", False),
    )


@cache
def explained(name: str) -> tuple[Problem, Conflict]:
    """The problem of a case with its conflict, found in a budget that no clock decides."""
    problem = problem_of(case(name).body)
    conflict = explain(problem, Watch(budget(DETERMINISTIC_SECONDS)))
    assert conflict is not None, name
    return problem, conflict
