"""Kernel search: what it does where nothing better is left to find."""

from __future__ import annotations

import math

from solver.domain.problem import SolveBudget
from solver.model import build_model
from solver.search.forms import Forms
from solver.search.incumbent import Incumbent
from solver.search.kernel import BRISK, KernelSearch
from solver.watch import Watch
from tests.solver.tiny import tiny_problem

TRADES = 20
"""Of twelve rounds each, all of them solved to their end: the kernel would grow beyond any number of pairs."""


def test_kernels_stop_growing_when_they_hold_everything() -> None:
    built = build_model(tiny_problem(9))
    objective = built.objective
    built.model.minimize(objective.minima + objective.targets)
    watch = Watch(SolveBudget(time_limit_seconds=60, workers=1, deterministic_seconds=60))
    incumbent = Incumbent(built, watch)
    kernel = KernelSearch(built, incumbent, watch, 1, lambda: None, Forms(built))
    kernel.rank(built.model)
    assert kernel.open(built.model, None) == "found"
    for _ in range(TRADES):
        kernel.trade(built.model, 1, BRISK, math.inf, lambda: False)
    assert incumbent.plan is not None
