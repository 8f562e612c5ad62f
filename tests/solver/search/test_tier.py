"""What a tier knows stays true while plans and bounds come in."""

from __future__ import annotations

from ortools.sat.python import cp_model

from solver.model import QUALITY, TARGETS
from solver.search.tier import Tier


def tier(*, targets: bool) -> Tier:
    spec, loosest = (TARGETS, 0) if targets else (QUALITY, 300)
    return Tier(spec, cp_model.LinearExpr.sum([]), loosest, scale=300)


def test_bounds_only_tighten_and_fractions_round_towards_the_plan() -> None:
    short, points = tier(targets=True), tier(targets=False)
    for proven, bound in ((10.2, 11), (7.0, 11), (12.0000001, 12)):
        short.prove(proven, (0,))
        assert short.bound == bound
    for proven, bound in ((80.7, 80), (99.0, 80), (79.9999999, 80)):
        points.prove(proven, (0, 12))
        assert points.bound == bound


def test_a_bound_survives_better_earlier_tiers_and_no_worse_ones() -> None:
    points = tier(targets=False)
    points.prove(80.0, (4, 12))
    points.forget_outdated((3, 12))
    assert points.bound == 80
    points.forget_outdated((3, 13))
    assert points.bound == 300
    assert points.tell(None) == 300


def test_bounds_of_different_values_hold_together_only_where_each_does() -> None:
    points = tier(targets=False)
    points.prove(80.0, (4, 12))
    points.prove(75.0, (3, 14))
    points.forget_outdated((3, 13))
    assert points.bound == 300


def test_what_a_running_proof_told_is_taken_back_with_what_it_held() -> None:
    """The proof held more than the bound before it was proven under, or there was no bound before it."""
    points, fresh = tier(targets=False), tier(targets=False)
    points.prove(80.0, (5, 15))
    assert points.tell(60.0, (3, 10)) == 60
    assert fresh.tell(60.0, (3, 10)) == 60
    for one, known in ((points, 80), (fresh, 300)):
        one.forget_outdated((3, 9))
        assert one.tell(None) == 60
        one.forget_outdated((2, 12))
        assert one.tell(None) == known


def test_the_gap_is_a_share_of_the_scale() -> None:
    points = tier(targets=False)
    points.prove(30.0, ())
    assert points.gap(0) == 0.1
    assert points.gap(30) == 0.0


def test_what_is_exhausted_holds_only_with_earlier_tiers_just_there() -> None:
    short, points = tier(targets=True), tier(targets=False)
    assert short.sound((0,), 12)(40.0) == 40
    short.exhaust(frozenset({"row"}), (0,))
    points.exhaust(frozenset({"row"}), (0, 9))
    points.exhaust(frozenset({"press"}), (0, 9))
    assert [short.sound((0,), 12)(bound) for bound in (9.5, 40.0)] == [9.5, 12]
    assert [points.sound((0, 9), 12)(bound) for bound in (9.5, 40.0)] == [12, 40.0]
    assert len(points.exhausted_under((0, 9))) == 2
    assert points.exhausted_under((0, 8)) == ()
    assert points.sound((0, 8), 12)(9.5) == 9.5
    points.exhaust(frozenset({"row"}), (0, 8))
    assert len(points.exhausted_under((0, 8))) == 1
    assert points.exhausted_under((0, 9)) == ()
