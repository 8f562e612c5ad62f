"""One schedule, and what it took: seconds of the clock, and of the CPU as the machine is not always ours alone."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from solver.gym import GymBudget, Scheduled, schedule
from solver.gym.alike import alike
from solver.gym.fitting import fit
from solver.gym.floor import Floor
from solver.gym.sittings import seats, sitting_of
from solver.gym.timing import holds_of
from tests.bench.gym.crowd import PLACE, RACK, member_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.gym import GymProblem

THREADS = 2


@dataclass(frozen=True)
class Measured:
    """A line of the tables. Shares are of 1; `changed` counts weeks that are others than in the schedule before."""

    what: str
    members: int
    requests: int
    racks: int
    racks_wanted: int
    """At once, at most, if everybody trained as he would alone and nobody waited."""
    score: float
    alone: float
    bound: float
    worst_loss: float
    left_out: int
    searches: int
    rounds: int
    alone_seconds: float
    seconds: float
    cpu_seconds: float
    load: float
    changed: int | None = None
    moved: int | None = None
    """Sessions as before at other times."""

    @property
    def gap(self) -> float:
        """To the bound; who is left out reaches nothing of his, which counts as an average one."""
        return 1 - self._placed * self.score / self.bound

    @property
    def kept(self) -> float:
        """Of the summed score of everybody alone; who is left out has lost everything."""
        return self._placed * self.score / self.alone

    @property
    def _placed(self) -> float:
        return 1 - self.left_out / self.members

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def measure(gym: GymProblem, limit: float) -> tuple[Scheduled, Measured]:
    """Everybody's week, from nothing."""
    return _timed(gym, str(len(gym.members)), lambda each: schedule(gym, _budget(limit), each=each))


def one_more(before: Scheduled, limit: float, seed: int) -> Measured:
    """A member joins."""
    gym = replace(before.gym, members=(*before.gym.members, member_of(len(before.gym.members), seed)))
    return _again("a member more", before, gym, limit)


def rack_less(before: Scheduled, limit: float) -> Measured:
    """A rack breaks; where it is the only one it stays, and a bench breaks."""
    racks = next(s.count for s in before.gym.stations[PLACE] if s.id == RACK)
    broken = RACK if racks > 1 else "flat bench"
    stations = tuple(replace(s, count=s.count - (s.id == broken)) for s in before.gym.stations[PLACE])
    return _again(f"a {broken} less", before, replace(before.gym, stations={PLACE: stations}), limit)


def _budget(limit: float) -> GymBudget:
    """Deterministic seconds as by default; no clock ends the search for a single week."""
    default = GymBudget()
    return replace(
        default,
        time_limit_seconds=limit,
        alone=replace(default.alone, time_limit_seconds=limit),
        again=replace(default.again, time_limit_seconds=limit),
    )


def _again(what: str, before: Scheduled, gym: GymProblem, limit: float) -> Measured:
    again, measured = _timed(gym, what, lambda each: schedule(gym, _budget(limit), before=before, each=each))
    old, new = _contents(before), _contents(again)
    return replace(
        measured,
        changed=sum(new.get(member) != content for member, content in old.items()),
        moved=sum(
            before.timetable.sessions[member] != again.timetable.sessions[member]
            for member, content in old.items()
            if new.get(member) == content
        ),
    )


def _contents(found: Scheduled) -> dict[str, set[tuple[str, str, int]]]:
    """What everybody does where, whatever the order."""
    return {w.member: {(s.slot, e.exercise, e.sets) for s in w.plan.sessions for e in s.entries} for w in found.weeks}


def _timed(gym: GymProblem, what: str, run: Callable[..., object]) -> tuple[Scheduled, Measured]:
    load, clock, cpu = os.getloadavg()[0], time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(THREADS) as pool:
        found = run(pool.map)
    seconds, spent = time.perf_counter() - clock, time.process_time() - cpu
    assert isinstance(found, Scheduled)
    measured = Measured(
        what=what,
        members=len(gym.members),
        requests=len(alike((member.id, gym.problems[member.id]) for member in gym.members)),
        racks=next(s.count for s in gym.stations[PLACE] if s.id == RACK),
        racks_wanted=_wanted_at_once(found, RACK),
        score=found.score,
        alone=found.alone,
        bound=found.bound,
        worst_loss=found.most_lost,
        left_out=len(found.unplaced),
        searches=found.stats.solves,
        rounds=found.stats.rounds,
        alone_seconds=found.stats.alone_seconds,
        seconds=round(seconds, 1),
        cpu_seconds=round(spent, 1),
        load=round((load + os.getloadavg()[0]) / 2, 1),
    )
    return found, measured


def _wanted_at_once(found: Scheduled, station: str) -> int:
    stations = found.gym.stations[PLACE]
    plenty = {s.id: len(found.weeks) for s in stations}
    floor = Floor(plenty)
    for seat in seats(found.gym.problems, {week.member: week.alone.plan for week in found.weeks}):
        sitting = sitting_of(found.gym.problems[seat.member], seat, stations)
        timed = fit(sitting, Floor(plenty))
        if timed is not None:
            floor.take(holds_of(sitting, timed))
    return floor.peak(station)
