"""From a gym with its members to what is searched for: everything that is wrong at once, or nothing left to guess."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING

from service.errors import Fault, RequestError, pointer
from service.gyms.booked import booked_faults, booked_plan, told_times
from service.gyms.fitting import gym_faults, places_left, resolved_stations, what_is_gone
from service.gyms.members import full_slots, member_faults, moved_pointer, whole_request
from service.plans.mapping import to_problem
from service.validation.parsing import MAX_FAULTS
from solver.domain.problem import SolveBudget
from solver.gym import GymBudget, GymProblem, Member
from solver.verifier import verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from catalog.catalog import Catalog
    from service.gyms.schemas import GymMemberRequest, GymRequest, ScheduleRequest, ScheduleSolveRequest
    from service.plans.schemas import PlanRequest
    from solver.domain.problem import Problem

AGAIN = 0.75
"""Effort of searching a week once more, as a share of that for the week alone."""


@dataclass(frozen=True)
class Asked:
    """A gym, resolved."""

    gym: GymProblem
    requests: Mapping[str, PlanRequest]
    """Every member's request as the gym stands, without what is broken: it stands for the problem that is solved."""
    budget: GymBudget


def resolved(request: ScheduleRequest, catalog: Catalog) -> Asked:
    """Resolve a request whose numbers are in range. Raises RequestError with everything else that is wrong."""
    faults = list(islice(_faults(request, catalog), MAX_FAULTS))
    if faults:
        raise RequestError(faults)
    gym = gym_problem(request, catalog)
    broken = list(islice(_broken_bookings(request, gym), MAX_FAULTS))
    if broken:
        raise RequestError(broken)
    gone = what_is_gone(request.gym)
    requests = {
        member.id: whole_request(request.gym, member, catalog, gone, full_slots(request.gym, member, gym.places_left))
        for member in request.members
    }
    return Asked(gym, requests, budget_of(request.solve))


def gym_problem(request: ScheduleRequest, catalog: Catalog, *, after: bool = False) -> GymProblem:
    """The gym of a request without faults. Booked weeks may break rules; `after`: they are no longer told."""
    left = places_left(request.gym, request.members)
    return GymProblem(
        stations=resolved_stations(request.gym),
        members=tuple(_member(request.gym, member, catalog, left, after=after) for member in request.members),
        # By the digits as they are written.
        most_lost=Fraction(str(request.gym.most_lost_percent)) / 100,
        places_left=left,
    )


def budget_of(solve: ScheduleSolveRequest) -> GymBudget:
    """Only deterministic time ends the search for a week, and the clock that for a schedule."""
    seconds, effort = float(solve.time_limit_seconds), float(solve.effort)
    alone = SolveBudget(seconds, workers=1, seed=solve.seed, deterministic_seconds=effort)
    return GymBudget(
        time_limit_seconds=seconds,
        alone=alone,
        again=replace(alone, deterministic_seconds=AGAIN * effort),
        gap=float(solve.gap),
    )


def faults_of_gym(gym: GymRequest, catalog: Catalog) -> list[Fault]:
    """What is wrong with a gym, in pointers into it."""
    return list(islice(gym_faults(gym, catalog), MAX_FAULTS))


def faults_of_member(gym: GymRequest, member: GymMemberRequest, catalog: Catalog) -> list[Fault]:
    """What is wrong with a member of a gym without faults, in pointers into the member."""
    found = list(islice(_member_faults(gym, member, catalog), MAX_FAULTS))
    if found or member.booked is None:
        return found
    problem = GymProblem(resolved_stations(gym), (_member(gym, member, catalog, {}),)).problems[member.id]
    return [fault for fault in [_broken(member, problem)] if fault is not None]


def _faults(request: ScheduleRequest, catalog: Catalog) -> Iterator[Fault]:
    of_gym = [_under(fault, "gym") for fault in gym_faults(request.gym, catalog)]
    yield from of_gym
    ids = [member.id for member in request.members]
    for index, member in enumerate(request.members):
        if member.id in ids[:index]:
            yield Fault(pointer("members", index, "id"), "duplicate", f"the id {member.id[:64]!r} is already taken")
        if not of_gym:
            for fault in _member_faults(request.gym, member, catalog):
                yield _under(fault, "members", index)


def _member_faults(gym: GymRequest, member: GymMemberRequest, catalog: Catalog) -> Iterator[Fault]:
    own = list(member_faults(gym, member))
    yield from own
    if own:
        return
    try:
        problem = to_problem(whole_request(gym, member, catalog), catalog)
    except RequestError as error:
        yield from (replace(fault, pointer=moved_pointer(gym, member, fault.pointer)) for fault in error.faults)
    else:
        yield from booked_faults(member, problem)


def _broken_bookings(request: ScheduleRequest, gym: GymProblem) -> Iterator[Fault]:
    for index, member in enumerate(request.members):
        fault = _broken(member, gym.problems[member.id])
        if fault is not None:
            yield _under(fault, "members", index)


def _broken(member: GymMemberRequest, problem: Problem) -> Fault | None:
    """What rules a booked week breaks, as the gym stands."""
    if member.booked is None:
        return None
    broken = verify(problem, booked_plan(member, problem))
    if not broken:
        return None
    said = " ".join(violation.statement for violation in broken)
    return Fault(pointer("booked"), "broken_pin", f"the booked week of '{member.id}' breaks its rules: {said}")


def _member(
    gym: GymRequest, member: GymMemberRequest, catalog: Catalog, left: Mapping[str, int], *, after: bool = False
) -> Member:
    problem = to_problem(whole_request(gym, member, catalog), catalog)
    if after or member.booked is None:
        # Who was booked had his places: no slot was full for him.
        full = full_slots(gym, member, left)
        still = to_problem(whole_request(gym, member, catalog, full=full), catalog) if full else None
        return Member(member.id, problem, open=still)
    return Member(member.id, problem, booked_plan(member, problem), told_times(member))


def _under(fault: Fault, *parts: str | int) -> Fault:
    return replace(fault, pointer=pointer(*parts) + fault.pointer)
