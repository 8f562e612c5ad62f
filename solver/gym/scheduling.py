"""Weeks for many members: everybody's own best week, times for all of them, repairs where there are too few stations.

A member's week is searched as ever, alone, and once for all whose requests are alike; only what it needs of stations is
shared. Rounds of repair ask those who find no time for a week that fits beside the others. When all weeks have their
times, whoever lost most is the first to get back what there is room for, and then whoever is furthest from his bound.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from solver.domain.outcome import InvalidPlanError, NoneWithin, Solved, Violation
from solver.domain.problem import SolveBudget
from solver.gym.alike import alike, as_done_by
from solver.gym.asking import Question, answer, one_by_one
from solver.gym.book import Book
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
from solver.gym.sharing import Sharing, conditions_of
from solver.gym.sittings import as_plan
from solver.gym.timing import Effort
from solver.gym.verifier import check_schedule
from solver.measured import MeasuredWeek
from solver.variants.conditions import LosingAtMost, shortfall_within
from solver.verifier import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from solver.conditions import Condition
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem
    from solver.gym.asking import Answer, Each
    from solver.gym.domain import GymProblem, Member
    from solver.gym.outcome import Reason
    from solver.gym.sharing import Caps

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
ASKED_AT_LEAST = 6
"""Of those who found no time half are asked at once, and no fewer: what one finds, the next should know of."""
IMPROVED_AT_ONCE = 6
"""Weeks that are searched for again side by side, each in the room that all others leave."""


@dataclass(frozen=True)
class GymBudget:
    """How long to look. `alone` and `again` bound one search of one week; what is timed takes `timing` deterministic
    seconds at most. After `time_limit_seconds` no more weeks are searched again: who has no times by then is left out.
    """

    time_limit_seconds: float = 60.0
    alone: SolveBudget = field(default_factory=lambda: SolveBudget(20.0, deterministic_seconds=0.4, workers=1))
    again: SolveBudget = field(default_factory=lambda: SolveBudget(20.0, deterministic_seconds=0.3, workers=1))
    timing: float = 0.5
    rounds: int = 100
    repaying: int = 1
    """Times that everybody who lost something is asked whether there is room for more by now."""
    gap: float = 0.01
    """How close to the bound is close enough, for all together: weeks are improved until then."""
    improving: int = 2
    """Times that everybody who is further from his bound than that is searched a better week for, ever longer."""


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
        self._book = Book(gym, self._effort, self._weigh)
        self._sharing = Sharing(gym, self._book)
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
        clash = self._opened(before) or self._repaired()
        if clash is not None:
            return clash
        for _ in range(self._budget.repaying):
            self._repay()
        for turn in range(self._budget.improving):
            self._improve(2**turn)
        return self._scheduled(alone_seconds)

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
        groups = alike((member.id, self._gym.problems[member.id]) for member in asked)
        self._search_alone(groups, old, self._budget.alone)
        late = [members for members in groups if self._unplaced.get(members[0]) == "timed_out"]
        if late and not self._over:
            self._search_alone(late, old, _longer(self._budget.alone, SECOND_LOOK))

    def _search_alone(self, groups: Sequence[tuple[str, ...]], old: Mapping[str, Plan], budget: SolveBudget) -> None:
        """One search for all whose requests are alike."""
        questions = [Question(self._gym.problems[m], budget, start=old.get(m), bounded=True) for m, *_ in groups]
        for members, found in zip(groups, self._ask(questions), strict=True):
            for member in members:
                if isinstance(found, Solved):
                    self._unplaced.pop(member, None)
                    plan = as_done_by(found.plan, self._gym.problems[members[0]], self._gym.problems[member])
                    self._plans[member], self._alone[member] = plan, _alone(found, plan)
                    self._scores[member] = found.score.value
                else:
                    self._unplaced[member] = "infeasible" if isinstance(found, NoneWithin) else "timed_out"

    def _keep(self, before: Scheduled | None) -> None:
        """Weeks of before that are right still, of members whose question is the same but for what is broken."""
        if before is None:
            return
        problems = {member.id: member.problem for member in before.gym.members}
        members = {member.id: member for member in self._gym.members}
        for week in before.weeks:
            member = members.get(week.member)
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

    def _opened(self, before: Scheduled | None) -> PinnedClash | None:
        """Times for what is pinned, then for what stood before, at its own times, then for everybody else."""
        clash = self._book.book(self._weeks_of(self._pinned))
        if clash is not None:
            return clash
        if before is not None:
            for member in self._standing:
                self._book.keep(member, self._standing[member], before.timetable.sessions.get(member, ()))
        self._book.fixed = frozenset(self._standing)
        return self._book.book(self._plans)

    def _weeks_of(self, members: Iterable[str]) -> dict[str, Plan]:
        return {member: self._plans[member] for member in members if member in self._plans}

    def _repaired(self) -> PinnedClash | None:
        """A time for every block, of all who are not left out."""
        while True:
            hurry = self._seconds >= HURRY * self._budget.time_limit_seconds
            asked = self._sharing.asked(hurry=hurry)
            if not asked:
                return None
            if self._over or self._rounds >= self._budget.rounds:
                self._leave_out(max(asked, key=lambda member: (self._kept(member), member)))
                changed = []
            else:
                self._rounds += 1
                first = sorted(asked, key=lambda member: (self._failures[member], member))
                changed = self._ask_for_less({m: asked[m] for m in first[: max(ASKED_AT_LEAST, len(first) // 2)]})
            clash = self._book.book(self._weeks_of(changed))
            if clash is not None:
                return clash

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

    def _ask_for_less(self, asked: Mapping[str, Caps]) -> list[str]:
        """Search these members weeks that need less; gives whose week is another one now."""
        members, changed = list(asked), []
        trial = {member: _tighter(self._caps.get(member, {}), asked[member]) for member in members}
        questions = [
            Question(
                self._gym.problems[member],
                self._budget.again,
                start=self._plans[member],
                attempts=self._attempts(member, trial[member]),
            )
            for member in members
        ]
        for member, found in zip(members, self._ask(questions), strict=True):
            if isinstance(found, Solved):
                self._caps[member] = trial[member]
                self._sharing.given(member, asked[member])
                self._take(member, found.plan, found.score.value)
                changed.append(member)
            else:
                # What was asked of him before may have been given by others since.
                self._failures[member] += 1
                self._caps.pop(member, None)
        stuck = [member for member in members if self._failures[member] > LAST_PATIENCE]
        if stuck:
            # One at a time: there may be room for the others then.
            self._leave_out(stuck[0])
            self._failures.clear()
        return changed

    def _take(self, member: str, plan: Plan, score: float) -> None:
        """Another week for a member; sessions that are in it as they were keep their times."""
        had = self._book.forget(member)
        same = set(plan.sessions)
        self._book.restore(member, {slot: one for slot, one in had.items() if one.seat.session in same})
        self._plans[member], self._scores[member] = plan, score

    def _attempts(self, member: str, caps: Caps) -> tuple[tuple[Condition, ...], ...]:
        """What is asked of a week, the most first: to keep out of full stations, not to lose much, to need less."""
        hard = conditions_of(caps)
        alone, problem = self._alone[member], self._gym.problems[member]
        fair = LosingAtMost(shortfall_within(problem, alone.shortfall, self._gym.most_lost))
        clear = (*hard, *self._room_for(member))
        attempts: list[tuple[Condition, ...]] = [(*clear, fair), (*hard, fair)]
        if self._failures[member] >= PATIENCE:
            attempts += [clear, hard]
        return tuple(attempts)

    def _room_for(self, member: str) -> tuple[Condition, ...]:
        """What the others leave a member of the stations."""
        with self._book.without(member):
            return self._sharing.room_for(member)

    def _leave_out(self, member: str) -> None:
        self._book.forget(member)
        del self._plans[member]
        self._unplaced[member] = "no_room"

    # what there is room for after all

    def _repay(self) -> None:
        """Everybody who lost something, the one who lost most first, gets his own week back if it finds its times.

        A week that was told before and could stay is left as it is.
        """
        losers = [m for m in self._open_to_change() if self._scores[m] < self._alone[m].score]
        for member in sorted(losers, key=self._kept):
            if self._over:
                return
            alone = self._alone[member]
            self._exchange(member, alone.plan, alone.score)

    def _improve(self, patience: int) -> None:
        """Better weeks in the room there is, the one who lost most first, then who is furthest from his bound."""
        budget = _longer(self._budget.again, patience)
        short = [m for m in self._open_to_change() if self._scores[m] < self._alone[m].bound]
        short.sort(key=lambda m: (self._kept(m) >= 1, self._kept(m), self._scores[m] - self._alone[m].bound, m))
        while short and not self._over and self._gap() > self._budget.gap:
            now, short = short[:IMPROVED_AT_ONCE], short[IMPROVED_AT_ONCE:]
            questions = [Question(self._gym.problems[m], budget, self._plans[m], (self._room_for(m),)) for m in now]
            for member, found in zip(now, self._ask(questions), strict=True):
                if isinstance(found, Solved) and found.score.value > self._scores[member]:
                    self._exchange(member, found.plan, found.score.value)

    def _open_to_change(self) -> list[str]:
        return [m for m, plan in self._plans.items() if m not in self._pinned and plan is not self._standing.get(m)]

    def _kept(self, member: str) -> float:
        """The share of the score alone that the member has."""
        alone = self._alone[member].score
        return self._scores[member] / alone if alone else 1.0

    def _gap(self) -> float:
        """How far all together are from their bounds."""
        bound = sum(self._alone[member].bound for member in self._plans)
        return 1 - sum(self._scores[member] for member in self._plans) / bound if bound else 0.0

    def _exchange(self, member: str, plan: Plan, score: float) -> bool:
        """Give a member another week, if it finds its times beside the others'."""
        had = self._book.forget(member)
        if self._book.add_week(member, plan):
            self._plans[member], self._scores[member] = plan, score
            return True
        self._book.restore(member, had)
        return False

    # the answer

    def _scheduled(self, alone_seconds: float) -> Scheduled:
        times = self._book.times()
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
        alone = self._alone[member]
        if measured.score > alone.score:
            # What is found in company could be had alone.
            minima, targets, _ = measured.tiers
            alone = Alone(plan, measured.score, max(alone.bound, measured.score), minima + targets, minima)
        return MemberWeek(member, plan, measured.score, measured.tiers[0], alone, pinned=member in self._pinned)


def _longer(budget: SolveBudget, times: int) -> SolveBudget:
    granted = budget.deterministic_seconds
    return replace(
        budget,
        time_limit_seconds=times * budget.time_limit_seconds,
        deterministic_seconds=None if granted is None else times * granted,
    )


def _alone(found: Solved, plan: Plan) -> Alone:
    minima, targets = (int(tier.value) for tier in found.tiers[:2])
    return Alone(plan, found.score.value, found.score.bound, minima + targets, minima)


def _tighter(caps: Caps, other: Caps) -> Caps:
    """Both together."""
    return {key: min(c[key] for c in (caps, other) if key in c) for key in {**caps, **other}}


def _has_no_more(problem: Problem, before: Problem) -> bool:
    """Whether nothing stands in any slot that did not before: what was best then is no worse than the best now."""
    return all(s.place.equipment <= before.slot_by_id[s.id].place.equipment for s in problem.slots)
