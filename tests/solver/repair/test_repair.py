"""Repairs of weeks as people follow them: valid, near, explained, and without a change that nothing asks for."""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from solver.domain.change import WeekEntry, distance, entries_of
from solver.domain.outcome import Infeasible, TimedOut
from solver.objective.distance import Distance
from solver.pipeline import optimise
from solver.repair import Repaired, RepairProgress, repair
from solver.repair.standing import StandingWeek, without_needless
from solver.repair.weeks import in_training_order
from solver.verifier import verify
from tests.golden.asking import budget, problem_of, solved
from tests.solver.repair.programmes import PROGRAMMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.domain.change import Change
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem

ENDLESS = budget(500)
PROVEN_SOON = sorted(PROGRAMMES.keys() - {"bro split", "push, pull, legs twice"})
"""Programmes whose nearest week is proven with one deterministic second."""


@cache
def answer(name: str) -> Repaired:
    programme = PROGRAMMES[name]
    outcome = repair(programme.problem(), programme.entries(), budget(1.0))
    assert isinstance(outcome, Repaired)
    return outcome


# Programmes


@pytest.mark.parametrize("name", PROGRAMMES)
def test_a_repaired_week_keeps_every_rule_in_the_same_slots(name: str) -> None:
    programme, outcome = PROGRAMMES[name], answer(name)
    assert verify(programme.problem(), outcome.plan) == ()
    assert all(line.holds for line in outcome.certificate)
    assert not all(line.holds for line in outcome.certificate_before)
    assert {session.slot for session in outcome.plan.sessions} <= {day[:3] for day in programme.days}
    assert outcome.distance == Distance.to(programme.entries()).measure(programme.problem(), outcome.plan)
    assert outcome.distance == distance(reasoned.change for reasoned in outcome.changes) > 0
    assert 0 < outcome.bound <= outcome.distance
    assert outcome.gap == pytest.approx((outcome.distance - outcome.bound) / outcome.distance, abs=1e-6)


@pytest.mark.parametrize("name", PROVEN_SOON)
def test_the_nearest_week_is_proven(name: str) -> None:
    assert answer(name).proven
    assert answer(name).gap == 0


def put_back(week: Sequence[WeekEntry], change: Change) -> list[WeekEntry]:
    """The week with one entry as it was before."""
    kept = [entry for entry in week if entry != change.after]
    return kept if change.before is None else [*kept, change.before]


@pytest.mark.parametrize("name", PROGRAMMES)
def test_undoing_any_single_change_breaks_the_rules_that_it_names(name: str) -> None:
    problem, outcome = PROGRAMMES[name].problem(), answer(name)
    for reasoned in outcome.changes:
        assert reasoned.needed
        if reasoned.change.kind in ("open", "close", "order"):
            continue
        without = in_training_order(problem, put_back(entries_of(outcome.plan), reasoned.change))
        assert {reason.rule for reason in reasoned.reasons} == {v.rule for v in verify(problem, without)}


@pytest.mark.parametrize("name", PROGRAMMES)
def test_what_is_said_to_be_mended_was_broken_before(name: str) -> None:
    broken = {(v.rule, v.statement) for line in answer(name).certificate_before for v in line.violations}
    reasons = [reason for reasoned in answer(name).changes for reason in reasoned.reasons]
    assert any(reason.mended for reason in reasons)
    assert {(reason.rule, reason.statement) for reason in reasons if reason.mended} <= broken


def test_rules_broken_by_single_entries_take_exactly_those_out() -> None:
    """In "deadlifts" three pulls start from the floor, which an intermediate at stage 3 may not do; all three go."""
    outcome = answer("deadlifts")
    gone = {change.change.before.exercise for change in outcome.changes if change.change.before and change.reasons}
    assert {"conventional_deadlift", "sumo_deadlift", "deficit_deadlift"} <= gone
    assert gone.isdisjoint({entry.exercise for entry in entries_of(outcome.plan)})


def test_entries_that_stay_in_a_session_keep_their_order_where_that_is_allowed() -> None:
    for name in PROGRAMMES:
        changed = {c.change.slot for c in answer(name).changes if c.change.kind == "order"}
        for session in answer(name).plan.sessions:
            before = [entry.exercise for entry in PROGRAMMES[name].entries() if entry.slot == session.slot]
            kept = [entry.exercise for entry in session.entries if entry.exercise in before]
            assert (kept == [e for e in dict.fromkeys(before) if e in kept]) == (session.slot not in changed)


# Weeks near a compliant one


@cache
def compliant() -> tuple[Problem, Plan]:
    problem = problem_of({})
    return problem, solved(problem, 1.5).plan


def test_a_compliant_week_is_its_own_repair() -> None:
    problem, plan = compliant()
    for deterministic_seconds in (0.0, 1.0):
        outcome = repair(problem, entries_of(plan), budget(deterministic_seconds))
        assert isinstance(outcome, Repaired)
        assert outcome.plan == plan
        assert (outcome.distance, outcome.bound, outcome.gap, outcome.changes) == (0, 0, 0, ())
        assert outcome.proven
        assert outcome.score_before == outcome.score_after


def test_a_week_that_is_only_out_of_order_is_put_in_order() -> None:
    problem, plan = compliant()
    followed = list(reversed(entries_of(plan)))
    outcome = repair(problem, followed, budget(0.0))
    assert isinstance(outcome, Repaired)
    assert (outcome.distance, outcome.bound) == (0, 0)
    assert set(entries_of(outcome.plan)) == set(followed)
    assert verify(problem, outcome.plan) == ()
    assert {change.change.kind for change in outcome.changes} == {"order"}
    assert all(reason.rule for change in outcome.changes for reason in change.reasons)


def spoiled(kind: str) -> tuple[list[WeekEntry], int]:
    """The compliant week with one fault, and what it weighs to take the fault back."""
    _, plan = compliant()
    week = list(entries_of(plan))
    first = week[0].slot
    if kind == "shrugs":
        return [*week, WeekEntry(first, "barbell_shrug", 12)], 20
    if kind == "a floor pull":
        return [*week, WeekEntry(first, "deficit_deadlift", 5)], 20
    if kind == "too many sets":
        number = next(n for n, entry in enumerate(week) if entry.exercise == "face_pull" or n == len(week) - 1)
        return [*week[:number], replace(week[number], sets=15), *week[number + 1 :]], 24
    hold = next(entry for entry in week if "_hold" in entry.exercise and "superman" not in entry.exercise)
    return [entry for entry in week if entry != hold], 40


@pytest.mark.parametrize("kind", ["shrugs", "a floor pull", "too many sets", "no hold"])
def test_one_fault_in_a_compliant_week_costs_no_more_than_to_take_it_back(kind: str) -> None:
    problem, _ = compliant()
    followed, weight = spoiled(kind)
    outcome = repair(problem, followed, budget(1.0))
    assert isinstance(outcome, Repaired)
    assert outcome.proven
    assert 20 <= outcome.distance <= weight


# What a week may hold


def test_unknown_exercises_are_set_aside() -> None:
    problem, plan = compliant()
    stranger = WeekEntry(problem.slots[0].id, "treadmill", 1)
    outcome = repair(problem, [stranger, *entries_of(plan)], budget(0.0))
    assert isinstance(outcome, Repaired)
    assert outcome.set_aside == (stranger,)
    assert (outcome.plan, outcome.distance) == (plan, 0)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (WeekEntry("sunday", "face_pull", 3), "slot 'sunday'; the slots are"),
        (WeekEntry("mon", "face_pull", 0), "face_pull in 'mon' has 0 sets"),
    ],
)
def test_a_week_that_does_not_fit_the_problem_is_refused(entry: WeekEntry, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        repair(problem_of({}), [entry], budget(1.0))


def test_pins_stand_in_the_repaired_week() -> None:
    programme = PROGRAMMES["full body"]
    pins = [{"slot": "mon", "exercise": "barbell_bent_over_row", "sets": 4}]
    problem = problem_of({**programme.body(), "pins": pins})
    outcome = repair(problem, programme.entries(), budget(1.0))
    assert isinstance(outcome, Repaired)
    assert WeekEntry("mon", "barbell_bent_over_row", 4) in entries_of(outcome.plan)


# No such week, no time, no patience


def test_slots_that_hold_no_week_get_the_conflict_of_the_pipeline() -> None:
    problem = replace_minutes(PROGRAMMES["five by five"].problem(), 12)
    found, expected = repair(problem, PROGRAMMES["five by five"].entries(), ENDLESS), optimise(problem, ENDLESS)
    assert isinstance(found, Infeasible)
    assert isinstance(expected, Infeasible)
    assert found.conflict == expected.conflict
    assert found.conflict.minimal


def replace_minutes(problem: Problem, minutes: int) -> Problem:
    return replace(problem, slots=tuple(replace(slot, limit_seconds=60 * minutes) for slot in problem.slots))


def test_without_a_budget_there_is_no_week_and_no_verdict() -> None:
    programme = PROGRAMMES["full body"]
    for problem in (programme.problem(), replace_minutes(programme.problem(), 12)):
        outcome = repair(problem, programme.entries(), budget(0.0))
        assert isinstance(outcome, TimedOut)
        assert outcome.stats.deterministic_seconds == 0


def test_the_same_week_and_budget_give_the_same_repair() -> None:
    programme = PROGRAMMES["dumbbells at home"]
    again = repair(programme.problem(), programme.entries(), budget(1.0))
    assert isinstance(again, Repaired)
    first = answer("dumbbells at home")
    assert (again.plan, again.distance, again.bound, again.changes) == (
        first.plan,
        first.distance,
        first.bound,
        first.changes,
    )


def test_progress_comes_closer_from_both_sides() -> None:
    programme, seen = PROGRAMMES["upper, lower"], list[RepairProgress]()
    outcome = repair(programme.problem(), programme.entries(), budget(1.0), on_progress=seen.append)
    assert isinstance(outcome, Repaired)
    bounds = [p.bound for p in seen if p.bound is not None]
    distances = [p.distance for p in seen if p.distance is not None]
    assert bounds == sorted(bounds)
    assert distances == sorted(distances, reverse=True)
    assert (distances[-1], bounds[-1]) == (outcome.distance, outcome.bound)


def test_a_wide_gap_ends_the_search_for_a_nearer_week_early() -> None:
    """What the relaxation proves is then enough, and no bound comes after it."""
    programme, seen = PROGRAMMES["bro split"], list[RepairProgress]()
    outcome = repair(programme.problem(), programme.entries(), budget(1.0, gap=0.5), on_progress=seen.append)
    assert isinstance(outcome, Repaired)
    assert not outcome.proven
    assert 0 < outcome.gap <= 0.5
    assert {progress.bound for progress in seen} == {outcome.bound}


def test_cancelling_stops_within_half_a_second_and_keeps_the_nearest_week() -> None:
    programme, seconds = PROGRAMMES["bro split"], []
    problem = programme.problem()
    for _ in range(3):
        seen: list[RepairProgress] = []
        wished: list[float] = []

        def is_cancelled(seen: list[RepairProgress] = seen, wished: list[float] = wished) -> bool:
            if seen and seen[-1].distance is not None and not wished:
                wished.append(time.process_time())
            return bool(wished)

        outcome = repair(problem, programme.entries(), ENDLESS, on_progress=seen.append, is_cancelled=is_cancelled)
        seconds.append(time.process_time() - wished[0])
        assert isinstance(outcome, Repaired)
        assert verify(problem, outcome.plan) == ()
        assert outcome.distance <= min(p.distance for p in seen if p.distance is not None)
        assert not outcome.stats.stopped_by_clock
    assert min(seconds) < 0.5


def test_cancelled_before_it_began_it_ends_at_once() -> None:
    programme, seconds = PROGRAMMES["full body"], []
    for _ in range(3):
        started = time.process_time()
        outcome = repair(programme.problem(), programme.entries(), ENDLESS, is_cancelled=lambda: True)
        seconds.append(time.process_time() - started)
        assert isinstance(outcome, Repaired | TimedOut)
    assert min(seconds) < 0.5


def test_changes_that_no_rule_needs_are_taken_back() -> None:
    """An unfinished search may leave such changes; here an entry is left out that could have stayed."""
    problem, plan = compliant()
    week = entries_of(plan)
    standing = StandingWeek.of(problem, week)
    spare = [e for e in week if not verify(problem, in_training_order(problem, [o for o in week if o != e]))]
    assert spare
    shorter = in_training_order(problem, [entry for entry in week if entry != spare[0]])
    assert set(entries_of(without_needless(standing, shorter))) == set(week)
