"""What members are asked for, and what no week of theirs exceeds, against the list of all weeks of tiny problems."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from solver.domain.metrics import seconds_of_session
from solver.domain.outcome import NoneWithin, Solved
from solver.domain.pricing import entry_price
from solver.domain.problem import SolveBudget
from solver.gym.alike import alike, as_done_by
from solver.gym.bound import score_bound
from solver.gym.conditions import BegunBetween
from solver.pipeline import optimise_within
from solver.verifier import verify
from tests.solver.gym.tiny_gyms import tight_problem, weeks

if TYPE_CHECKING:
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem

BUDGET = SolveBudget(time_limit_seconds=600, workers=1, seed=1, deterministic_seconds=1)
DAY = 24 * 60


def _meets(problem: Problem, plan: Plan, asked: BegunBetween) -> bool:
    """Whether the exercises begin in time in their slot, everything of their own part of the session after them."""
    session = next((s for s in plan.sessions if s.slot == asked.slot), None)
    if session is None or all(entry.exercise not in asked.exercises for entry in session.entries):
        return True
    entries = [(problem.exercise_by_id[entry.exercise], entry.sets) for entry in session.entries]
    before = sum(
        entry_price(e).seconds(sets) + problem.rules.changeover_seconds
        for e, sets in entries
        if e.session_slot < asked.part
    )
    later = seconds_of_session(problem, session) - problem.rules.warmup_seconds - before
    begun = before + problem.rules.warmup_seconds
    return asked.soonest + later <= problem.slot_by_id[asked.slot].limit_seconds and begun <= asked.latest


@pytest.mark.parametrize("seed", [13, 30])
def test_the_best_week_that_begins_something_in_time_is_that_of_the_list(seed: int) -> None:
    """For everything that the best week does, as if its station were free from then on, or only until then."""
    problem, listed = tight_problem(seed), weeks(seed)
    worse = 0
    session = listed[0][1].sessions[-1]
    limit = problem.slot_by_id[session.slot].limit_seconds
    for entry in session.entries:
        part = problem.exercise_by_id[entry.exercise].session_slot
        for soonest, latest in ((limit - 600, limit), (0, problem.rules.warmup_seconds + 30)):
            asked = BegunBetween(session.slot, frozenset({entry.exercise}), part, soonest, latest)
            best = next((score for score, plan in listed if _meets(problem, plan, asked)), None)
            found = optimise_within(problem, BUDGET, conditions=[asked])
            assert isinstance(found, NoneWithin if best is None else Solved)
            if isinstance(found, Solved):
                assert _meets(problem, found.plan, asked)
                assert found.score.value == pytest.approx(best)
            worse += best is None or best < listed[0][0]
    assert worse > 0


def test_no_week_scores_above_its_bound_and_the_bound_says_something() -> None:
    bounds = {seed: score_bound(tight_problem(seed), 60) for seed in (5, 13, 29, 30)}
    assert all(weeks(seed)[0][0] <= bound + 1e-6 for seed, bound in bounds.items())
    assert min(bounds.values()) < 100


def test_requests_are_alike_whenever_in_the_week_they_begin() -> None:
    problem = replace(tight_problem(13), pinned_entries=())
    later = replace(
        problem, slots=tuple(replace(s, id=f"other {s.id}", start_minute=s.start_minute + 45) for s in problem.slots)
    )
    first, *_, last = problem.slots
    apart = replace(problem, slots=(*problem.slots[:-1], replace(last, start_minute=last.start_minute + 1)))
    longer = replace(problem, slots=(replace(first, limit_seconds=first.limit_seconds + 60), *problem.slots[1:]))
    asked = {"one": problem, "two": apart, "three": later, "four": longer}
    assert alike(asked.items()) == [("one", "three"), ("two",), ("four",)]
    plan = as_done_by(weeks(13)[0][1], problem, later)
    assert {session.slot for session in plan.sessions} <= {slot.id for slot in later.slots}
    assert not verify(later, plan)


def test_sessions_that_share_a_day_are_not_alike_to_ones_that_do_not() -> None:
    """Six hours apart on one day, and over midnight."""
    problem = replace(tight_problem(13), pinned_entries=())
    slots = [replace(s, id=str(n), start_minute=n * 6 * 60) for n, s in enumerate(problem.slots[:2])]
    by_day = replace(problem, slots=tuple(slots))
    by_night = replace(problem, slots=tuple(replace(s, start_minute=s.start_minute + DAY - 60) for s in slots))
    assert alike([("day", by_day), ("night", by_night)]) == [("day",), ("night",)]
