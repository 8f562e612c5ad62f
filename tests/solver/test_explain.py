"""How a conflict is chosen and how far its proof goes; `tests/solver/explain` holds it to what a person would say."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from solver.domain.outcome import Infeasible, TimedOut
from solver.domain.subject import at_slot, part
from solver.explain import explain
from solver.explain.additions import additions
from solver.explain.preference import Rank, rank_of, weight_of
from solver.guard import Name
from solver.model import build_model
from solver.pipeline import optimise
from solver.watch import Watch
from tests.golden.asking import budget, problem_of
from tests.properties.proving import confirm, names_of
from tests.solver.explain.suite import case
from tests.solver.subjects import named

if TYPE_CHECKING:
    from solver.domain.outcome import Conflict

DETERMINISTIC_SECONDS = 5.0


def _explained(body: dict[str, Any]) -> Conflict:
    conflict = explain(problem_of(body), Watch(budget(DETERMINISTIC_SECONDS)))
    assert conflict is not None
    return conflict


# What is told


def test_an_empty_week_is_no_way_out_that_a_bystander_has_to_close() -> None:
    """The hold is asked for in every week with a session; nothing else needs to ask for a session."""
    found = names_of(_explained(case("hold_without_a_bar").body))
    assert set(found) == {named("pull.isometric_hold"), named("equipment.available", "floor")}


def test_a_slot_with_the_name_of_a_rules_part_is_another_subject() -> None:
    found = names_of(_explained(case("slots_named_like_rules").body))
    assert Name("structure.sessions", part("min")) in found
    assert Name("time.session", at_slot("min")) in found
    slots = {"week": {"slots": [{"id": "min", "day": "monday"}, {"id": "max", "day": "friday"}]}}
    posted = build_model(problem_of(slots), explaining=True).guard.literals
    for word in ("min", "max"):
        assert {Name("structure.sessions", about(word)) for about in (part, at_slot)} <= set(posted)


def test_of_two_collisions_the_one_in_the_requests_own_words_is_told() -> None:
    """A wish above its stage collides alone; the bare twenty minutes collide with the guide's defaults."""
    body = {**case("twenty_minutes_once").body, **case("pull_up_stages_ahead").body}
    wish, stage = named("athlete.must_include", "pull_up"), named("athlete.skill", "ladder:pull_up")
    assert set(names_of(_explained(body))) == {wish, stage}


def test_what_the_request_says_comes_first() -> None:
    ranks = {
        ("athlete.must_include", "pull_up"): Rank.STATED,
        ("plan.pinned", "mon:face_pull"): Rank.STATED,
        ("athlete.exclusions", "stress:impact"): Rank.STATED,
        ("athlete.skill", "ladder:pull_up"): Rank.STATED,
        ("athlete.skill", "ladder:squat"): Rank.CIRCUMSTANCE,
        ("progression.deadlift", "current stage"): Rank.GUIDE,
        ("time.session", "mon"): Rank.CIRCUMSTANCE,
        ("equipment.available", "gym"): Rank.CIRCUMSTANCE,
        ("volume.weekly_max", "calves"): Rank.STATED,
        ("volume.weekly_max", "glutes"): Rank.LIMIT,
        ("recovery.muscle", "glutes"): Rank.STATED,
        ("recovery.muscle", "calves"): Rank.LIMIT,
        ("scapula.lower_trap", "floor"): Rank.STATED,
        ("scapula.lower_trap", "weighted"): Rank.GUIDE,
        ("structure.sessions", "min"): Rank.STATED,
        ("structure.sessions", "max"): Rank.LIMIT,
        ("pull.isometric_hold", ""): Rank.GUIDE,
    }
    problem = problem_of(
        {
            "athlete": {"ladder_stages": {"pull_up": 2}},
            "week": {"sessions": {"min": 2}},
            "rules": {
                "volume.weekly_max": {"calves": 6},
                "recovery.muscle": {"hours": {"glutes": 72}},
                "scapula.lower_trap": {"sets": 5},
            },
        }
    )
    assert {pair: rank_of(problem, named(*pair)) for pair in ranks} == ranks
    said, default = named("volume.weekly_max", "calves"), named("volume.weekly_max", "glutes")
    assert weight_of(problem, [said]) < weight_of(problem, [default]) < weight_of(problem, [said, said])


def test_what_a_place_lacks_is_told_by_item() -> None:
    conflict = _explained(case("pulldown_at_home").body)
    (place,) = (element for element in conflict.elements if element.rule == "equipment.available")
    assert place.lacking == (("cable_machine",), ("lat_pulldown_machine",))
    assert all(element.lacking == () for element in conflict.elements if element is not place)


def test_items_that_only_help_together_are_told_together() -> None:
    """A rack pull needs a bar and a rack."""
    body = {
        "places": [{"id": "shed", "equipment": ["dumbbells"]}],
        "athlete": {"must_include": [{"exercise": "rack_pull_knee"}]},
    }
    core = [named("athlete.must_include", "rack_pull_knee"), named("equipment.available", "shed")]
    found = additions(problem_of(body), core, core[1], Watch(budget(DETERMINISTIC_SECONDS)))
    assert ("barbell", "rack") in found
    assert {len(items) for items in found} == {2}


# How far it is proven


def test_where_there_is_a_week_there_is_no_conflict() -> None:
    assert explain(problem_of({}), Watch(budget(DETERMINISTIC_SECONDS))) is None


def test_the_same_request_gets_the_same_conflict() -> None:
    body = case("long_warm_up").body
    watches = [Watch(budget(DETERMINISTIC_SECONDS)) for _ in range(2)]
    first, second = (explain(problem_of(body), watch) for watch in watches)
    assert first == second
    assert watches[0].deterministic_seconds == watches[1].deterministic_seconds


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.05, 0.2])
def test_a_short_budget_leaves_the_conflict_large_or_untold_but_never_wrong(seconds: float) -> None:
    """What is called a conflict excludes itself, and what is called minimal is, whatever the budget was."""
    problem = problem_of(case("no_lower_trap_left").body)
    outcome = optimise(problem, budget(seconds))
    assert isinstance(outcome, Infeasible | TimedOut)
    assert seconds > 0 or isinstance(outcome, TimedOut)
    if isinstance(outcome, Infeasible):
        confirm(problem, outcome.conflict)


def test_a_budget_that_ends_in_between_says_that_nothing_was_shown_to_be_needed() -> None:
    problem = problem_of(case("much_pressing_and_four_times_the_pulling").body)
    hurried, patient = (explain(problem, Watch(budget(seconds))) for seconds in (0.1, DETERMINISTIC_SECONDS))
    assert hurried is not None
    assert patient is not None
    assert (hurried.minimal, patient.minimal) == (False, True)
    assert len(patient.elements) < len(hurried.elements)
    confirm(problem, hurried)


def test_an_explanation_leaves_time_for_what_would_help() -> None:
    watch = Watch(budget(DETERMINISTIC_SECONDS))
    assert explain(problem_of(case("two_sessions_of_a_quarter_hour").body), watch) is not None
    assert watch.left_deterministic > DETERMINISTIC_SECONDS / 3


def test_the_clock_that_ends_an_explanation_is_named() -> None:
    hurried = replace(budget(DETERMINISTIC_SECONDS), time_limit_seconds=0.05)
    watch = Watch(hurried)
    conflict = explain(problem_of(case("long_warm_up").body), watch)
    assert watch.stopped_by_clock
    assert conflict is None or not conflict.minimal
