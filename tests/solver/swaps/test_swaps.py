"""Every alternative to an entry is found, and is measured as the week with it would be by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from service.studies.examples import documented_week
from solver.domain.plan import Entry, Plan
from solver.domain.problem import PinnedEntry, SolveBudget
from solver.extract import laid_out
from solver.measured import MeasuredWeek
from solver.model import MINIMA, QUALITY, TARGETS, measured
from solver.repair import Repaired
from solver.rules.structure_order import place_in_session
from solver.swaps import NoSuchEntryError, Swaps, best_swap, swaps
from solver.swaps.direct import candidates
from solver.verifier import certify, verify
from solver.verifier.eligibility import obstacles

ABOUT = documented_week()
PROBLEM, PLAN = ABOUT.problem, ABOUT.plan
SLOT, OLD = "thu", "lateral_lunge"
BUDGET = SolveBudget(time_limit_seconds=120, workers=2, deterministic_seconds=0.6, gap=0.5)


@pytest.fixture(scope="module")
def found() -> Swaps:
    return swaps(PROBLEM, PLAN, SLOT, OLD, BUDGET)


def by_hand(exercise: str, sets: int) -> Plan:
    """The week with the swap, put together without the code under test."""
    slot, known = PROBLEM.slot_by_id[SLOT], PROBLEM.exercise_by_id
    standing = slot.place.equipment
    equipment = next(a for a in known[exercise].equipment if set(a) <= standing)
    sessions = []
    for session in PLAN.sessions:
        entries = session.entries
        if session.slot == SLOT:
            entries = (*(e for e in entries if e.exercise != OLD), Entry(exercise, sets, equipment))
            entries = tuple(sorted(entries, key=lambda e: place_in_session(known[e.exercise])))
        sessions.append(replace(session, entries=entries))
    return Plan(tuple(sessions))


def test_every_eligible_exercise_of_the_slot_is_told_once(found: Swaps) -> None:
    taken = {e.exercise for s in PLAN.sessions if s.slot == SLOT for e in s.entries}
    slot = PROBLEM.slot_by_id[SLOT]
    wanted = {e.id for e in PROBLEM.exercises if not obstacles(PROBLEM, e, slot)} - taken
    assert sorted(swap.exercise for swap in found.swaps) == sorted(wanted)
    assert found.complete


def test_effects_are_those_of_the_week_measured_by_itself(found: Swaps) -> None:
    before = {line.rule: line for line in certify(PROBLEM, PLAN)}
    for swap in found.swaps[::5]:
        plan = by_hand(swap.exercise, swap.sets)
        assert swap.week.plan == plan
        tiers = tuple(sum(measured(PROBLEM, plan, spec).values()) for spec in (MINIMA, TARGETS, QUALITY))
        assert swap.week.tiers == tiers
        after = certify(PROBLEM, plan)
        assert [line.rule for line in swap.broken] == [line.rule for line in after if not line.holds]
        changed = {line.rule: line.slack for line in after if line != before[line.rule]}
        assert {e.after.rule: e.after.slack for e in swap.effects} == {
            rule: slack for rule, slack in changed.items() if rule in {e.after.rule for e in swap.effects}
        }
        for rule in changed.keys() - {e.after.rule for e in swap.effects}:
            same = next(line for line in after if line.rule == rule)
            assert (same.slack, same.measured) == (before[rule].slack, before[rule].measured)


def test_no_other_number_of_sets_would_be_better(found: Swaps) -> None:
    for swap in found.swaps[::9]:
        span = PROBLEM.exercise_by_id[swap.exercise].sets
        for sets in range(span.min, span.max + 1):
            plan = by_hand(swap.exercise, sets)
            broken = len({violation.rule for violation in verify(PROBLEM, plan)})
            assert broken >= len(swap.broken)
            if broken == len(swap.broken):
                minima, targets, quality = (
                    sum(measured(PROBLEM, plan, spec).values()) for spec in (MINIMA, TARGETS, QUALITY)
                )
                assert (minima, targets, -quality) >= (*swap.week.tiers[:2], -swap.week.tiers[2])


def test_those_that_keep_every_rule_come_first_and_the_most_alike_of_them_before_all(found: Swaps) -> None:
    old = PROBLEM.exercise_by_id[OLD]

    def unlike(exercise: str) -> int:
        new = PROBLEM.exercise_by_id[exercise]
        shared = new.movement_family == old.movement_family, new.pattern == old.pattern
        nearest = (*shared, bool(new.primary_muscles.keys() & old.primary_muscles.keys()), new.region == old.region)
        return 4 if new.is_drill else (*nearest, True).index(True)

    keys = [
        (bool(s.broken), unlike(s.exercise), len(s.broken), *s.week.tiers[:2], -s.week.tiers[2]) for s in found.swaps
    ]
    assert keys == sorted(keys)
    assert keys[0][0] < keys[-1][0]
    assert found.left_out == 0
    sensible = swaps(PROBLEM, PLAN, SLOT, OLD, BUDGET, only_alike=True)
    alike = [swap.exercise for swap in found.swaps if unlike(swap.exercise) < 3]
    assert [swap.exercise for swap in sensible.swaps] == alike
    assert 0 < sensible.left_out == len(found.swaps) - len(alike)


def test_what_else_would_have_to_change_is_a_valid_week_with_the_swap() -> None:
    answer = swaps(PROBLEM, PLAN, "mon", "rack_pull_knee", BUDGET, repairs=1)
    (swap,) = [s for s in answer.swaps if s.repair is not None]
    assert swap.broken
    assert isinstance(swap.repair, Repaired)
    assert verify(PROBLEM, swap.repair.plan) == ()
    monday = {e.exercise: e.sets for s in swap.repair.plan.sessions if s.slot == "mon" for e in s.entries}
    assert monday.get(swap.exercise) == swap.sets
    assert "rack_pull_knee" not in monday


def test_a_pinned_entry_cannot_go() -> None:
    pinned = replace(PROBLEM, pinned_entries=(PinnedEntry("mon", "leg_extension", 2),))
    answer = swaps(pinned, PLAN, "mon", "leg_extension", BUDGET)
    assert all("plan.pinned" in [line.rule for line in swap.broken] for swap in answer.swaps)


@pytest.mark.parametrize(("slot", "exercise"), [("mon", "dips"), ("fri", "push_up")])
def test_an_entry_that_is_not_there_is_refused(slot: str, exercise: str) -> None:
    with pytest.raises(NoSuchEntryError, match="there is no"):
        swaps(PROBLEM, PLAN, slot, exercise, BUDGET)


def test_supersets_are_made_anew() -> None:
    """A session that fits only with supersets: whatever is swapped, no half of a pair is left behind."""
    monday = next(session for session in PLAN.sessions if session.slot == "mon")
    slots = tuple(replace(s, limit_seconds=s.limit_seconds - 120) if s.id == "mon" else s for s in PROBLEM.slots)
    problem = replace(PROBLEM, supersets=True, slots=slots)
    paired = laid_out(problem, "mon", monday.entries)
    labels = [entry.superset for entry in paired.entries if entry.superset]
    assert labels
    standing = MeasuredWeek(problem, Plan(tuple(paired if s.slot == "mon" else s for s in PLAN.sessions)))
    old = next(entry.exercise for entry in paired.entries if entry.superset)
    for exercise in list(candidates(problem, standing.plan, "mon"))[::12]:
        swap = best_swap(standing, "mon", old, exercise)
        session = next(s for s in swap.week.plan.sessions if s.slot == "mon")
        kept = [entry.superset for entry in session.entries if entry.superset]
        assert all(kept.count(label) == 2 for label in kept)
