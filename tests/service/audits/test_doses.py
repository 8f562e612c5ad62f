"""Sets and repetitions in every way that people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.catalog import default_catalog
from service.audits.names.index import standard_index
from service.audits.reading.dose import find_doses, plain_signs, together
from service.audits.reading.fragments import fragments

INDEX = standard_index(default_catalog())

DOSES = (
    ("4x8", 4, (8, 8), None),
    ("4X8", 4, (8, 8), None),
    ("4×8", 4, (8, 8), None),
    ("4 x 8", 4, (8, 8), None),
    ("3 x 10-12", 3, (10, 12), None),
    ("3x8–12", 3, (8, 12), None),
    ("4 x 8 to 10 reps", 4, (8, 10), None),
    ("4 sets of 8", 4, (8, 8), None),
    ("three sets of ten", 3, (10, 10), None),
    ("3 sets x 12 reps", 3, (12, 12), None),
    ("4 sets, 8 reps", 4, (8, 8), None),
    ("3 working sets of 5", 3, (5, 5), None),
    ("8 reps x 3 sets", 3, (8, 8), None),
    ("3 sets", 3, None, None),
    ("3 sets to failure", 3, None, None),
    ("3xAMRAP", 3, None, None),
    ("3 x max", 3, None, None),
    ("3x5+", 3, (5, 5), None),
    ("3x30s", 3, (1, 1), 30),
    ("3 x 30 sec", 3, (1, 1), 30),
    ('3x30"', 3, (1, 1), 30),
    ("2 x 1 min", 2, (1, 1), 60),
    ("2 x 5-8 x 5 s", 2, (5, 8), 5),
    ("3 x 40 m", 3, (40, 40), None),
    ("5x5x100kg", 5, (5, 5), None),
    ("100kg x 5 x 3", 3, (5, 5), None),
    ("5 x 80kg", None, (5, 5), None),
    ("12/10/8/6", 4, (6, 12), None),
    ("5,5,5+", 3, (5, 5), None),
    ("10-8-6", 3, (6, 10), None),
    ("5/3/1", 3, (1, 5), None),
    ("3 x 12,10,8", 3, (8, 12), None),
    ("x20", None, (20, 20), None),
    ("20 reps", None, (20, 20), None),
    ("45s", None, (1, 1), 45),
    ("10x10", 10, (10, 10), None),
)


@pytest.mark.parametrize(("written", "sets", "reps", "hold"), DOSES, ids=[dose[0] for dose in DOSES])
def test_a_dose_is_read(written: str, sets: int | None, reps: tuple[int, int] | None, hold: int | None) -> None:
    found = find_doses(plain_signs(written))
    assert len(found) == 1
    dose = found[0].dose
    assert (dose.sets, dose.reps, dose.hold_seconds) == (sets, reps, hold)


@pytest.mark.parametrize("written", ["RPE 8", "90/90", "45-degree", "no sets here", "@80kg", "100kg"])
def test_other_numbers_are_no_dose(written: str) -> None:
    assert find_doses(plain_signs(written)) == []


def test_a_number_too_large_for_sets_is_a_load() -> None:
    dose = find_doses("60x8")[0].dose
    assert (dose.sets, dose.reps) == (1, (8, 8))
    assert dose.remarks == ("60 taken for a load: one set of 8",)


def test_a_range_of_sets_counts_as_its_larger_end_and_says_so() -> None:
    dose = find_doses("2-3x10")[0].dose
    assert dose.sets == 3
    assert dose.remarks == ("2-3 sets counted as 3",)


def test_several_doses_of_one_exercise_add_up() -> None:
    """A top set of five and three sets of eight; a bare number of repetitions only says how long the sets are."""
    assert together([f.dose for f in find_doses("1x5, 3x8")]).sets == 4
    assert together([f.dose for f in find_doses("4 sets  8 reps")]).sets == 4


LINES = (
    ("bench press 4x8", [("barbell_bench_press", 4)]),
    ("4x8 bench press", [("barbell_bench_press", 4)]),
    ("bench press: 4 sets of 8", [("barbell_bench_press", 4)]),
    ("bench press 4x8, pull-ups 3x6", [("barbell_bench_press", 4), ("pull_up", 3)]),
    ("bench press 4x8; pull-ups 3x6", [("barbell_bench_press", 4), ("pull_up", 3)]),
    ("bench press 4x8 + pull-ups 3x6", [("barbell_bench_press", 4), ("pull_up", 3)]),
    ("curls+pushdowns 3x12", [("curl", 3), ("triceps_pushdown", 3)]),
    ("dips 3x10 squats 3x5", [("parallel_bar_dip", 3), ("barbell_back_squat", 3)]),
    ("bench press 4x8,8,6,6", [("barbell_bench_press", 4)]),
    ("bench press, 4 sets of 8", [("barbell_bench_press", 4)]),
    ("squat 5x5 @ 80%, rest 2 min", [("barbell_back_squat", 5)]),
    ("squat 3x8 @ RPE 8 tempo 3010", [("barbell_back_squat", 3)]),
    ("squat 100kg 3x5", [("barbell_back_squat", 3)]),
    ("split squat 3x10 each side", [("split_squat", 3)]),
    ("split squat 3x10/side", [("split_squat", 3)]),
    ("DB row 3x8/8", [("dumbbell_row_retraction", 3)]),
    ("squat 1x5, 3x8", [("barbell_back_squat", 4)]),
    ("row, one-arm dumbbell 3x10", [("dumbbell_row_retraction", 3)]),
    ("row 3x10 with dumbbells", [("dumbbell_row_retraction", 3)]),
    ("bench press 3x10 (dumbbells)", [("dumbbell_bench_press", 3)]),
    ("squat 3x10, slow on the way down", [("barbell_back_squat", 3)]),
    ("pull-ups 3x6 weighted", [("weighted_pull_up", 3)]),
    ("squat (paused) 3x5", [("barbell_back_squat", 3)]),
    ("deadlift with straps 3x5", [("conventional_deadlift", 3)]),
    ("single-leg calf raise, bodyweight 3x12", [("bodyweight_calf_raise", 3)]),
    ("10 push-ups", [("push_up", None)]),
    ("90/90 external rotation 3x12", [("cable_external_rotation_90_90", 3)]),
    ("45-degree back extension 3x10", [("back_extension_45", 3)]),
    ("high-to-low cable face pull, half-kneeling 3x12", [("half_kneeling_cable_face_pull", 3)]),
)


@pytest.mark.parametrize(("line", "meant"), LINES, ids=[line for line, _ in LINES])
def test_a_line_is_taken_apart(line: str, meant: list[tuple[str, int | None]]) -> None:
    found = fragments(line, INDEX)
    assert [(f.match.exercise, None if f.dose is None else f.dose.sets) for f in found] == meant


@pytest.mark.parametrize("line", ["leg press or hack squat 3x12", "pull-ups / chin-ups 3x8"])
def test_a_choice_of_two_exercises_is_left_open(line: str) -> None:
    (found,) = fragments(line, INDEX)
    assert found.match.exercise is None
    assert found.match.ambiguous
    assert len(found.match.candidates) == 2


@given(st.text(alphabet="0123456789x/-,+ skgreptofsmin@%.()[]", max_size=40))
def test_any_numbers_are_read_or_left(text: str) -> None:
    for found in find_doses(plain_signs(text)):
        assert found.end > found.start
        assert found.dose.reps is None or 0 < found.dose.reps[0] <= found.dose.reps[1]
        assert found.dose.sets is None or found.dose.sets >= 0
    fragments(text, INDEX)
