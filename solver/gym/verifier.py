"""A second opinion on a schedule, from the timetable alone: a sweep over time, plain arithmetic, no solver, no model.

Checked are that at every moment no more stations are held than exist; that no slot has more members than it takes;
that every entry holds what it is done with, for as long as it takes; that a session begins with its general warm-up,
does one thing after the other and ends in time; that the timetable is of the weeks it is said to be of; that booked
sessions begin when and where it was told, but for those that are named; and every member's own rules.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.domain.phrases import counted
from solver.verifier import verify

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from solver.domain.plan import Plan
    from solver.domain.problem import Problem, Slot
    from solver.gym.domain import GymProblem, Station, TimedEntry, TimedSession, Timetable

Moment = tuple[int, int]
"""A second of the week and the change of a count at it."""


@dataclass(frozen=True)
class Fault:
    """One way in which a schedule is wrong. `rule`: of the gym, or of the member's own week; `member` may be empty."""

    rule: str
    member: str
    subject: str
    statement: str


@dataclass(frozen=True)
class StationUse:
    """How full a station gets: the most that are held at one moment, and for how many seconds of the week all are."""

    place: str
    station: str
    count: int
    peak: int
    full_seconds: int


def check_schedule(
    gym: GymProblem, plans: Mapping[str, Plan], timetable: Timetable, moved: Collection[tuple[str, str]] = ()
) -> tuple[Fault, ...]:
    """Every fault of a schedule; empty when it is right. Takes timetables of any quality of members that exist.

    `moved`: member and slot of sessions that are said to have other times than were told.
    """
    faults: list[Fault] = []
    for member, plan in plans.items():
        problem = gym.problems[member]
        faults += (Fault(v.rule, member, v.subject, v.statement) for v in verify(problem, plan))
        faults += _unlike(problem, member, plan, timetable.sessions.get(member, ()))
    faults += (
        Fault("gym.weeks", member, "", f"'{member}' has times but no week.")
        for member in timetable.sessions
        if member not in plans
    )
    for member, sessions in timetable.sessions.items():
        if member in plans:
            problem = gym.problems[member]
            for session in sessions:
                slot = problem.slot_by_id.get(session.slot)
                if slot is not None:
                    faults += _session_faults(problem, member, slot, session, gym.at(slot.place.id))
    faults += _untrue(gym, plans, timetable, moved)
    faults += _overfull(gym, timetable)
    faults += _overbooked(gym, plans, timetable)
    return tuple(faults)


def _untrue(
    gym: GymProblem, plans: Mapping[str, Plan], timetable: Timetable, moved: Collection[tuple[str, str]]
) -> Iterator[Fault]:
    """Entries that do not begin when and where their members were told, in sessions that are not said to have moved."""
    for member in gym.members:
        if member.id not in plans:
            continue
        sessions = {session.slot: session for session in timetable.sessions.get(member.id, ())}
        for told in member.told:
            if (member.id, told.slot) in moved:
                continue
            timed = {e.entry.exercise: e for e in sessions[told.slot].entries} if told.slot in sessions else {}
            for entry in told.entries:
                now = timed.get(entry.exercise)
                where = None if now is None or entry.stations is None else frozenset(now.stations)
                if now is None or now.start_second != entry.start_second or where != entry.stations:
                    statement = f"{entry.exercise} in '{told.slot}' was told to begin at second {entry.start_second}."
                    yield Fault("gym.booked", member.id, told.slot, statement)


def _unlike(problem: Problem, member: str, plan: Plan, timed: Sequence[TimedSession]) -> Iterator[Fault]:
    """What has no time, what has a time and is not in the week, and what stands in another order."""
    expected = {s.slot: list(s.entries) for s in plan.sessions if s.slot not in problem.done}
    found = Counter(session.slot for session in timed)
    for slot in sorted(expected.keys() | found.keys()):
        if slot not in expected or found[slot] != 1:
            times = counted(found[slot], "set")
            statement = f"'{slot}' of '{member}' has {times} of times, the week has {int(slot in expected)}."
            yield Fault("gym.weeks", member, slot, statement)
        elif [e.entry for e in next(s for s in timed if s.slot == slot).entries] != expected[slot]:
            yield Fault("gym.weeks", member, slot, f"The times of '{slot}' of '{member}' are not those of its entries.")


def _session_faults(
    problem: Problem, member: str, slot: Slot, session: TimedSession, stations: Sequence[Station]
) -> Iterator[Fault]:
    warmup, changeover = problem.rules.warmup_seconds, problem.rules.changeover_seconds
    free_from = warmup
    seconds = _seconds_needed(problem, session)
    for position, timed in enumerate(session.entries):
        name = timed.entry.exercise
        shared = position > 0 and _are_paired(session.entries[position - 1], timed)
        if shared:
            previous = session.entries[position - 1]
            if (previous.start_second, previous.end_second) != (timed.start_second, timed.end_second):
                yield Fault("gym.time", member, slot.id, f"The superset with {name} in '{slot.id}' has two times.")
        elif timed.start_second < free_from:
            statement = f"{name} in '{slot.id}' begins at second {timed.start_second}, before second {free_from}."
            yield Fault("gym.time", member, slot.id, statement)
        if timed.end_second - timed.start_second != seconds[position]:
            lasts = timed.end_second - timed.start_second
            statement = f"{name} in '{slot.id}' lasts {lasts} s, it takes {seconds[position]} s."
            yield Fault("gym.time", member, slot.id, statement)
        if timed.end_second > slot.limit_seconds:
            statement = f"{name} in '{slot.id}' ends at second {timed.end_second}, after {slot.limit_seconds}."
            yield Fault("gym.time", member, slot.id, statement)
        free_from = timed.end_second + changeover
        yield from _unheld(member, slot, timed, stations)


def _are_paired(first: TimedEntry, second: TimedEntry) -> bool:
    return first.entry.superset is not None and first.entry.superset == second.entry.superset


def _seconds_needed(problem: Problem, session: TimedSession) -> list[int]:
    """How long each entry takes: set up, sets and rests; ramp-up sets where its pattern is first at its dearest.

    The two of a superset take their time together, with the way between them and without the rests that they share.
    """
    entries = [timed.entry for timed in session.entries]
    exercises = [problem.exercise_by_id[entry.exercise] for entry in entries]
    alone = [
        e.setup_seconds + entry.sets * e.seconds_per_set + (entry.sets - 1) * e.rest_seconds
        for e, entry in zip(exercises, entries, strict=True)
    ]
    ramped: set[str] = set()
    ramp_up = [0] * len(entries)
    for position, e in enumerate(exercises):
        dearest = max(other.warmup_seconds for other in exercises if other.pattern == e.pattern)
        if e.warmup_seconds == dearest and e.pattern not in ramped:
            ramped.add(e.pattern)
            ramp_up[position] = dearest
    needed = [a + r for a, r in zip(alone, ramp_up, strict=True)]
    for first in range(len(entries) - 1):
        if _are_paired(session.entries[first], session.entries[first + 1]):
            both = first, first + 1
            rest = min(exercises[p].rest_seconds for p in both) * (min(entries[p].sets for p in both) - 1)
            saved = min(rest, 35 * sum(alone[p] for p in both) // 100)
            together = sum(needed[p] for p in both) + problem.rules.changeover_seconds - saved
            needed[first] = needed[first + 1] = together
    return needed


def _unheld(member: str, slot: Slot, timed: TimedEntry, stations: Sequence[Station]) -> Iterator[Fault]:
    """Stations that do not exist, items that none of those held provides, and stations held for nothing."""
    by_id = {station.id: station for station in stations}
    name = timed.entry.exercise
    scarce = {item for item in timed.entry.equipment if any(item in station.provides for station in stations)}
    held: set[str] = set()
    for identifier in timed.stations:
        station = by_id.get(identifier)
        if station is None:
            yield Fault("gym.stations", member, identifier, f"'{identifier}' does not stand at '{slot.place.id}'.")
        elif not scarce & station.provides:
            yield Fault("gym.stations", member, identifier, f"{name} in '{slot.id}' holds '{identifier}' for nothing.")
        else:
            held |= station.provides
    for item in sorted(scarce - held):
        yield Fault("gym.stations", member, item, f"{name} in '{slot.id}' holds no station with its {item}.")


def _overbooked(gym: GymProblem, plans: Mapping[str, Plan], timetable: Timetable) -> Iterator[Fault]:
    """Slots with more members who are not booked than there are places left, by their weeks or by their times."""
    booked = {member.id for member in gym.members if member.pinned is not None}
    weeks = [*((m, s.slot) for m, p in plans.items() for s in p.sessions if s.slot not in gym.problems[m].done)]
    times = [(member, session.slot) for member, sessions in timetable.sessions.items() for session in sessions]
    counts = Counter(slot for member, slot in {*weeks, *times} if member not in booked)
    for slot, places in gym.places_left.items():
        if counts[slot] > places:
            statement = f"'{slot}' has {counts[slot]} members beside those who are booked; it takes {places}."
            yield Fault("gym.places", "", slot, statement)


def _overfull(gym: GymProblem, timetable: Timetable) -> Iterator[Fault]:
    for (place, station), moments in _moments(gym, timetable).items():
        count = next((s.count for s in gym.at(place) if s.id == station), 0)
        for second, held, _ in _levels(moments):
            if held > count:
                day, rest = divmod(second, 24 * 3600)
                clock = f"{rest // 3600:02}:{rest // 60 % 60:02}:{rest % 60:02} of day {day + 1}"
                statement = f"At {clock} {held} of '{station}' at '{place}' are held; there are {count}."
                yield Fault("gym.stations", "", station, statement)
                break


def _moments(gym: GymProblem, timetable: Timetable) -> Mapping[tuple[str, str], list[Moment]]:
    """Per place and station, when one is taken and when one is given back."""
    found: dict[tuple[str, str], list[Moment]] = defaultdict(list)
    for member, sessions in timetable.sessions.items():
        for session in sessions:
            slot = gym.problems[member].slot_by_id.get(session.slot) if member in gym.problems else None
            if slot is None:
                continue
            for timed in session.entries:
                for station in timed.stations:
                    begins = slot.start_minute * 60
                    found[slot.place.id, station].append((begins + timed.start_second, 1))
                    found[slot.place.id, station].append((begins + timed.end_second, -1))
    return found


def _levels(moments: Sequence[Moment]) -> Iterator[tuple[int, int, int]]:
    """From each second on: how many are held, and for how many seconds it stays so. Given back before taken."""
    held = 0
    ordered = sorted(moments)
    for position, (second, change) in enumerate(ordered):
        held += change
        following = ordered[position + 1][0] if position + 1 < len(ordered) else second
        if following > second:
            yield second, held, following - second


def station_use(gym: GymProblem, timetable: Timetable) -> tuple[StationUse, ...]:
    """How full every station of the gym gets."""
    moments = _moments(gym, timetable)
    found = []
    for place, stations in gym.stations.items():
        for station in stations:
            levels = list(_levels(moments.get((place, station.id), [])))
            peak = max((held for _, held, _ in levels), default=0)
            full = sum(seconds for _, held, seconds in levels if held >= station.count)
            found.append(StationUse(place, station.id, station.count, peak, full))
    return tuple(found)
