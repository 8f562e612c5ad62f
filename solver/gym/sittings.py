"""From weeks to what has to be timed together: sessions at one place whose times overlap."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solver.domain.plan import Plan, Session
from solver.gym.blocks import blocks_of
from solver.gym.domain import TimedEntry, TimedSession
from solver.gym.timing import Sitting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from solver.domain.problem import Problem
    from solver.gym.domain import Station
    from solver.gym.timing import Timed


@dataclass(frozen=True)
class Seat:
    """A member's session at a place, and the stretch of the week that it may take, in seconds."""

    member: str
    session: Session
    place: str
    opens_second: int
    closes_second: int

    @property
    def key(self) -> tuple[str, Session]:
        return self.member, self.session


def seats(problems: Mapping[str, Problem], plans: Mapping[str, Plan]) -> list[Seat]:
    """Every session that is still to come, in time order."""
    found = []
    for member, plan in plans.items():
        problem = problems[member]
        for session in plan.sessions:
            if session.slot not in problem.done:
                slot = problem.slot_by_id[session.slot]
                opens = slot.start_minute * 60
                found.append(Seat(member, session, slot.place.id, opens, opens + slot.limit_seconds))
    return sorted(found, key=lambda seat: (seat.place, seat.opens_second, seat.member))


def clusters(found: Iterable[Seat]) -> list[tuple[Seat, ...]]:
    """Sessions at one place that overlap, or do so by way of others; `found` in the order of `seats`."""
    groups: list[list[Seat]] = []
    closes = 0
    for seat in found:
        if groups and groups[-1][0].place == seat.place and seat.opens_second < closes:
            groups[-1].append(seat)
            closes = max(closes, seat.closes_second)
        else:
            groups.append([seat])
            closes = seat.closes_second
    return [tuple(group) for group in groups]


def sitting_of(problem: Problem, seat: Seat, stations: Sequence[Station]) -> Sitting:
    """A seat as what is to be timed, every block of which must stay."""
    blocks = blocks_of(problem, seat.session, stations)
    return Sitting(
        member=seat.member,
        slot=seat.session.slot,
        opens_second=seat.opens_second + problem.rules.warmup_seconds,
        closes_second=seat.closes_second,
        changeover_seconds=problem.rules.changeover_seconds,
        blocks=blocks,
        weights=(None,) * len(blocks),
    )


def timed_session(seat: Seat, sitting: Sitting, timed: Timed) -> TimedSession:
    """A complete sitting with its times in seconds from the start of the session."""
    entries: list[tuple[int, int, TimedEntry]] = []
    for order, (block, start, way) in enumerate(zip(sitting.blocks, timed.starts, timed.ways, strict=True)):
        assert way is not None
        begins = start - seat.opens_second
        for inner, (entry, own) in enumerate(zip(block.entries, way.ways, strict=True)):
            done = replace(entry, equipment=own.equipment)
            taken = TimedEntry(done, begins, begins + block.seconds, own.stations)
            entries.append((begins, 2 * order + inner, taken))
    return TimedSession(seat.session.slot, tuple(entry for _, _, entry in sorted(entries, key=lambda e: e[:2])))


def as_plan(plan: Plan, sessions: Iterable[TimedSession]) -> Plan:
    """The plan with its sessions in the order and with the equipment that their times ask for."""
    timed = {s.slot: Session(s.slot, tuple(entry.entry for entry in s.entries)) for s in sessions}
    return Plan(tuple(timed.get(session.slot, session) for session in plan.sessions))
