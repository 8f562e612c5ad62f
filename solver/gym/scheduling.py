"""Weeks for many members: everybody's own best week, times for all of them, repairs where there are too few stations.

A member's week is searched as ever, alone; only what it needs of the stations is shared. Rounds of repair time all
weeks together, give up as little as can be where not everything finds a time, and ask those who gave something up for a
week that does without. When all weeks have their times, whoever lost most is the first to get back what there is room
for.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from solver.domain.outcome import InvalidPlanError, NoneWithin, Solved, Violation
from solver.domain.problem import SolveBudget
from solver.gym.asking import Question, answer, one_by_one
from solver.gym.booking import Clock, Sharing, conditions_of, times_of
from solver.gym.domain import Timetable
from solver.gym.outcome import (
    Alone,
    BrokenPinError,
    GymStats,
    MemberWeek,
    PinnedClash,
    Scheduled,
    Unplaced,
)
from solver.gym.sittings import as_plan
from solver.gym.timing import Effort
from solver.gym.verifier import check_schedule
from solver.measured import MeasuredWeek
from solver.variants.conditions import LosingAtMost, shortfall_within
from solver.verifier import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from solver.conditions import Condition
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem
    from solver.gym.asking import Answer, Each
    from solver.gym.booking import Caps, Room
    from solver.gym.domain import GymProblem, Member
    from solver.gym.outcome import Reason

LOSS_WEIGHT = 20
"""How much more a member's time weighs who has lost all that anybody may lose."""
INSISTING = 8
"""So many times more it weighs with every week that could not be found without them."""
STANDING_WEIGHT = 20
"""And so many times more where the week was told to its member before."""
SECOND_LOOK = 3
"""So many times the time of the first for a week alone that was not found, as on a busy machine."""
HURRY = 0.5
"""From this share of the time on, members are asked for all that found no time at once."""
PATIENCE = 2
"""Weeks not found within the loss allowed, before any week will do."""
LAST_PATIENCE = 5
"""Weeks not found at all, before the member is left out."""


@dataclass(frozen=True)
class GymBudget:
    """How long to look. `alone` and `again` bound one search of one week; what is timed takes `timing` deterministic
    seconds at most. After `time_limit_seconds` no more weeks are searched again: who has no times by then is left out.
    """

    time_limit_seconds: float = 60.0
    alone: SolveBudget = field(default_factory=lambda: SolveBudget(20.0, deterministic_seconds=1.0))
    again: SolveBudget = field(default_factory=lambda: SolveBudget(10.0, deterministic_seconds=0.4))
    timing: float = 2.0
    rounds: int = 30
    repaying: int = 1
    """Times that everybody who lost something is asked whether there is room for more by now."""


def schedule(
    gym: GymProblem,
    budget: GymBudget,
    *,
    before: Scheduled | None = None,
    each: Each = one_by_one,
    is_cancelled: Callable[[], bool] | None = None,
) -> Scheduled | PinnedClash:
    """Weeks with times for the members of a gym, verified; who finds no room is named.

    `before`: a schedule of the gym as it was. Whoever is in it keeps his week as long as it is right and there is room
    for it; a new member, or a machine less, changes the weeks that have to. `each`: how weeks that do not depend on
    each other are searched, by default one by one. Raises BrokenPinError for a pinned week that breaks its member's
    rules, and InvalidPlanError when the verifier rejects what was made: a fault of ours, never an answer.
    """
    return _Scheduling(gym, budget, each, is_cancelled or (lambda: False)).run(before)


class _Scheduling:
    def __init__(self, gym: GymProblem, budget: GymBudget, each: Each, is_cancelled: Callable[[], bool]) -> None:
        self._gym, self._budget, self._each, self._is_cancelled = gym, budget, each, is_cancelled
        self._started = time.perf_counter()
        self._clock, self._sharing = Clock(gym, self._effort), Sharing(gym)
        self._alone: dict[str, Alone] = {}
        self._plans: dict[str, Plan] = {}
        self._scores: dict[str, float] = {}
        self._unplaced: dict[str, Reason] = {}
        self._caps: dict[str, Caps] = {}
        self._failures: Counter[str] = Counter()
        self._pinned = {member.id for member in gym.members if member.pinned is not None}
        self._standing: dict[str, Plan] = {}
        """Weeks that were told to their members before."""
        self._rounds = self._solves = 0

    @property
    def _seconds(self) -> float:
        return time.perf_counter() - self._started

    @property
    def _over(self) -> bool:
        return self._seconds >= self._budget.time_limit_seconds or self._is_cancelled()

    def _effort(self) -> Effort:
        again = self._budget.again
        return Effort(self._budget.timing, max(5.0, self._budget.time_limit_seconds), again.workers, again.seed)

    def run(self, before: Scheduled | None) -> Scheduled | PinnedClash:
        self._begin(before)
        alone_seconds = self._seconds
        rooms = self._repaired()
        if isinstance(rooms, PinnedClash):
            return rooms
        for _ in range(self._budget.repaying):
            rooms = self._repaid(rooms)
        return self._scheduled(rooms, alone_seconds)

    # everybody alone

    def _begin(self, before: Scheduled | None) -> None:
        self._keep(before)
        asked: list[Member] = []
        for member in self._gym.members:
            if member.pinned is not None:
                self._take_pinned(member, member.pinned)
            elif member.id not in self._plans:
                asked.append(member)
        old = {} if before is None else {week.member: week.plan for week in before.weeks}
        self._search_alone(asked, old, self._budget.alone)
        late = [member for member in asked if self._unplaced.get(member.id) == "timed_out"]
        if late and not self._over:
            self._search_alone(late, old, _longer(self._budget.alone))

    def _search_alone(self, asked: Sequence[Member], old: Mapping[str, Plan], budget: SolveBudget) -> None:
        questions = [Question(self._gym.problems[m.id], budget, start=old.get(m.id)) for m in asked]
        for member, found in zip(asked, self._ask(questions), strict=True):
            if isinstance(found, Solved):
                self._unplaced.pop(member.id, None)
                self._plans[member.id] = found.plan
                self._alone[member.id] = _alone(found)
                self._scores[member.id] = found.score.value
            else:
                self._unplaced[member.id] = "infeasible" if isinstance(found, NoneWithin) else "timed_out"

    def _keep(self, before: Scheduled | None) -> None:
        """Weeks of before that are right still, of members whose question is the same but for what is broken."""
        if before is None:
            return
        problems = {member.id: member.problem for member in before.gym.members}
        for week in before.weeks:
            member = next((m for m in self._gym.members if m.id == week.member), None)
            if member is None or member.pinned is not None or problems[week.member] != member.problem:
                continue
            problem = self._gym.problems[member.id]
            if _has_no_more(problem, before.gym.problems[member.id]) and not verify(problem, week.plan):
                self._plans[member.id], self._alone[member.id] = week.plan, week.alone
                self._scores[member.id] = week.score
                self._standing[member.id] = week.plan

    def _take_pinned(self, member: Member, plan: Plan) -> None:
        problem = self._gym.problems[member.id]
        broken = verify(problem, plan)
        if broken:
            raise BrokenPinError(member.id, tuple(violation.statement for violation in broken))
        week = MeasuredWeek(problem, plan)
        minima, targets, _ = week.tiers
        self._plans[member.id], self._scores[member.id] = plan, week.score
        self._alone[member.id] = Alone(plan, week.score, week.score, minima + targets, minima)

    def _ask(self, questions: Sequence[Question]) -> list[Answer]:
        self._solves += len(questions)
        return list(self._each(answer, questions))

    # repairs

    def _repaired(self) -> list[Room] | PinnedClash:
        """Rooms with a time for every block, of all who are not left out."""
        while True:
            rooms = self._clock.rooms(self._plans, self._weigh)
            if isinstance(rooms, PinnedClash):
                return rooms
            hurry = self._seconds >= HURRY * self._budget.time_limit_seconds
            asked: dict[str, Caps] = {}
            for room in rooms:
                for member, caps in self._sharing.asked(room, hurry=hurry).items():
                    asked.setdefault(member, {}).update(caps)
            if not asked:
                return rooms
            if self._over or self._rounds >= self._budget.rounds:
                self._leave_out(asked)
            else:
                self._rounds += 1
                self._ask_for_less(asked, rooms)

    def _weigh(self, member: str) -> int | None:
        """What giving up a second costs its member: the more, the more he has lost."""
        if member in self._pinned:
            return None
        alone, allowed = self._alone[member].score, float(self._gym.most_lost)
        lost = 1 - self._scores[member] / alone if alone else 0.0
        share = min(1.0, lost / allowed) if allowed else float(lost > 0)
        weight = 1 + round(LOSS_WEIGHT * max(0.0, share))
        weight *= STANDING_WEIGHT if member in self._standing else 1
        return weight * INSISTING ** min(self._failures[member], LAST_PATIENCE)  # type: ignore[no-any-return]

    def _ask_for_less(self, asked: Mapping[str, Caps], rooms: Sequence[Room]) -> None:
        members = sorted(asked)
        trial = {member: _tighter(self._caps.get(member, {}), asked[member]) for member in members}
        questions = [
            Question(
                self._gym.problems[member],
                self._budget.again,
                start=self._plans[member],
                attempts=self._attempts(member, trial[member], rooms),
            )
            for member in members
        ]
        for member, found in zip(members, self._ask(questions), strict=True):
            if isinstance(found, Solved):
                self._caps[member] = trial[member]
                self._sharing.given(member, asked[member])
                self._plans[member], self._scores[member] = found.plan, found.score.value
            else:
                self._failures[member] += 1
        stuck = [member for member in members if self._failures[member] > LAST_PATIENCE]
        if stuck:
            # One at a time: there may be room for the others then.
            self._leave_out(stuck[:1])
            self._failures.clear()

    def _attempts(self, member: str, caps: Caps, rooms: Sequence[Room]) -> tuple[tuple[Condition, ...], ...]:
        """What is asked of a week, the most first: to keep out of full stations, not to lose much, to need less."""
        hard = conditions_of(caps)
        alone, problem = self._alone[member], self._gym.problems[member]
        fair = LosingAtMost(shortfall_within(problem, alone.shortfall, self._gym.most_lost))
        clear = conditions_of(_tighter(self._sharing.room_for(member, rooms), caps))
        attempts: list[tuple[Condition, ...]] = [(*clear, fair), (*hard, fair)]
        if self._failures[member] >= PATIENCE:
            attempts += [clear, hard]
        return tuple(attempts)

    def _leave_out(self, members: Sequence[str] | Mapping[str, Caps]) -> None:
        for member in members:
            if member in self._plans:
                del self._plans[member]
                self._unplaced[member] = "no_room"

    # what there is room for after all

    def _repaid(self, rooms: list[Room]) -> list[Room]:
        """Everybody who lost something, the one who lost most first, gets a better week if it finds its times.

        A week that was told before and could stay is left as it is.
        """
        staying = {m for m, plan in self._plans.items() if m in self._pinned or plan is self._standing.get(m)}
        losers = [m for m in self._plans if m not in staying and self._scores[m] < self._alone[m].score]
        for member in sorted(losers, key=lambda m: (self._scores[m] / self._alone[m].score, m)):
            if self._over:
                break
            rooms = self._better(member, rooms)
        return rooms

    def _better(self, member: str, rooms: list[Room]) -> list[Room]:
        alone = self._alone[member]
        fitted = self._fitted(member, alone.plan, alone.score)
        if fitted is not None:
            return fitted
        conditions = conditions_of(self._sharing.room_for(member, rooms))
        question = Question(self._gym.problems[member], self._budget.again, self._plans[member], (conditions,))
        found = self._ask([question])[0]
        if isinstance(found, Solved) and found.score.value > self._scores[member]:
            return self._fitted(member, found.plan, found.score.value) or rooms
        return rooms

    def _fitted(self, member: str, plan: Plan, score: float) -> list[Room] | None:
        """All rooms once the member has this week, or None where it finds no times beside the others' weeks."""
        plans = {**self._plans, member: plan}
        changed = self._clock.rooms(plans, lambda _: None, only=member)
        if isinstance(changed, PinnedClash):
            return None
        found = self._clock.rooms(plans, lambda _: None)
        if isinstance(found, PinnedClash):
            return None
        self._plans, self._scores[member] = plans, score
        return found

    # the answer

    def _scheduled(self, rooms: Sequence[Room], alone_seconds: float) -> Scheduled:
        times = times_of(rooms)
        plans = {member: as_plan(plan, times.get(member, ())) for member, plan in self._plans.items()}
        timetable = Timetable(times)
        faults = check_schedule(self._gym, plans, timetable)
        if faults:
            raise InvalidPlanError(tuple(Violation(f.rule, f.subject, f"{f.member}: {f.statement}") for f in faults))
        return Scheduled(
            gym=self._gym,
            weeks=tuple(self._week(m.id, plans[m.id]) for m in self._gym.members if m.id in plans),
            timetable=timetable,
            unplaced=tuple(Unplaced(m.id, self._unplaced[m.id]) for m in self._gym.members if m.id in self._unplaced),
            stats=GymStats(round(self._seconds, 3), round(alone_seconds, 3), self._rounds, self._solves),
        )

    def _week(self, member: str, plan: Plan) -> MemberWeek:
        measured = MeasuredWeek(self._gym.problems[member], plan)
        return MemberWeek(
            member, plan, measured.score, measured.tiers[0], self._alone[member], pinned=member in self._pinned
        )


def _longer(budget: SolveBudget) -> SolveBudget:
    granted = budget.deterministic_seconds
    return replace(
        budget,
        time_limit_seconds=SECOND_LOOK * budget.time_limit_seconds,
        deterministic_seconds=None if granted is None else SECOND_LOOK * granted,
    )


def _alone(found: Solved) -> Alone:
    minima, targets = (int(tier.value) for tier in found.tiers[:2])
    return Alone(found.plan, found.score.value, found.score.bound, minima + targets, minima)


def _tighter(caps: Caps, other: Caps) -> Caps:
    """Both together."""
    return {key: min(c[key] for c in (caps, other) if key in c) for key in {**caps, **other}}


def _has_no_more(problem: Problem, before: Problem) -> bool:
    """Whether nothing stands in any slot that did not before: what was best then is no worse than the best now."""
    return all(s.place.equipment <= before.slot_by_id[s.id].place.equipment for s in problem.slots)
