"""Whatever is asked: a verified week, a proven conflict, or a budget that was really spent."""

from __future__ import annotations

import os
from typing import Any, assert_never, get_args

from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from catalog.schema import Goal
from solver.domain.outcome import Infeasible, Solved, TimedOut
from solver.pipeline import optimise
from solver.verifier import verify
from tests.golden.asking import budget, problem_of
from tests.properties.proving import confirm, feasible
from tests.properties.random_bodies import bodies

EXAMPLES = int(os.environ.get("COUNTERPULL_EXAMPLES", "15"))
DETERMINISTIC_SECONDS = 1.0
REALLY_SPENT = 0.9
"""A search that gives up has used up this share of its budget at least."""


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    # An example takes seconds: the first one that fails is told as it is.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=True,
)
@given(body=bodies(), paired=st.booleans(), goal=st.sampled_from(get_args(Goal)))
def test_every_answer_is_right(body: dict[str, Any], paired: bool, goal: Goal) -> None:
    body = {**body, "athlete": {**body["athlete"], "goal": goal}, "supersets": paired}
    problem = problem_of(body)
    outcome = optimise(problem, budget(DETERMINISTIC_SECONDS))
    note(f"{body} -> {type(outcome).__name__}")
    assert not outcome.stats.stopped_by_clock
    match outcome:
        case Solved():
            assert verify(problem, outcome.plan) == ()
            assert all(line.holds for line in outcome.certificate)
            assert outcome.score.value <= outcome.score.bound
            for tier in outcome.tiers:
                if tier.bound is not None:
                    assert tier.bound <= tier.value if tier.sense == "min" else tier.value <= tier.bound
        case Infeasible():
            assert not feasible(problem)
            assert outcome.conflict.elements
            confirm(problem, outcome.conflict)
        case TimedOut():
            assert outcome.stats.deterministic_seconds >= REALLY_SPENT * DETERMINISTIC_SECONDS
        case _:
            assert_never(outcome)
