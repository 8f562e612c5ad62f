"""Kernel search: solve the small part of the model that the linear relaxation asks for, then trade its edges.

Of the five hundred to a thousand pairs of exercise and slot, a good week uses thirty, and the relaxation knows nearly
all of them. A model of the hundred pairs it likes best has a plan in a fraction of a second; after that each round
keeps the plan's own pairs and brings in some of the relaxation's and the next best others. Rounds are counted in
deterministic time.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Literal

from solver.search.listener import Listener
from solver.search.relaxation import Relaxation, relax

if TYPE_CHECKING:
    from collections.abc import Callable

    from ortools.sat.python import cp_model

    from solver.domain.problem import Problem
    from solver.search.incumbent import Incumbent
    from solver.variables import Choice
    from solver.watch import Verdict, Watch

NEWCOMERS_PER_SLOT = 4
"""Pairs a slot that join the relaxation's own in the first round, and the plan's in every later one."""
RELAXATION_SHARE = 0.25
"""What the relaxation may take of the time left. Without one, slots spread over the week come first."""
OPENING_DETERMINISTIC_SECONDS = 1.0
ROUND_DETERMINISTIC_SECONDS = 0.25
RESTLESS_ROUNDS = 12
"""So many rounds without a better plan end the search."""
WIDER, NARROWER = 1.25, 0.85
"""A round that was solved to its end makes the next one larger, one that was not makes it smaller."""
KEPT_SHARE = 0.25
"""In later rounds, the share of the relaxation's own pairs that stay in (times the reach), drawn anew each time."""
FULL_SUBSOLVER = "pseudo_costs"
"""The one worker that sees the whole model: on every size tried it closed bounds fastest on two cores."""


@dataclass
class KernelSearch:
    """Rounds of restricted solves of one model with one objective to minimise."""

    model: cp_model.CpModel
    choices: tuple[Choice, ...]
    problem: Problem
    incumbent: Incumbent
    watch: Watch
    seed: int
    on_better: Callable[[], None]
    relaxation: Relaxation | None = field(default=None, init=False)

    def run(self, share: float) -> Literal["done", "impossible"]:
        """Search within a share of what is left. `impossible` is said only of the whole model."""
        deadline = self.watch.seconds + RELAXATION_SHARE * self.watch.left_seconds
        self.relaxation = relax(self.model, deadline - self.watch.seconds)
        if self.relaxation is None and self.watch.seconds >= deadline:
            self.watch.stopped_by_clock = True
        ranking = self._ranking()
        spent = self.watch.allowance(share)
        if self.incumbent.plan is None and not self._open(ranking):
            return "impossible"
        self._trade(ranking, spent)
        return "done"

    def _ranking(self) -> list[Choice]:
        """Choices in the order in which the relaxation would take them."""
        if self.relaxation is None:
            spread = self._spread_slots()
            return sorted(self.choices, key=lambda choice: choice.slot.id not in spread)
        values, costs = self.relaxation.values, self.relaxation.reduced_costs

        def order(choice: Choice) -> tuple[float, float]:
            index = choice.present.index
            return -round(values[index], 6), round(costs[index], 6)

        return sorted(self.choices, key=order)

    def _spread_slots(self) -> set[str]:
        """As many slots as the week needs at least, evenly picked: a week of those is the likeliest to exist."""
        slots, wanted = self.problem.slots, max(1, self.problem.rules.sessions_min)
        return {slots[number * len(slots) // wanted].id for number in range(min(wanted, len(slots)))}

    def _liked(self, choice: Choice) -> bool:
        return self.relaxation is not None and self.relaxation.values[choice.present.index] > 1e-6

    def _open(self, ranking: list[Choice]) -> bool:
        """Widen the kernel until it holds any plan at all; False when the whole model holds none."""
        size = sum(map(self._liked, ranking)) + NEWCOMERS_PER_SLOT * len(self.problem.slots)
        if self.relaxation is None:
            spread = self._spread_slots()
            size = sum(choice.slot.id in spread for choice in ranking)
        while not self.watch.over:
            verdict = self._solve(set(ranking[:size]), OPENING_DETERMINISTIC_SECONDS, any_plan=True)
            if verdict in ("optimal", "found"):
                return True
            if size >= len(ranking):
                return verdict != "impossible"
            size *= 2
        return True

    def _trade(self, ranking: list[Choice], spent: Callable[[], bool]) -> None:
        """Rounds around the plan at hand: its own pairs, some of the relaxation's, and the next newcomers."""
        draw = random.Random(self.seed)
        others = [c for c in ranking if not self._liked(c)]
        position, restless, reach = 0, 0, 1.0
        while restless < RESTLESS_ROUNDS and not spent():
            if self.incumbent.plan is None:
                return
            newcomers = round(reach * NEWCOMERS_PER_SLOT * len(self.problem.slots))
            kernel = {c for c in ranking if self.incumbent.uses(c.present.index)}
            kernel |= {c for c in ranking if self._liked(c) and draw.random() < reach * KEPT_SHARE}
            kernel |= set(islice(others, position, position + newcomers))
            position = (position + newcomers) % max(1, len(others))
            before = self.incumbent.plan
            verdict = self._solve(kernel, ROUND_DETERMINISTIC_SECONDS)
            restless = 0 if self.incumbent.plan is not before else restless + 1
            reach *= WIDER if verdict == "optimal" else NARROWER

    def _solve(self, kernel: set[Choice], most: float, *, any_plan: bool = False) -> Verdict:
        """Solve the model with every pair outside the kernel left out; improvements go to the incumbent.

        `any_plan`: without the objective. On a kernel, a first plan then takes a hundredth of the time.
        """
        restricted = self.model.clone()
        for choice in self.choices:
            if choice not in kernel:
                restricted.add_bool_and([restricted.get_bool_var_from_proto_index(choice.present.index).negated()])
        restricted.clear_hints()  # type: ignore[no-untyped-call]
        for index, value in enumerate(self.incumbent.assignment):
            restricted.add_hint(restricted.get_int_var_from_proto_index(index), value)
        if any_plan:
            restricted.clear_objective()  # type: ignore[no-untyped-call]
        solver = self.watch.solver(most=most)
        solver.parameters.subsolvers.append(FULL_SUBSOLVER)
        return self.watch.solve(solver, restricted, Listener(self.incumbent, lambda _: self.on_better()))
