"""Whatever cannot be met: the conflict excludes itself, and every proper part of it can be met."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, Phase, assume, given, note, settings

from solver.explain import explain
from solver.watch import Watch
from tests.golden.asking import budget, problem_of
from tests.properties.proving import confirm, feasible, names_of
from tests.properties.random_conflicts import demanding_bodies

EXAMPLES = int(os.environ.get("COUNTERPULL_EXAMPLES", "15"))
DETERMINISTIC_SECONDS = 5.0


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    # An example takes a second: the first one that fails is told as it is.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    print_blob=True,
)
@given(body=demanding_bodies())
def test_a_conflict_excludes_itself_and_none_of_it_can_be_spared(body: dict[str, Any]) -> None:
    problem = problem_of(body)
    conflict = explain(problem, Watch(budget(DETERMINISTIC_SECONDS)))
    assume(conflict is not None)
    assert conflict is not None
    note(f"{body} -> {names_of(conflict)}")
    assert not feasible(problem)
    assert conflict.elements
    confirm(problem, conflict)
