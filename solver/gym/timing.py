"""When each block of some sessions is done, so that no more stations are held than exist; or what is better given up.

Sessions keep what is in them and their order, but for blocks that may change places. Where not all can be timed, blocks
are given up, or minutes of sessions whose members then have the time to wait for a station. It is done as fairly as the
weights say: whoever gives up most gives up little, and so do all together. A block that is given up still takes its
time, as something else will be done in it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from solver.gym.blocks import Block, BlockWay
    from solver.gym.floor import Hold

WORST, ALTERNATIVE_SECONDS = 10, 300
"""How much more the worst off counts than all together; what other equipment than planned is worth in idle seconds."""
LONGEST_WAIT_SECONDS = 1200
"""What a session may run over, to be made that much shorter."""
PACKING_SHARE = 0.25
"""Of the deterministic seconds, what may go into shorter sessions once all blocks have a time."""


@dataclass(frozen=True)
class Sitting:
    """One member's session to be timed. `weights`: what giving up each block costs; None where it must stay.

    `second_weight`: what a second costs that the session runs over; None where it may not.
    """

    member: str
    slot: str
    opens_second: int
    """Of the week, when the general warm-up is over."""
    closes_second: int
    changeover_seconds: int
    blocks: tuple[Block, ...]
    weights: tuple[int | None, ...]
    second_weight: int | None = None

    @property
    def seconds(self) -> int:
        """The length without a wait, from the end of the general warm-up on."""
        return sum(block.seconds for block in self.blocks) + self.changeover_seconds * (len(self.blocks) - 1)


@dataclass(frozen=True)
class Timed:
    """The times of a sitting: for each block its start in seconds of the week, and how it is done; None: given up.

    `over`: seconds that it ends too late.
    """

    starts: tuple[int, ...]
    ways: tuple[BlockWay | None, ...]
    over: int = 0

    @property
    def complete(self) -> bool:
        return None not in self.ways and not self.over


@dataclass(frozen=True)
class Effort:
    """How hard one timing is looked at; nothing in it depends on the clock but its last limit."""

    deterministic_seconds: float = 2.0
    seconds: float = 60.0
    workers: int = 1
    seed: int = 1


def time_blocks(
    sittings: Sequence[Sitting],
    counts: Mapping[str, int],
    effort: Effort,
    *,
    held: Iterable[Hold] = (),
    known: Mapping[int, Timed] | None = None,
) -> tuple[Timed, ...] | None:
    """Times for sittings that share stations (`counts` by id); None when not even what must stay was found a time.

    `held`: what others hold of the stations meanwhile. `known`: times that some of the sittings have by now, by their
    number; the search begins from them.
    """
    timing = _Timing(sittings, counts, held, known or {})
    found = timing.solve(effort)
    if found is None or not all(timed.complete for timed in found):
        return found
    return timing.pack(found, effort)


class _Timing:
    """The model: a start for every block, and one way to do it, or none."""

    def __init__(
        self,
        sittings: Sequence[Sitting],
        counts: Mapping[str, int],
        held: Iterable[Hold],
        known: Mapping[int, Timed],
    ) -> None:
        self._sittings = sittings
        self._model = cp_model.CpModel()
        self._base = min((s.opens_second for s in sittings), default=0)
        self._held: dict[str, list[tuple[cp_model.IntervalVar, int]]] = defaultdict(list)
        self._starts: list[list[cp_model.IntVar]] = []
        self._ways: list[list[list[cp_model.IntVar]]] = []
        self._over: list[cp_model.IntVar] = []
        self._given_up: dict[str, list[tuple[cp_model.IntVar, int, int]]] = defaultdict(list)
        """Member -> what he may give up: a variable, its weight and its largest value."""
        for number, sitting in enumerate(sittings):
            self._state(sitting, known.get(number))
        for station, start, end, demand in held:
            if station in self._held:
                fixed = self._model.new_fixed_size_interval_var(start - self._base, end - start, f"{station} held")
                self._held[station].append((fixed, demand))
        for station, wanted in self._held.items():
            if counts[station] == 1 and all(demand == 1 for _, demand in wanted):
                self._model.add_no_overlap([interval for interval, _ in wanted])
            else:
                self._model.add_cumulative([i for i, _ in wanted], [d for _, d in wanted], counts[station])

    def _state(self, sitting: Sitting, known: Timed | None) -> None:
        model, starts, spans, ways = self._model, [], [], []
        early = sitting.opens_second - self._base
        most = 0 if sitting.second_weight is None else min(LONGEST_WAIT_SECONDS, sitting.seconds)
        over = model.new_int_var(0, most, f"{sitting.member}/{sitting.slot} over")
        model.add_hint(over, 0)
        if sitting.second_weight is not None:
            self._given_up[sitting.member].append((over, sitting.second_weight, most))
        self._over.append(over)
        for position, block in enumerate(sitting.blocks):
            name = f"{sitting.member}/{sitting.slot}/{position}"
            last = sitting.closes_second - self._base - block.seconds
            start = model.new_int_var(early, last + most, name)
            model.add(start <= last + over)
            soonest = min(early + self._before(sitting, position), last)
            model.add_hint(start, soonest if known is None else known.starts[position] - self._base)
            starts.append(start)
            size = block.seconds + sitting.changeover_seconds
            spans.append(model.new_fixed_size_interval_var(start, size, f"{name} with changeover"))
            ways.append(self._state_ways(sitting, position, start, name))
            if known is not None:
                for way, literal in zip(block.ways, ways[-1], strict=True):
                    model.add_hint(literal, way == known.ways[position])
        model.add_no_overlap(spans)
        for (i, first), (j, second) in combinations(enumerate(sitting.blocks), 2):
            if not first.may_follow(second):
                model.add(starts[i] + first.seconds + sitting.changeover_seconds <= starts[j])
        self._starts.append(starts)
        self._ways.append(ways)

    def _state_ways(self, sitting: Sitting, position: int, start: cp_model.IntVar, name: str) -> list[cp_model.IntVar]:
        model, block, weight = self._model, sitting.blocks[position], sitting.weights[position]
        chosen = [model.new_bool_var(f"{name} way {number}") for number in range(len(block.ways))]
        for way, literal in zip(block.ways, chosen, strict=True):
            for station, demand in way.demand.items():
                interval = model.new_optional_fixed_size_interval_var(
                    start, block.seconds, literal, f"{name} {station}"
                )
                self._held[station].append((interval, demand))
        if weight is None:
            model.add_exactly_one(chosen)
        else:
            given_up = model.new_bool_var(f"{name} given up")
            model.add_exactly_one([*chosen, given_up])
            model.add_hint(given_up, False)
            self._given_up[sitting.member].append((given_up, weight, 1))
        return chosen

    @staticmethod
    def _before(sitting: Sitting, position: int) -> int:
        return sum(block.seconds + sitting.changeover_seconds for block in sitting.blocks[:position])

    def solve(self, effort: Effort) -> tuple[Timed, ...] | None:
        """Give up as little as can be."""
        model = self._model
        costs = [
            cp_model.LinearExpr.weighted_sum([v for v, _, _ in given], [w for _, w, _ in given])
            for given in self._given_up.values()
        ]
        most = max((sum(w * top for _, w, top in given) for given in self._given_up.values()), default=0)
        worst = model.new_int_var(0, most, "given up by the worst off")
        for cost in costs:
            model.add(worst >= cost)
        model.minimize(WORST * worst + cp_model.LinearExpr.sum(costs))
        return self._found(self._solver(effort, 1.0))

    def pack(self, found: tuple[Timed, ...], effort: Effort) -> tuple[Timed, ...]:
        """The same without needless waits and changes of equipment, everything having a time."""
        model = self._model
        model.clear_hints()  # type: ignore[no-untyped-call]
        ends, changes = [], []
        for sitting, starts, ways, timed in zip(self._sittings, self._starts, self._ways, found, strict=True):
            end = model.new_int_var(0, sitting.closes_second - self._base, f"end {sitting.member}/{sitting.slot}")
            last = 0
            for block, start, literals, at, way in zip(
                sitting.blocks, starts, ways, timed.starts, timed.ways, strict=True
            ):
                model.add(end >= start + block.seconds)
                model.add_hint(start, at - self._base)
                last = max(last, at - self._base + block.seconds)
                for number, literal in enumerate(literals):
                    model.add_hint(literal, block.ways[number] == way)
                    if block.ways[number].ways[0].equipment != block.entries[0].equipment:
                        changes.append(literal)
            model.add_hint(end, last)
            ends.append(end)
        for given in self._given_up.values():
            for variable, _, _ in given:
                model.add(variable == 0)
        model.minimize(cp_model.LinearExpr.sum(ends) + ALTERNATIVE_SECONDS * cp_model.LinearExpr.sum(changes))
        return self._found(self._solver(effort, PACKING_SHARE)) or found

    def _solver(self, effort: Effort, share: float) -> cp_model.CpSolver:
        solver = cp_model.CpSolver()
        parameters = solver.parameters
        parameters.num_workers = effort.workers
        parameters.interleave_search = effort.workers > 1
        parameters.random_seed = effort.seed
        parameters.max_deterministic_time = share * effort.deterministic_seconds
        parameters.max_time_in_seconds = max(0.01, effort.seconds)
        parameters.catch_sigint_signal = False
        return solver

    def _found(self, solver: cp_model.CpSolver) -> tuple[Timed, ...] | None:
        if solver.solve(self._model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return tuple(
            Timed(
                tuple(self._base + solver.value(start) for start in starts),
                tuple(
                    next((w for w, literal in zip(b.ways, chosen, strict=True) if solver.value(literal)), None)
                    for b, chosen in zip(sitting.blocks, ways, strict=True)
                ),
                solver.value(over),
            )
            for sitting, starts, ways, over in zip(self._sittings, self._starts, self._ways, self._over, strict=True)
        )


def holds_of(sitting: Sitting, timed: Timed) -> Iterator[Hold]:
    """What a sitting holds of the stations, as far as it has a time."""
    for block, start, way in zip(sitting.blocks, timed.starts, timed.ways, strict=True):
        if way is not None:
            for station, demand in way.demand.items():
                yield station, start, start + block.seconds, demand
