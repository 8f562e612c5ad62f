"""A schedule in the caller's words, checked once more as it is told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from service.gyms.answers import (
    AloneResponse,
    BookedClashResponse,
    CheckResponse,
    ClashSessionResponse,
    FairnessResponse,
    MovedBookingResponse,
    PlainEntryResponse,
    PlainSessionResponse,
    ScheduleAnswer,
    ScheduledEntryResponse,
    ScheduledMemberResponse,
    ScheduledSessionResponse,
    ScheduleScoreResponse,
    ScheduleStatsResponse,
    SlotUseResponse,
    StationUseResponse,
    UnplacedResponse,
)
from service.gyms.differences import differences, sets_of
from service.gyms.reading import plan_of, timetable_of
from service.gyms.weeks import kept_plan
from service.plans.clock import starts_at
from service.plans.mapping.resolved import clock_time
from service.plans.mapping.week import DAYS, first_weekday
from service.plans.phrases import counted
from solver.domain.outcome import InvalidPlanError, Violation
from solver.gym import check_schedule, station_use
from solver.version import solver_version

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from catalog.catalog import Catalog
    from service.gyms.answers import Change, Reason, WhyMoved
    from service.gyms.mapping import Asked
    from service.gyms.schemas import ScheduleRequest
    from service.plans.schemas import PlanResponse
    from service.studies.schemas import StudyResponse
    from solver.domain.plan import Plan
    from solver.gym import GymProblem, GymStats, MemberWeek, Moved, PinnedClash, Scheduled, TimedEntry, TimedSession

_REASONS: dict[Reason, str] = {
    "infeasible": "No week keeps every rule of this request, whoever else trains; this is proven.",
    "timed_out": "No week was found in the time.",
    "no_room": "No week was found that has room beside the others'; that there is none is not proven.",
}
_WHY_MOVED: dict[WhyMoved, str] = {
    "no_station": "with all that is booked there are too few stations for it then",
    "not_possible": "it cannot be done at those times and stations, whoever else trains",
}
NO_WEEKS = "Nobody has a week."


class Presenter:
    """The answer to one question. `weeks` are those that are to be kept, `stands` the ids of those that are kept and
    stand; `follows`: new week -> the kept one whose place it takes."""

    def __init__(
        self,
        study_id: str,
        request: ScheduleRequest,
        asked: Asked,
        earlier: StudyResponse[ScheduleAnswer] | None,
        catalog: Catalog,
    ) -> None:
        self._id, self._request, self._asked, self._catalog = study_id, request, asked, catalog
        self._earlier = earlier
        before = [] if earlier is None or earlier.answer is None else earlier.answer.members
        self._before = {one.member: one for one in before}
        self.weeks: list[PlanResponse] = []
        self.stands: list[str] = []
        self.follows: dict[str, str] = {}

    @property
    def void(self) -> dict[str, list[str]]:
        """The plans of before of members who have no week now, with their slots."""
        placed = {*self.stands, *self.follows.values()}
        plans = [one for one in self._before.values() if one.plan not in placed]
        return {one.plan: [session.slot for session in one.sessions] for one in plans}

    def scheduled(self, found: Scheduled, *, stopped_by_clock: bool) -> ScheduleAnswer:
        """Weeks and their times. Raises InvalidPlanError when what is told is not right."""
        members = [self._member(week, found.timetable.sessions.get(week.member, ())) for week in found.weeks]
        unplaced = [self._unplaced(one.member, one.reason) for one in found.unplaced]
        fairness = self._fairness(members)
        said = NO_WEEKS
        if members:
            sum_, most = found.score / found.alone if found.alone else 1.0, fairness.most_percent
            loses = f"more than {most:g} %" if most else "anything"
            said = (
                f"Weeks for {len(members)} of {counted(len(members) + len(unplaced), 'member')}, together at "
                f"{100 * sum_:.2f} % of what they come to each alone; nobody loses {loses}."
            )
        return ScheduleAnswer(
            statement=said,
            score=ScheduleScoreResponse(value=found.score, bound=found.bound, gap=found.gap, alone=found.alone),
            fairness=fairness,
            members=members,
            unplaced=unplaced,
            slots=self._slots(members),
            moved=[_moved(one) for one in found.moved],
            stations=self._stations(members),
            check=self._checked(found.gym, members, {(one.member, one.slot) for one in found.moved}),
            diff=self._diff(members, unplaced),
            clash=None,
            solver=self._stats(found.stats, stopped_by_clock=stopped_by_clock),
        )

    def clashed(self, clash: PinnedClash, stats: GymStats) -> ScheduleAnswer:
        """No schedule, for the sake of booked weeks."""
        sessions = [ClashSessionResponse(member=member, slot=slot) for member, slot in clash.sessions]
        said = f"No times were found at '{clash.place}' in which all booked sessions stand; that is no proof."
        return ScheduleAnswer(
            statement=said,
            score=ScheduleScoreResponse(value=0.0, bound=0.0, gap=0.0, alone=0.0),
            fairness=self._fairness([]),
            members=[],
            unplaced=[],
            slots=self._slots([]),
            moved=[],
            stations=self._stations([]),
            check=self._checked(self._asked.gym, [], ()),
            diff=None,
            clash=BookedClashResponse(place=clash.place, sessions=sessions),
            solver=self._stats(stats, stopped_by_clock=False),
        )

    def _member(self, week: MemberWeek, times: Sequence[TimedSession]) -> ScheduledMemberResponse:
        sessions = [self._session(week.member, timed) for timed in times]
        known = self._before.get(week.member)
        change: Change = "new"
        if known is not None:
            same = sets_of(plan_of(known.sessions)) == sets_of(week.plan)
            change = "kept" if known.sessions == sessions else "times" if same else "changed"
        if known is not None and change == "kept":
            plan = known.plan
            self.stands.append(plan)
        else:
            kept = self._kept(week, times)
            plan = kept.id
            self.weeks.append(kept)
            if known is not None:
                self.follows[plan] = known.plan
        return ScheduledMemberResponse(
            member=week.member,
            plan=plan,
            change=change,
            booked=week.pinned,
            score=week.score,
            minima=week.minima,
            lost_percent=_percent(week.lost),
            alone=AloneResponse(
                score=week.alone.score,
                bound=week.alone.bound,
                minima=week.alone.minima,
                shortfall=week.alone.shortfall,
                sessions=None if sets_of(week.alone.plan) == sets_of(week.plan) else _plain(week.alone.plan),
            ),
            sessions=sessions,
        )

    def _kept(self, week: MemberWeek, times: Sequence[TimedSession]) -> PlanResponse:
        return kept_plan(
            week,
            self._asked.requests[week.member],
            self._asked.gym.problems[week.member],
            times,
            self._catalog,
            seed=self._request.solve.seed,
            note=f"The times and stations are those of '{week.member}' in schedule {self._id}.",
        )

    def _session(self, member: str, timed: TimedSession) -> ScheduledSessionResponse:
        slot, week = self._asked.gym.problems[member].slot_by_id[timed.slot], self._request.gym.week
        return ScheduledSessionResponse(
            slot=slot.id,
            day=DAYS[(first_weekday(week.starts_on) + slot.day) % 7],
            start=clock_time(slot.start_minute),
            starts_at=starts_at(week.starts_on, week.timezone, slot.start_minute),
            place=slot.place.id,
            entries=[_entry(entry) for entry in timed.entries],
        )

    def _unplaced(self, member: str, reason: Reason) -> UnplacedResponse:
        request = self._asked.requests[member].model_dump(mode="json", exclude_unset=True)
        return UnplacedResponse(member=member, reason=reason, statement=_REASONS[reason], request=request)

    def _fairness(self, members: Sequence[ScheduledMemberResponse]) -> FairnessResponse:
        allowed = float(self._request.gym.most_lost_percent)
        losses = sorted((one.lost_percent for one in members), reverse=True)
        most, above = max(losses, default=0.0), sum(loss > allowed for loss in losses)
        said = f"Nobody should lose more than {allowed:g} % against training alone; " + (
            f"{counted(above, 'member')} {'does' if above == 1 else 'do'}, {most:g} % at most."
            if above
            else f"nobody does, {most:g} % is the most."
        )
        return FairnessResponse(
            allowed_percent=allowed, most_percent=most, keeps=not above, losses_percent=losses, statement=said
        )

    def _stations(self, members: Sequence[ScheduledMemberResponse]) -> list[StationUseResponse]:
        gym = self._asked.gym
        steps = _steps(gym, members)
        return [
            StationUseResponse(
                place=use.place,
                station=use.station,
                count=use.count,
                peak=use.peak,
                full_seconds=use.full_seconds if use.count else 0,
                levels=list(_levels(steps.get((use.place, use.station), Counter()))),
            )
            for use in station_use(gym, timetable_of(members))
        ]

    def _slots(self, members: Sequence[ScheduledMemberResponse]) -> list[SlotUseResponse]:
        left = self._asked.gym.places_left
        found = []
        for slot in self._request.gym.week.slots:
            here = [one.booked for one in members if any(session.slot == slot.id for session in one.sessions)]
            booked = sum(here)
            others = len(here) - booked
            found.append(
                SlotUseResponse(
                    slot=slot.id,
                    capacity=slot.capacity,
                    remaining=slot.remaining,
                    booked=booked,
                    others=others,
                    left=left[slot.id] - others if slot.id in left else None,
                )
            )
        return found

    def _checked(
        self, gym: GymProblem, members: Sequence[ScheduledMemberResponse], moved: Collection[tuple[str, str]]
    ) -> CheckResponse:
        """What is told, read back and judged: neither what was searched nor how it was told is trusted."""
        plans = {one.member: plan_of(one.sessions) for one in members}
        faults = check_schedule(gym, plans, timetable_of(members), moved)
        if faults:
            raise InvalidPlanError(tuple(Violation(f.rule, f.subject, f"{f.member}: {f.statement}") for f in faults))
        moments = sum(len(changes) for changes in _steps(gym, members).values())
        sessions = sum(len(one.sessions) for one in members)
        said = (
            f"At none of the {moments} moments at which a station is taken or given back are more held than there are; "
            f"{counted(sessions, 'session')} and all rules of {counted(len(members), 'member')} were checked."
        )
        limited = len(gym.places_left)
        if limited:
            said += (
                f" {counted(limited, 'slot')} with a limit {'has' if limited == 1 else 'have'} no more members "
                "who are not booked than places left for them."
            )
        as_told = sum(len(member.told) for member in gym.members if member.id in plans) - len(moved)
        if as_told:
            said += f" {counted(as_told, 'booked session')} begin{'s' * (as_told == 1)} everything as it was told."
        return CheckResponse(
            holds=True, moments=moments, sessions=sessions, slots=limited, as_told=as_told, statement=said
        )

    def _diff(self, members: Sequence[ScheduledMemberResponse], unplaced: Sequence[UnplacedResponse]) -> Any:
        if self._earlier is None:
            return None
        return differences(self._earlier.id, self._before, members, [one.member for one in unplaced])

    def _stats(self, stats: GymStats, *, stopped_by_clock: bool) -> ScheduleStatsResponse:
        return ScheduleStatsResponse(
            version=solver_version(),
            seconds=stats.seconds,
            alone_seconds=stats.alone_seconds,
            rounds=stats.rounds,
            searches=stats.solves,
            stopped_by_clock=stopped_by_clock,
            workers=self._request.solve.workers,
            seed=self._request.solve.seed,
        )


def _entry(timed: TimedEntry) -> ScheduledEntryResponse:
    entry = timed.entry
    return ScheduledEntryResponse(
        exercise=entry.exercise,
        sets=entry.sets,
        equipment=list(entry.equipment),
        superset=entry.superset,
        start_second=timed.start_second,
        end_second=timed.end_second,
        stations=list(timed.stations),
    )


def _moved(one: Moved) -> MovedBookingResponse:
    said = f"'{one.slot}' of '{one.member}' does not keep the times that were told: {_WHY_MOVED[one.reason]}."
    return MovedBookingResponse(member=one.member, slot=one.slot, reason=one.reason, statement=said)


def _plain(plan: Plan) -> list[PlainSessionResponse]:
    return [
        PlainSessionResponse(
            slot=session.slot,
            entries=[
                PlainEntryResponse(exercise=e.exercise, sets=e.sets, equipment=list(e.equipment), superset=e.superset)
                for e in session.entries
            ],
        )
        for session in plan.sessions
    ]


def _percent(share: float) -> float:
    return round(100 * share, 4)


Steps = dict[tuple[str, str], Counter[int]]
"""Place and station -> second of the week -> by how much more are held from then on; 0 where one follows another."""


def _steps(gym: GymProblem, members: Sequence[ScheduledMemberResponse]) -> Steps:
    found: Steps = {}
    for one in members:
        for session in one.sessions:
            begins = gym.problems[one.member].slot_by_id[session.slot].start_minute * 60
            for entry in session.entries:
                for station in entry.stations:
                    changes = found.setdefault((session.place, station), Counter())
                    changes[begins + entry.start_second] += 1
                    changes[begins + entry.end_second] -= 1
    return found


def _levels(changes: Counter[int]) -> Iterator[list[int]]:
    held = 0
    for second, change in sorted(changes.items()):
        if change:
            held += change
            yield [second, held]
