"""The audit of a week on the solver's side: findings, evidence, clashes and score, by numbers worked out by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from solver.audit import MISTAKES, audit
from solver.rulebook import RULES
from solver.verifier import certify
from tests.solver.audit.building import problem, week

if TYPE_CHECKING:
    from solver.audit import Audit
    from solver.domain.problem import Problem

GYM = problem("mon", "tue", "thu")
IN_ORDER = {
    "mon": [
        ("bird_dog", 2),
        ("side_lying_windmill", 1),
        ("hip_hinge_wall_drill", 2),
        ("rack_pull_knee", 3),
        ("barbell_bench_press", 3),
        ("cable_row_retraction", 3),
        ("face_pull", 3),
        ("prone_y_raise", 2),
    ],
    "thu": [
        ("prone_cobra", 2),
        ("goblet_squat", 2),
        ("isometric_chin_up_hold", 3),
        ("face_pull", 3),
        ("prone_y_raise", 2),
        ("back_extension_45", 2),
    ],
}
"""Push 6; pull 6 + 6 + 6 + 6 = 24. Posterior 6 + 4 = 10, quadriceps 4: between 8 and 12."""


def _audit(of: Problem, sessions: dict[str, list[tuple[str, int]]]) -> Audit:
    return audit(of, week(of, sessions))


def _without(*exercises: str) -> dict[str, list[tuple[str, int]]]:
    return {day: [entry for entry in entries if entry[0] not in exercises] for day, entries in IN_ORDER.items()}


def test_there_is_a_finding_for_every_rule_and_every_mistake() -> None:
    found = _audit(GYM, IN_ORDER)
    assert [finding.line.rule for finding in found.rules] == [rule.id for rule in RULES]
    assert [mistake.mistake for mistake in found.mistakes] == list(MISTAKES) == [1, 2, 3, 4, 5, 6]


def test_the_findings_are_the_verifiers() -> None:
    of, followed = GYM, week(GYM, IN_ORDER)
    assert tuple(finding.line for finding in audit(of, followed).rules) == certify(of, followed.plan)


def test_a_week_in_order_makes_no_mistake_and_scores_a_hundred() -> None:
    found = _audit(GYM, IN_ORDER)
    assert [mistake.mistake for mistake in found.mistakes if mistake.made] == []
    assert found.score.value == 100
    assert found.clashes == ()


@pytest.mark.parametrize(
    ("mistake", "taken_out"),
    [
        (1, ["bird_dog", "side_lying_windmill"]),
        (2, ["face_pull", "cable_row_retraction"]),
        (3, ["prone_y_raise", "face_pull"]),
        (4, ["isometric_chin_up_hold"]),
        (5, ["cable_row_retraction"]),
        (6, ["hip_hinge_wall_drill"]),
    ],
)
def test_taking_out_what_serves_a_rule_makes_its_mistake(mistake: int, taken_out: list[str]) -> None:
    found = _audit(GYM, _without(*taken_out))
    assert next(m for m in found.mistakes if m.mistake == mistake).made
    assert found.score.value < 100


def test_a_mistake_is_worth_a_sixth_and_its_rules_share_it() -> None:
    """Without the hold nothing of mistake 4 is reached: 100 - 100/6. Pulling stays 18 against 2 x 6."""
    left = {
        day: [entry for entry in entries if entry[0] != "isometric_chin_up_hold"] for day, entries in IN_ORDER.items()
    }
    found = _audit(GYM, left)
    assert found.score.value == 100 - Fraction(100, 6)
    part = next(part for part in found.score.parts if part.mistake == 4)
    assert (part.points, part.of) == (0, Fraction(100, 6))


def test_half_a_ratio_is_half_a_rule() -> None:
    """Bench 6 sets more: push 18, pull 24 of 36. Two thirds of one of mistake 2's three rules; the others are kept."""
    more = {**IN_ORDER, "tue": [("thread_the_needle", 1), ("barbell_bench_press", 5), ("push_up", 1)]}
    found = _audit(GYM, more)
    part = next(part for part in found.score.parts if part.mistake == 2)
    assert part.points == Fraction(100, 6) * (Fraction(2, 3) + 1 + 1) / 3


def test_half_of_the_days_opened_is_half_of_that_part() -> None:
    """On Thursday the drill comes after the hold; the number of drills and their directions are reached."""
    drill, squat, hold, *rest = IN_ORDER["thu"]
    found = _audit(GYM, {**IN_ORDER, "thu": [hold, drill, squat, *rest]})
    part = next(part for part in found.score.parts if part.mistake == 1)
    assert part.points == Fraction(100, 6) * (1 + 1 + 1 + Fraction(1, 2)) / 4


def test_a_broken_rule_costs_a_tenth_of_its_share_even_with_every_number_reached() -> None:
    """Twelve sets of reverse flies are 12 units, twice the 6 of the bench, but all of them from a single joint."""
    flies = ("reverse_pec_deck", 6)
    left = _without("cable_row_retraction", "isometric_chin_up_hold", "face_pull")
    found = _audit(GYM, {day: [*entries, flies] for day, entries in left.items()})
    part = next(part for part in found.score.parts if part.mistake == 2)
    assert part.points == Fraction(100, 6) * (Fraction(9, 10) + 1 + 1) / 3


def test_evidence_names_the_entry_its_side_and_its_amount() -> None:
    found = _audit(GYM, IN_ORDER)
    balance = next(m for m in found.mistakes if m.mistake == 2).evidence
    pushes = [(e.slot, e.entry.exercise, e.amount, e.unit) for e in balance if e.side == "push"]
    assert pushes == [("mon", "barbell_bench_press", 6, "units")]
    pulls = [e for e in balance if e.rule == "balance.upper_pull_push" and e.side == "pull"]
    assert sum(e.amount for e in pulls) == 24
    assert [e.entry.sources for e in pulls] == [(5,), (6,), (10,), (11,)]


def test_where_nothing_can_be_pulled_raises_count_as_pulls_in_the_evidence_too() -> None:
    """On the floor alone no pull is possible, so prone raises stand in at 2 units a set: 3 sets, 6 units."""
    floor = problem("mon", places=[{"id": "floor", "equipment": "bodyweight"}])
    found = audit(floor, week(floor, {"mon": [("push_up", 3), ("prone_y_raise", 3)]}))
    balance = next(m for m in found.mistakes if m.mistake == 2)
    line = next(rule.line for rule in balance.rules if rule.line.rule == "balance.upper_pull_push")
    pulls = sum(e.amount for e in balance.evidence if e.rule == line.rule and e.side == "pull")
    assert line.measured["pull"] == pulls == 6


def test_a_clash_says_who_when_and_how_far_apart() -> None:
    """Four sets of squats on Monday and Tuesday: 24 hours apart, quadriceps want 48."""
    found = _audit(GYM, {"mon": [("barbell_back_squat", 4)], "tue": [("barbell_back_squat", 4)]})
    quads = next(clash for clash in found.clashes if clash.muscle == "quadriceps")
    assert (quads.slots, quads.hours, quads.needed_hours, quads.sets) == (("mon", "tue"), 24, 48, (4, 4))
    assert quads.sources == (0, 1)
    crowd = next(crowd for crowd in found.crowding if crowd.muscle == "quadriceps")
    assert (crowd.slots, crowd.sets, crowd.max_sets, crowd.window_hours) == (("mon", "tue"), 8, 7, 48)


def test_three_days_apart_nothing_clashes() -> None:
    found = _audit(GYM, {"mon": [("barbell_back_squat", 4)], "thu": [("barbell_back_squat", 4)]})
    assert found.clashes == ()
    assert found.crowding == ()
