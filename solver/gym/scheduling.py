"""Weeks for many members: everybody's own best week, times for all of them, repairs where there are too few stations.

A member's week is searched as ever, alone, and once for all whose requests are alike; only what it needs of stations is
shared. Rounds of repair ask those who find no time for a week that fits beside the others. When all weeks have their
times, whoever lost most is the first to get back what there is room for, and then whoever is furthest from his bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import InvalidPlanError, Violation
from solver.gym.asking import one_by_one
from solver.gym.book import Book
from solver.gym.domain import Timetable
from solver.gym.opening import fill
from solver.gym.outcome import Alone, GymStats, MemberWeek, PinnedClash, Scheduled, Unplaced
from solver.gym.repairing import Repairs
from solver.gym.returning import Returns
from solver.gym.roster import GymBudget, Roster
from solver.gym.sharing import Sharing
from solver.gym.sittings import as_plan
from solver.gym.told import Bookings, with_times_of
from solver.gym.verifier import check_schedule
from solver.measured import MeasuredWeek

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.domain.plan import Plan
    from solver.gym.asking import Each
    from solver.gym.domain import GymProblem


def schedule(
    gym: GymProblem,
    budget: GymBudget,
    *,
    before: Scheduled | None = None,
    each: Each = one_by_one,
    is_cancelled: Callable[[], bool] | None = None,
) -> Scheduled | PinnedClash:
    """Weeks with times for the members of a gym, verified; who finds no room is named.

    `before`: a schedule of the gym as it was. Whoever is in it keeps his week and his times as long as they are right
    and there is room for them; a new member, or a machine less, changes the weeks that have to. Who is pinned keeps the
    times that he was told, or had in it, as long as there are times for all who are pinned; `moved` names the others.
    `each`: how weeks that do not depend on each other are searched, by default one by one. Raises BrokenPinError for a
    pinned week that breaks its member's rules, and InvalidPlanError when the verifier rejects what was made: a fault of
    ours, never an answer.
    """
    gym = with_times_of(gym, before)
    roster = Roster(gym, budget, each, is_cancelled or (lambda: False))
    book = Book(gym, roster.effort, roster.weigh)
    sharing = Sharing(gym, book)
    repairs = Repairs(roster, book, sharing)
    fill(roster, before)
    alone_seconds = roster.seconds
    bookings = Bookings(gym, book, roster.weeks_of(sorted(roster.pinned)))
    clash = bookings.enter() or _open(roster, book, before) or repairs.run()
    if clash is not None:
        return clash
    Returns(roster, book, sharing, repairs).run()
    stats = GymStats(round(roster.seconds, 3), round(alone_seconds, 3), repairs.rounds, roster.solves)
    return _scheduled(roster, book, bookings, stats)


def _open(roster: Roster, book: Book, before: Scheduled | None) -> PinnedClash | None:
    """Times for what stood before, at its own times, then for everybody else; those who are pinned have theirs."""
    if before is not None:
        for member, plan in roster.standing.items():
            book.keep(member, plan, before.timetable.sessions.get(member, ()))
    book.fixed = frozenset(roster.standing)
    return book.book(roster.plans)


def _scheduled(roster: Roster, book: Book, bookings: Bookings, stats: GymStats) -> Scheduled:
    gym, times = roster.gym, book.times()
    plans = {member: as_plan(plan, times.get(member, ())) for member, plan in roster.plans.items()}
    timetable = Timetable(times)
    moved = bookings.moved(timetable)
    faults = check_schedule(gym, plans, timetable, {(one.member, one.slot) for one in moved})
    if faults:
        raise InvalidPlanError(tuple(Violation(f.rule, f.subject, f"{f.member}: {f.statement}") for f in faults))
    unplaced = tuple(Unplaced(m.id, roster.unplaced[m.id]) for m in gym.members if m.id in roster.unplaced)
    weeks = tuple(_week(roster, m.id, plans[m.id]) for m in gym.members if m.id in plans)
    return Scheduled(gym=gym, weeks=weeks, timetable=timetable, unplaced=unplaced, stats=stats, moved=moved)


def _week(roster: Roster, member: str, plan: Plan) -> MemberWeek:
    measured, alone = MeasuredWeek(roster.gym.problems[member], plan), roster.alone[member]
    if measured.score > alone.score:
        # What is found in company could be had alone.
        minima, targets, _ = measured.tiers
        alone = Alone(plan, measured.score, max(alone.bound, measured.score), minima + targets, minima)
    return MemberWeek(member, plan, measured.score, measured.tiers[0], alone, pinned=member in roster.pinned)
