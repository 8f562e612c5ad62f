"""Who does what when at the stations of a gym: sessions with their times, and how further ones find theirs.

Most sessions are fitted in one by one, each at its soonest. Where one finds no time, those that meet it begin anew with
whoever was left over first; what is left over then is settled between a few at a time by a model, exactly, and if not
everything finds a time, it says what is best given up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING

from solver.gym.fitting import fit
from solver.gym.floor import Floor
from solver.gym.outcome import PinnedClash
from solver.gym.sittings import Seat, clusters, seats, sitting_of, timed_session
from solver.gym.timing import Timed, holds_of, time_blocks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from solver.domain.plan import Plan
    from solver.gym.domain import GymProblem, TimedSession
    from solver.gym.timing import Effort, Sitting

Weigh = Callable[[str], int | None]
"""Member -> what a second costs that he gives up; None where nothing may change."""
SET_SECONDS = 60
"""What a set is worth that has to be done elsewhere: something will be found for most of it."""
FRESH_STARTS = 6
"""Times that those who meet begin anew."""
SETTLED_TOGETHER = 4, 12
"""Sessions that the model times together: few first, as most keep their times then, and more where not all find one."""


@dataclass(frozen=True)
class Booked:
    """A session with its times, or with those that it would keep of them: what is given up has none."""

    seat: Seat
    sitting: Sitting
    timed: Timed

    @property
    def key(self) -> tuple[str, str]:
        """Member and slot."""
        return self.seat.member, self.seat.session.slot


@dataclass(frozen=True)
class Snapshot:
    """A book as it stood."""

    booked: dict[str, dict[str, Booked]]
    wanting: dict[tuple[str, str], Booked]
    turned_away: dict[tuple[str, str], Seat]
    floors: dict[str, Floor]


@dataclass
class Book:
    """Sessions by member and slot. `weigh`: what it costs whom to give something up."""

    gym: GymProblem
    effort: Callable[[], Effort]
    weigh: Weigh
    booked: dict[str, dict[str, Booked]] = field(default_factory=lambda: defaultdict(dict))
    """Member -> slot -> what is booked."""
    wanting: dict[tuple[str, str], Booked] = field(default_factory=dict)
    """Sessions that not everything in has a time, with what has."""
    turned_away: dict[tuple[str, str], Seat] = field(default_factory=dict)
    """Sessions for which their slot has no place."""
    fixed: frozenset[str] = frozenset()
    """Members whose times are not moved to make room, except by the model."""
    unmoved: set[tuple[str, str]] = field(default_factory=set)
    """Member and slot of sessions that nothing moves."""
    _floors: dict[str, Floor] = field(default_factory=dict)
    _sittings: dict[tuple[str, object], Sitting] = field(default_factory=dict)

    def floor(self, place: str) -> Floor:
        """What is held at a place, parts of sessions that want more included."""
        if place not in self._floors:
            self._floors[place] = Floor({station.id: station.count for station in self.gym.at(place)})
        return self._floors[place]

    # weeks in and out

    def forget(self, member: str) -> dict[str, Booked]:
        """Take a member out; gives what was booked, for `restore`."""
        for key in [key for key in self.wanting if key[0] == member]:
            self._withdraw(self.wanting.pop(key))
        for key in [key for key in self.turned_away if key[0] == member]:
            del self.turned_away[key]
        had = self.booked.pop(member, {})
        for one in had.values():
            self._withdraw(one)
        return had

    def restore(self, had: Mapping[str, Booked]) -> None:
        """Put back what `forget` gave, or a part of it."""
        for one in had.values():
            self._enter(one)

    def copy(self) -> Snapshot:
        """Everything as it stands, for `go_back`."""
        floors = {place: floor.copy() for place, floor in self._floors.items()}
        booked = {member: dict(week) for member, week in self.booked.items()}
        return Snapshot(booked, dict(self.wanting), dict(self.turned_away), floors)

    def go_back(self, to: Snapshot) -> None:
        """Everything as it was; a snapshot serves once."""
        self.booked = defaultdict(dict, to.booked)
        self.wanting, self.turned_away, self._floors = to.wanting, to.turned_away, to.floors

    @contextmanager
    def without(self, member: str) -> Iterator[None]:
        """The floors as the others leave them."""
        mine = [*self.booked[member].values(), *(one for key, one in self.wanting.items() if key[0] == member)]
        for one in mine:
            self._withdraw(one)
        yield
        for one in mine:
            self.floor(one.seat.place).take(holds_of(one.sitting, one.timed))

    def add_week(self, member: str, plan: Plan) -> bool:
        """Book a whole week at its soonest; False, and nothing booked, where a session finds no place or no time."""
        for seat in seats(self.gym.problems, {member: plan}):
            if not self.has_place(member, seat.session.slot) or not self.add(seat):
                self.forget(member)
                return False
        return True

    def book(self, plans: Mapping[str, Plan]) -> PinnedClash | None:
        """Find times for these weeks beside all others; what finds none is `wanting`, or `turned_away` from its slot.

        Sessions that are booked as they are keep their times. A PinnedClash names sessions that all must stay.
        """
        wanted = [*(one.seat for one in self.wanting.values()), *self.turned_away.values()]
        for key in list(self.wanting):
            self._withdraw(self.wanting.pop(key))
        for seat in seats(self.gym.problems, plans):
            known = self.booked[seat.member].get(seat.session.slot)
            if known is None or known.seat != seat:
                wanted.append(seat)
        placed = self._placed(dict.fromkeys(wanted))
        left = [seat for seat in sorted(placed, key=self._turn) if not self.add(seat)]
        for group in self._meeting(left) if left else ():
            clash = self._settle(self._begin_anew(group))
            if clash is not None:
                return clash
        return None

    @property
    def is_settled(self) -> bool:
        """Whether everything has its place and its time."""
        return not self.wanting and not self.turned_away

    def has_place(self, member: str, slot: str) -> bool:
        """Whether the others leave a member a place in a slot."""
        return len(self._counted(slot) - {member}) < self.gym.places_left.get(slot, inf)

    def full_slots(self) -> dict[str, set[str]]:
        """Slots without a place left -> who has those that there were, but for who is pinned."""
        found = {slot: self._counted(slot) for slot in self.gym.places_left}
        return {slot: here for slot, here in found.items() if len(here) >= self.gym.places_left[slot]}

    def keep(self, member: str, plan: Plan, sessions: Iterable[TimedSession]) -> None:
        """Book a week at the times that it had before, as far as it has room there."""
        before = {session.slot: session for session in sessions}
        for seat in seats(self.gym.problems, {member: plan}):
            sitting = self.sitting(seat)
            timed = _as_before(seat, sitting, before[seat.session.slot]) if seat.session.slot in before else None
            if timed is not None and self.floor(seat.place).has_room(holds_of(sitting, timed)):
                self._enter(Booked(seat, sitting, timed))

    def put(self, seat: Seat, timed: Timed) -> bool:
        """Have a session begin everything at these very times, for good; False, and all as it was, without room."""
        had = self.booked[seat.member].get(seat.session.slot)
        if had is not None:
            self._drop(had)
        sitting = self.sitting(seat)
        has_room = self.floor(seat.place).has_room(holds_of(sitting, timed))
        if has_room:
            self._enter(Booked(seat, sitting, timed))
            self.unmoved.add((seat.member, seat.session.slot))
        elif had is not None:
            self._enter(had)
        return has_room

    def add(self, seat: Seat) -> bool:
        """Book a session at its soonest; False when it finds no time beside the others."""
        sitting = self.sitting(seat)
        timed = fit(sitting, self.floor(seat.place))
        if timed is None:
            return False
        self._enter(Booked(seat, sitting, timed))
        return True

    def sitting(self, seat: Seat) -> Sitting:
        """A seat as what is to be timed, everything in it to stay."""
        if seat.key not in self._sittings:
            stations = self.gym.at(seat.place)
            self._sittings[seat.key] = sitting_of(self.gym.problems[seat.member], seat, stations)
        return self._sittings[seat.key]

    def times(self) -> dict[str, tuple[TimedSession, ...]]:
        """Everybody's timed sessions, in time order."""
        return {
            member: tuple(
                timed_session(one.seat, one.sitting, one.timed)
                for one in sorted(week.values(), key=lambda one: one.seat.opens_second)
            )
            for member, week in self.booked.items()
        }

    # who has a place

    def _counted(self, slot: str) -> set[str]:
        """Who trains in a slot and needs one of the places that are left: those who are pinned have theirs."""
        if slot not in self.gym.places_left:
            return set()
        here = {member for member, week in self.booked.items() if slot in week}
        here |= {member for member, other in self.wanting if other == slot}
        return here - self.gym.pinned

    def _placed(self, wanted: Iterable[Seat]) -> list[Seat]:
        """Those of some sessions that are not booked for which there is a place; all others are turned away.

        Where there are too few, they go to who has most to lose, also instead of somebody who has one by now.
        """
        found: list[Seat] = []
        asking: dict[str, list[Seat]] = defaultdict(list)
        for seat in wanted:
            limited = seat.session.slot in self.gym.places_left and seat.member not in self.gym.pinned
            (asking[seat.session.slot] if limited else found).append(seat)
        self.turned_away.clear()
        for slot, places in self.gym.places_left.items():
            have = [self.booked[member][slot].seat for member in self._counted(slot)]
            order = sorted(have, key=self._turn) + sorted(asking[slot], key=self._turn)
            order.sort(key=lambda seat: self._turn(seat)[:2])
            for seat in order[places:]:
                self.turned_away[seat.member, slot] = seat
                if seat in have:
                    self._drop(self.booked[seat.member][slot])
            found += [seat for seat in order[:places] if seat not in have]
        return found

    # how times are found

    def _turn(self, seat: Seat) -> tuple[object, ...]:
        """Who comes first: what must stay, who has most to lose, and who has the least time to wait."""
        weight = self.weigh(seat.member)
        sitting = self.sitting(seat)
        spare = sitting.closes_second - sitting.opens_second - sitting.seconds
        return weight is not None, -(weight or 0), spare, seat.opens_second, seat.member

    def _meeting(self, left: Sequence[Seat]) -> list[tuple[list[Seat], list[Booked]]]:
        """Seats without a time by who meets whom, with the sessions that they meet, directly or by way of others."""
        missing = {(seat.member, seat.session.slot) for seat in left}
        everyone = [one.seat for week in self.booked.values() for one in week.values()]
        ordered = sorted([*everyone, *left], key=lambda seat: (seat.place, seat.opens_second, seat.member))
        found = []
        for cluster in clusters(ordered):
            here = {(seat.member, seat.session.slot) for seat in cluster}
            if here & missing:
                lacking = [seat for seat in left if (seat.member, seat.session.slot) in here]
                others = [self.booked[member][slot] for member, slot in sorted(here - missing)]
                found.append((lacking, others))
        return found

    def _begin_anew(self, group: tuple[list[Seat], list[Booked]]) -> list[Seat]:
        """Those who meet find their times again, whoever was left over first; gives the fewest that were left over."""
        left, others = group
        movable = [
            one for one in others if one.seat.member not in self.fixed and self.weigh(one.seat.member) is not None
        ]
        best, kept = left, movable
        order = [*left, *sorted((one.seat for one in movable), key=self._turn)]
        booked = movable
        for _ in range(FRESH_STARTS if movable else 0):
            for one in booked:
                self._drop(one)
            failed = [seat for seat in order if not self.add(seat)]
            booked = [self.booked[s.member][s.session.slot] for s in order if s not in failed]
            if self._worth(failed) < self._worth(best):
                best, kept = failed, booked
            if not failed:
                return []
            order = [*failed, *(seat for seat in order if seat not in failed)]
        if kept is not booked:
            for one in booked:
                self._drop(one)
            for one in kept:
                self._enter(one)
        return best

    def _worth(self, left: Sequence[Seat]) -> tuple[bool, int]:
        weights = [self.weigh(seat.member) for seat in left]
        return None in weights, sum(weight or 0 for weight in weights)

    def _settle(self, left: Sequence[Seat]) -> PinnedClash | None:
        """Time those who are left over with the few that are most in their way, and all of them anew."""
        waiting = list(left)
        while waiting:
            seat = waiting[0]
            overlapping = [one for one in waiting if _overlap(one, seat)][: SETTLED_TOGETHER[-1]]
            waiting = [one for one in waiting if one not in overlapping]
            in_the_way = [one for one in self.in_the_way(overlapping) if one.key not in self.unmoved]
            for most in SETTLED_TOGETHER:
                near = in_the_way[: max(0, most - len(overlapping))]
                found = self._together(overlapping, near)
                if found is not None and all(timed.complete for _, timed in found.values()):
                    break
            if found is not None:
                self._agree(near, found)
            elif any(self.weigh(one.member) is None for one in overlapping):
                taking_part = sorted((*overlapping, *(one.seat for one in near)), key=_order)
                return PinnedClash(seat.place, tuple((s.member, s.session.slot) for s in taking_part))
            else:
                # The model ran out of time: only what needs no station is sure of it.
                self._agree((), {one: (self.sitting(one), _without_stations(self.sitting(one))) for one in overlapping})
        return None

    def in_the_way(self, left: Sequence[Seat]) -> list[Booked]:
        """Sessions that hold what these could use while they are there, those that hold most of it first."""
        place = left[0].place
        useful = {
            station for s in left for block in self.sitting(s).blocks for way in block.ways for station in way.demand
        }
        opens, closes = min(s.opens_second for s in left), max(s.closes_second for s in left)
        found = []
        for week in self.booked.values():
            for one in week.values():
                if one.seat.place == place and one.seat.opens_second < closes and one.seat.closes_second > opens:
                    held = sum(
                        max(0, min(end, closes) - max(start, opens)) * demand
                        for station, start, end, demand in holds_of(one.sitting, one.timed)
                        if station in useful
                    )
                    if held:
                        found.append((-held, one.seat.opens_second, one.seat.member, one))
        return [one for *_, one in sorted(found, key=lambda item: item[:3])]

    def _together(self, left: Sequence[Seat], near: Sequence[Booked]) -> dict[Seat, tuple[Sitting, Timed]] | None:
        """The model's times for these beside all others; None when not even what must stay was found one."""
        floor = self.floor(left[0].place)
        taking_part = [*left, *(one.seat for one in near)]
        sittings = tuple(self._weighed(seat) for seat in taking_part)
        opens, closes = min(s.opens_second for s in sittings), max(s.closes_second for s in sittings)
        for one in near:
            self._withdraw(one)
        held = [hold for station in floor.counts for hold in floor.holds(station, opens, closes)]
        for one in near:
            floor.take(holds_of(one.sitting, one.timed))
        known = {len(left) + number: one.timed for number, one in enumerate(near)}
        found = time_blocks(sittings, floor.counts, self.effort(), held=held, known=known)
        return None if found is None else dict(zip(taking_part, zip(sittings, found, strict=True), strict=True))

    def _agree(self, near: Sequence[Booked], found: Mapping[Seat, tuple[Sitting, Timed]]) -> None:
        """Book these times instead of those that some had; whoever has to give something up is wanting."""
        for one in near:
            self._drop(one)
        for seat, (sitting, timed) in found.items():
            one = Booked(seat, sitting, timed)
            if timed.complete:
                self._enter(one)
            else:
                self.wanting[seat.member, seat.session.slot] = one
                self.floor(seat.place).take(holds_of(sitting, timed))

    def _weighed(self, seat: Seat) -> Sitting:
        """A session with the weights of its blocks and of its seconds."""
        sitting, weight = self.sitting(seat), self.weigh(seat.member)
        if weight is None:
            return sitting
        return replace(
            sitting,
            weights=tuple(SET_SECONDS * weight * sum(e.sets for e in block.entries) for block in sitting.blocks),
            second_weight=weight,
        )

    # what is held

    def _enter(self, one: Booked) -> None:
        self.booked[one.seat.member][one.seat.session.slot] = one
        self.floor(one.seat.place).take(holds_of(one.sitting, one.timed))

    def _drop(self, one: Booked) -> None:
        del self.booked[one.seat.member][one.seat.session.slot]
        self._withdraw(one)

    def _withdraw(self, one: Booked) -> None:
        self.floor(one.seat.place).give_back(holds_of(one.sitting, one.timed))


def _overlap(one: Seat, other: Seat) -> bool:
    return (
        one.place == other.place and one.opens_second < other.closes_second and other.opens_second < one.closes_second
    )


def _without_stations(sitting: Sitting) -> Timed:
    """Everything that needs a station given up."""
    ways = tuple(next((way for way in block.ways if not way.demand), None) for block in sitting.blocks)
    return Timed((sitting.opens_second,) * len(ways), ways)


def _order(seat: Seat) -> tuple[int, str]:
    return seat.opens_second, seat.member


def _as_before(seat: Seat, sitting: Sitting, session: TimedSession) -> Timed | None:
    """The times that a session had, for its blocks; None where they are not all there."""
    before = {timed.entry: timed for timed in session.entries}
    starts, ways = [], []
    for block in sitting.blocks:
        if not before.keys() >= set(block.entries):
            return None
        was = [before[entry] for entry in block.entries]
        stations = [timed.stations for timed in was]
        way = next((w for w in block.ways if [own.stations for own in w.ways] == stations), None)
        if way is None or was[0].end_second - was[0].start_second != block.seconds:
            return None
        starts.append(seat.opens_second + was[0].start_second)
        ways.append(way)
    return Timed(tuple(starts), tuple(ways))
