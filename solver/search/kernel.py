"""Kernel search: solve the small part of the model that the linear relaxation asks for, then trade its edges.

Of the five hundred to a thousand pairs of exercise and slot, a good week uses thirty, and the relaxation knows nearly
all of them. A first plan comes from a broad kernel without an objective; after that each round keeps the plan's own
pairs and brings in some of those that the relaxation likes and the next best others. A team plays each round with as
many kernels at once. Rounds are counted in deterministic time and their plans are taken in the order of the kernels,
so the same search gives the same plan.
"""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Literal

from solver.search.listener import LastSolution
from solver.search.relaxation import Relaxation, relax

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from ortools.sat.python import cp_model

    from catalog.schema import Exercise
    from solver.domain.plan import Plan
    from solver.model import BuiltModel
    from solver.search.forms import Forms
    from solver.search.incumbent import Incumbent
    from solver.variables import Choice
    from solver.watch import Verdict, Watch

BROAD_PAIRS = 600
"""Size of the kernel that a first plan is looked for in: a model of all that most weeks offer."""
NEWCOMERS_PER_SLOT = 4
"""Pairs a slot that join the plan's own in every round."""
RELAXATION_SHARE = 0.25
"""What the relaxation may take of the time left."""


@dataclass(frozen=True)
class Pace:
    """How long a restricted solve may take and how much of the relaxation it uses (CP-SAT's levels 1 and 2)."""

    deterministic_seconds: float
    linearization: Literal[1, 2]
    presolve: bool = True


OPENING = Pace(1.0, 2, presolve=False)
"""Any plan is found in half the time that presolving takes."""

BRISK = Pace(0.1, 1)
"""For shortfalls: many small trades find the way to the targets."""
STEADY = Pace(0.25, 2)
"""For quality: what is left to gain hides behind bounds."""
PLACING = Pace(1.0, 2)
"""The first round after `like`: it has all that is liked at once."""
RESTLESS_ROUNDS = 12
"""So many rounds without a better plan end the search."""
WIDER, NARROWER = 1.25, 0.85
"""A round that was solved to its end makes the next one larger, one that was not makes it smaller."""
KEPT_SHARE = 0.25
"""The share of the pairs liked that stay in (times the reach), drawn anew for each kernel."""

Kernel = set["Choice"]


@dataclass(frozen=True)
class _Answer:
    """What a restricted solve says, the deterministic seconds it took and its best solution."""

    verdict: Verdict
    spent: float
    best: tuple[int, ...] | None


@dataclass
class KernelSearch:
    """Restricted solves around the incumbent."""

    built: BuiltModel
    incumbent: Incumbent
    watch: Watch
    seed: int
    on_better: Callable[[], None]
    forms: Forms
    _ranking: Sequence[Choice] = field(default=(), init=False)
    _liked: frozenset[Choice] = field(default=frozenset(), init=False)
    _position: int = field(default=0, init=False)
    _reach: float = field(default=1.0, init=False)
    _fresh: bool = field(default=False, init=False)
    """True until a round has had all that is liked at once."""

    def __post_init__(self) -> None:
        self._draw = random.Random(self.seed)

    def rank(self, model: cp_model.CpModel) -> float | None:
        """Put the choices in the order in which the relaxation of a model with its objective would take them.

        Gives the relaxation's optimum, None when it had no time to come to one.
        """
        deadline = self.watch.seconds + RELAXATION_SHARE * self.watch.left_seconds
        relaxation = relax(model, deadline - self.watch.seconds, self.watch, self.forms.rows)
        choices = self.built.plan.choices
        if relaxation is None:
            self.watch.stopped_by_clock |= self.watch.seconds >= deadline
            self._ranking = self._by_breadth()
            return None
        self._ranking = sorted(choices, key=lambda choice: _appeal(relaxation, choice))
        self._liked = frozenset(c for c in choices if relaxation.values[c.present.index] > 1e-6)
        return relaxation.objective

    def like(self, exercises: frozenset[str]) -> None:
        """Bring in these exercises, wherever they fit, instead of what the relaxation likes."""
        self._liked = frozenset(c for c in self._ranking if c.exercise.id in exercises)
        self._fresh = True

    def _by_breadth(self) -> list[Choice]:
        """Choices without a relaxation: what the athlete insists on, then in the likeliest slots one exercise for
        every part that rules give to exercises, then a second for each, and so on.
        """
        spread, met = self._spread_slots(), Counter[object]()
        wanted = {required.exercise for required in self.built.problem.athlete.must_include}
        turns: dict[Choice, int] = {}
        for choice in self.built.plan.choices:
            part = choice.slot.id, _part(choice.exercise)
            turns[choice] = -1 if choice.exercise.id in wanted else met[part]
            met[part] += 1
        return sorted(turns, key=lambda choice: (choice.slot.id not in spread, turns[choice]))

    def _spread_slots(self) -> frozenset[str]:
        """As many slots as the week needs at least, evenly picked: a week of those is the likeliest to exist."""
        problem = self.built.problem
        slots, wanted = problem.slots, max(1, problem.rules.sessions_min)
        return frozenset(slots[number * len(slots) // wanted].id for number in range(min(wanted, len(slots))))

    def open(self, model: cp_model.CpModel, start: Plan | None) -> Literal["found", "impossible", "unknown"]:
        """A first plan: `start` if it is one, else a broad kernel around it, widened until it holds any plan at all.

        `impossible` is said only of the whole model.
        """
        ranking, size = self._by_breadth(), BROAD_PAIRS
        opening = model.clone()
        opening.clear_objective()  # type: ignore[no-untyped-call] # on a kernel a first plan then takes a hundredth of the time
        if start is not None:
            sets = self._sets(start)
            if self._settle(opening, sets):
                return "found"
            ranking.sort(key=lambda choice: choice not in sets)
            for choice in ranking:
                opening.add_hint(opening.get_bool_var_from_proto_index(choice.present.index), choice in sets)
        single = self._unpaired(opening)
        if single is not None and not self.watch.over:
            answer = self._solve(single, set(ranking[:size]), OPENING)
            self.watch.spend(answer.spent)
            if self._take([answer]):
                return "found"
        while not self.watch.over:
            answer = self._solve(opening, set(ranking[:size]), OPENING)
            self.watch.spend(answer.spent)
            if self._take([answer]):
                return "found"
            if size >= len(ranking):
                return "impossible" if answer.verdict == "impossible" else "unknown"
            size *= 2
        return "unknown"

    def _sets(self, plan: Plan) -> dict[Choice, int]:
        """The sets of a plan's entries, as far as the model knows them."""
        entries = [(self.built.plan.choice(e.exercise, s.slot), e.sets) for s in plan.sessions for e in s.entries]
        return {choice: sets for choice, sets in entries if choice is not None}

    def _settle(self, model: cp_model.CpModel, sets: Mapping[Choice, int]) -> bool:
        """Take the week of just these sets, if the model allows it."""
        settled = model.clone()
        for choice in self.built.plan.choices:
            wanted = sets.get(choice, 0)
            values = wanted > 0, *(wanted > choice.smallest + k for k in range(len(choice.further)))
            for variable, value in zip((choice.present, *choice.further), values, strict=True):
                domain = settled.proto.variables[variable.index].domain
                domain[0], domain[1] = int(value), int(value)
        best = LastSolution(self.built.variables)
        _, spent = self.watch.run(self.watch.lone_solver(OPENING.deterministic_seconds), settled, best)
        self.watch.spend(spent)
        return self._take([_Answer("found", spent, best.assignment)])

    def _unpaired(self, model: cp_model.CpModel) -> cp_model.CpModel | None:
        """The model without supersets, in which a first plan is found sooner; None where there are none."""
        plan = self.built.plan
        pairings = [pairing for slot in plan.problem.slots if (pairing := plan.pairing(slot)) is not None]
        if not pairings:
            return None
        single = model.clone()
        for pair in (pair for pairing in pairings for pair in pairing.pairs):
            single.proto.variables[pair.index].domain[1] = 0
        return single

    def trade(self, model: cp_model.CpModel, team: int, pace: Pace, most: float, is_enough: Callable[[], bool]) -> None:
        """Rounds of `team` kernels at once until it is enough or nothing better turns up.

        No round begins after `most` deterministic seconds.
        """
        restless, begun = 0, self.watch.deterministic_seconds
        with ThreadPoolExecutor(team) as pool:
            while restless < RESTLESS_ROUNDS and not is_enough() and not self.watch.over:
                if self.watch.deterministic_seconds - begun >= most:
                    return
                now = PLACING if self._fresh else pace
                kernels = [self._kernel() for _ in range(team)]
                answers = list(pool.map(partial(self._solve, model, pace=now), kernels))
                self.watch.spend(max(answer.spent for answer in answers))
                restless = 0 if self._take(answers) else restless + 1
                for answer in answers:
                    self._reach *= WIDER if answer.verdict == "optimal" else NARROWER
                self._reach = min(self._reach, len(self.built.plan.choices))

    def _kernel(self) -> Kernel:
        """The plan's own pairs, some of those liked, and the next newcomers."""
        newcomers = round(self._reach * NEWCOMERS_PER_SLOT * len(self.built.problem.slots))
        others = [c for c in self._ranking if c not in self._liked]
        kernel = {c for c in self._ranking if self.incumbent.uses(c.present.index)}
        if self._fresh:
            self._fresh = False
            return kernel | self._liked
        kernel |= {c for c in self._ranking if c in self._liked and self._draw.random() < self._reach * KEPT_SHARE}
        kernel |= set(islice(others, self._position, self._position + newcomers))
        self._position = (self._position + newcomers) % max(1, len(others))
        return kernel

    def _solve(self, model: cp_model.CpModel, kernel: Kernel, pace: Pace) -> _Answer:
        """Solve a model with every pair outside the kernel left out."""
        restricted = model.clone()
        for choice in self.built.plan.choices:
            if choice not in kernel:
                restricted.proto.variables[choice.present.index].domain[1] = 0
        self.incumbent.hint(restricted)
        best = LastSolution(self.built.variables)
        solver = self.watch.lone_solver(pace.deterministic_seconds, linearization=pace.linearization)
        solver.parameters.cp_model_presolve = pace.presolve
        verdict, spent = self.watch.run(solver, restricted, best)
        return _Answer(verdict, spent, best.assignment)

    def _take(self, answers: Sequence[_Answer]) -> bool:
        better = [self.incumbent.offer(answer.best) for answer in answers if answer.best is not None]
        if any(better):
            self.on_better()
        return any(better)


def _part(e: Exercise) -> Hashable:
    """What rules tell exercises apart by."""
    kinds = e.thoracic, e.shoulder_rotation, e.row_type, e.lower_trap_direct, e.is_isometric, e.is_hinge_drill
    return e.movement_family, e.pattern, e.ladder, kinds


def _appeal(relaxation: Relaxation, choice: Choice) -> tuple[float, float]:
    index = choice.present.index
    return -round(relaxation.values[index], 6), round(relaxation.reduced_costs[index], 6)
