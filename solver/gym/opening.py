"""Everybody's week before anything is shared: pinned, told before, or the best one alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import NoneWithin, Solved
from solver.gym.alike import alike, as_done_by
from solver.gym.asking import Question
from solver.gym.bound import score_bound
from solver.gym.outcome import Alone, BrokenPinError
from solver.gym.roster import longer
from solver.measured import MeasuredWeek
from solver.verifier import verify

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from solver.domain.plan import Plan
    from solver.domain.problem import Problem, SolveBudget
    from solver.gym.domain import Member
    from solver.gym.outcome import Scheduled
    from solver.gym.roster import Roster

BEGUN_TOGETHER = 24
"""Searches that are begun without another look at the clock: enough to keep some threads busy."""
SECOND_LOOK = 3
"""So many times the time of the first for a week alone that was not found, as on a busy machine."""


def fill(roster: Roster, before: Scheduled | None) -> None:
    """Give every member a week and what it is measured by. Raises BrokenPinError."""
    if before is not None:
        _keep(roster, before)
    asked: list[str] = []
    for member in roster.gym.members:
        if member.pinned is not None:
            _take_pinned(roster, member, member.pinned)
        elif member.id not in roster.alone:
            asked.append(member.id)
    old = {} if before is None else {week.member: week.plan for week in before.weeks}
    groups = alike((member, roster.gym.problems[member]) for member in asked)
    _search_alone(roster, groups, old, roster.budget.alone)
    late = [members for members in groups if roster.unplaced.get(members[0]) == "timed_out"]
    if late and not roster.over:
        _search_alone(roster, late, old, longer(roster.budget.alone, SECOND_LOOK))
    for id_ in asked:
        if id_ in roster.standing:
            _stay(roster, id_, roster.standing[id_])


def _stay(roster: Roster, member: str, plan: Plan) -> None:
    """Have a member keep his week of before, whatever came of the search for a week alone."""
    week = MeasuredWeek(roster.gym.problems[member], plan)
    if member not in roster.alone:
        roster.unplaced.pop(member, None)
        minima, targets, _ = week.tiers
        bound = score_bound(roster.gym.problems[member], roster.budget.alone.time_limit_seconds)
        roster.alone[member] = Alone(plan, week.score, max(week.score, bound), minima + targets, minima)
    roster.take(member, plan, week.score)


def _search_alone(
    roster: Roster, groups: Sequence[tuple[str, ...]], old: Mapping[str, Plan], budget: SolveBudget
) -> None:
    """One search for all whose requests are alike. When time is up, those that have not begun are not begun."""
    for first in range(0, len(groups), BEGUN_TOGETHER):
        together = groups[first : first + BEGUN_TOGETHER]
        if first and roster.over:
            roster.unplaced.update((member, "timed_out") for members in groups[first:] for member in members)
            return
        _ask_alone(roster, together, old, budget)


def _ask_alone(roster: Roster, groups: Sequence[tuple[str, ...]], old: Mapping[str, Plan], budget: SolveBudget) -> None:
    problems = roster.gym.problems
    questions = [Question(problems[first], budget, start=old.get(first), bounded=True) for first, *_ in groups]
    for members, found in zip(groups, roster.ask(questions), strict=True):
        for member in members:
            if isinstance(found, Solved):
                roster.unplaced.pop(member, None)
                plan = as_done_by(found.plan, problems[members[0]], problems[member])
                minima, targets = (int(tier.value) for tier in found.tiers[:2])
                score = found.score
                roster.alone[member] = Alone(plan, score.value, score.bound, minima + targets, minima)
                roster.take(member, plan, score.value)
            else:
                roster.unplaced[member] = "infeasible" if isinstance(found, NoneWithin) else "timed_out"


def _keep(roster: Roster, before: Scheduled) -> None:
    """Weeks of before that are right still, of members whose question is the same but for what is broken."""
    problems = {member.id: member.problem for member in before.gym.members}
    members = {member.id: member for member in roster.gym.members}
    for week in before.weeks:
        member = members.get(week.member)
        if member is None or member.pinned is not None or problems[week.member] != member.problem:
            continue
        problem = roster.gym.problems[member.id]
        offered = all(session.slot in problem.slot_by_id for session in week.plan.sessions)
        if offered and _has_no_more(problem, before.gym.problems[member.id]) and not verify(problem, week.plan):
            if not week.pinned:
                # One that was pinned says nothing of what could be had.
                roster.alone[member.id] = week.alone
            roster.standing[member.id] = week.plan
            roster.take(member.id, week.plan, week.score)


def _has_no_more(problem: Problem, before: Problem) -> bool:
    """Whether there is no slot, and nothing in one, that was not there before: no week is better than the best then."""
    return all(
        slot.id in before.slot_by_id and slot.place.equipment <= before.slot_by_id[slot.id].place.equipment
        for slot in problem.slots
    )


def _take_pinned(roster: Roster, member: Member, plan: Plan) -> None:
    problem = roster.gym.problems[member.id]
    broken = verify(problem, plan)
    if broken:
        raise BrokenPinError(member.id, tuple(violation.statement for violation in broken))
    week = MeasuredWeek(problem, plan)
    minima, targets, _ = week.tiers
    roster.alone[member.id] = Alone(plan, week.score, week.score, minima + targets, minima)
    roster.take(member.id, plan, week.score)
