"""One rule on a week with a past: model and verifier agree on every rest, also where the past broke the rule itself."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest

from solver.domain.outcome import Solved
from solver.domain.problem import PinnedEntry, PinnedSession, SolveBudget
from solver.pipeline import optimise
from solver.verifier import certify
from tests.solver.rule_lab import (
    Bench,
    athlete,
    drill,
    exercise,
    goal,
    lower,
    plan_of,
    problem,
    rung,
    settings,
    slot,
)
from tests.solver.tiny import tiny_problem

if TYPE_CHECKING:
    from solver.domain.outcome import CertificateLine
    from solver.domain.problem import Problem
    from tests.solver.rule_lab import Week

HAMS = "hamstrings"
HINGE_DRILL = drill("hinge_drill", pattern="hip_hinge", is_hinge_drill=True, session_slot=2)
LIFTS = tuple(
    lower(
        f"pull_{stage}",
        "pull",
        pattern="hip_hinge",
        ladder=rung("deadlift", stage),
        barbell_hinge=True,
        axial_load=3,
        muscles={HAMS: 4},
        movement_family=f"pull_{stage}",
    )
    for stage in (3, 4, 5)
)
CURL = exercise("curl", muscles={HAMS: 4})
KNOWN = (HINGE_DRILL, *LIFTS, CURL)
DAYS = (slot("mon"), slot("tue"), slot("wed"))
RULES = (
    "progression.deadlift",
    "recovery.muscle",
    "recovery.axial",
    "volume.session_max",
    "volume.weekly_max",
    "structure.exercises",
    "structure.sessions",
)


def _week_under_way(past: Week, loaded_stages: int) -> Problem:
    """Monday and Tuesday are over."""
    return problem(
        *KNOWN,
        slots=DAYS,
        muscles=(goal(HAMS, weekly_max_sets=9, session_max_sets=5, recovery_hours=48, recovery_free_sets=2),),
        who=athlete(stages={"deadlift": 5}, stated_stages=frozenset({"deadlift"})),
        rules=settings(deadlift_loaded_stages=loaded_stages, sessions_min=1, sessions_max=1),
        pinned_sessions=tuple(
            PinnedSession(day, tuple(PinnedEntry(day, e, sets) for e, sets in past.get(day, {}).items()), done=True)
            for day in ("mon", "tue")
        ),
    )


def _line(question: Problem, week: Week, rule: str) -> CertificateLine:
    return next(line for line in certify(question, plan_of(question, week)) if line.rule == rule)


def _pasts() -> list[Week]:
    dice = random.Random(3)
    names = [e.id for e in KNOWN]
    return [
        {day: {name: dice.randint(1, 6) for name in dice.sample(names, dice.randint(0, 4))} for day in ("mon", "tue")}
        for _ in range(7)
    ]


@pytest.mark.parametrize("rule", RULES)
def test_model_and_verifier_agree_on_every_rest(rule: str) -> None:
    said: set[tuple[bool, bool]] = set()
    dice, every = random.Random(rule), list(product((False, True), repeat=len(KNOWN)))
    for number, past in enumerate(_pasts()):
        question = _week_under_way(past, 1 + number % 2)
        for chosen in dice.sample(every, 12):
            wednesday = {e.id: 3 for e, present in zip(KNOWN, chosen, strict=True) if present}
            week = {**{day: done for day, done in past.items() if done}, **({"wed": wednesday} if wednesday else {})}
            if rule == "recovery.muscle" and _line(question, week, "volume.session_max").violations:
                continue  # a single session is left to that rule
            line = _line(question, week, rule)
            allowed = not line.violations
            assert Bench(question, week, rule, explaining=False).feasible() == allowed, (past, wednesday, line)
            said.add((allowed, bool(line.past)))
            assert line.holds == (not line.violations and not line.past)
    assert {allowed for allowed, _ in said} >= ({True} if rule == "volume.session_max" else {True, False})
    assert any(broken for _, broken in said), "some past breaks the rule by itself"


def test_a_week_is_worth_as_much_with_the_many_items_that_were_used() -> None:
    """More than an entry's preferred equipment: told of what was done, and known to the search for the rest."""
    free, budget = tiny_problem(17), SolveBudget(workers=1, deterministic_seconds=3)
    before = optimise(free, budget)
    assert isinstance(before, Solved)
    first = before.plan.sessions[0]
    items = tuple(f"item_{number}" for number in range(9))
    done = tuple(PinnedEntry(first.slot, entry.exercise, entry.sets, items) for entry in first.entries)
    rest = optimise(replace(free, pinned_sessions=(PinnedSession(first.slot, done, done=True),)), budget)
    assert isinstance(rest, Solved)
    assert (rest.status, rest.tiers[-1].value) == ("optimal", before.tiers[-1].value - 2 * 3)
    assert rest.tiers[-1].bound == rest.tiers[-1].value


def test_the_ladder_goes_on_from_what_was_done() -> None:
    """Stage 4 was pulled on Monday: no falling back to 3, and from there no higher than the next."""
    past: Week = {"mon": {"hinge_drill": 1, "pull_4": 3}}
    question = _week_under_way(past, 2)

    def faults(*wednesday: str) -> list[str]:
        week = {**past, "wed": dict.fromkeys(("hinge_drill", *wednesday), 3)}
        return [v.statement for v in _line(question, week, "progression.deadlift").violations]

    assert faults("pull_5") == []
    assert faults("pull_4") == ["The athlete's deadlift stage 5 is not trained in the week."]
    assert any("falls back to deadlift stage 3" in fault for fault in faults("pull_3", "pull_5"))


def test_a_past_that_fell_back_is_told_and_not_asked_of_the_rest() -> None:
    past: Week = {"mon": {"hinge_drill": 1, "pull_5": 3}, "tue": {"pull_3": 3}}
    question = _week_under_way(past, 2)
    rest = _line(question, {**past, "wed": {"hinge_drill": 1, "pull_5": 2}}, "progression.deadlift")
    assert rest.violations == ()
    assert not rest.holds
    assert {v.statement for v in rest.past} == {
        "No hinge drill comes before Pull 3 in 'tue'.",
        "The session in 'tue' falls back to deadlift stage 3 after stage 5 in 'mon'.",
        "The week jumps between deadlift stages 3, 5; loaded stages differ by 1 at most.",
    }
    assert all(f"Broken by what was done: {v.statement}" in rest.notes for v in rest.past)
    worse = _line(question, {**past, "wed": {"hinge_drill": 1, "pull_3": 2}}, "progression.deadlift")
    assert [v.subject for v in worse.violations] == ["wed"]


def test_an_exercise_done_twice_in_a_session_counts_as_one_entry() -> None:
    free, budget = tiny_problem(17), SolveBudget(workers=1, deterministic_seconds=3)
    before = optimise(free, budget)
    assert isinstance(before, Solved)
    first = before.plan.sessions[0]
    once = tuple(PinnedEntry(first.slot, e.exercise, e.sets, e.equipment) for e in first.entries)
    *others, last = sorted(once, key=lambda entry: entry.sets)
    assert last.sets > 1
    twice = (replace(last, sets=1, superset="A"), *(replace(e, superset="A") for e in others))
    parted = PinnedSession(first.slot, (*twice, replace(last, sets=last.sets - 1)), done=True)
    assert sorted(parted.entries, key=lambda e: e.exercise) == sorted(once, key=lambda e: e.exercise)
    rest = optimise(replace(free, pinned_sessions=(parted,)), budget)
    assert isinstance(rest, Solved)
    assert rest.tiers == before.tiers
