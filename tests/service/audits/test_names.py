"""Names are understood as people write them, and none is ever taken for another exercise in silence."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.catalog import default_catalog
from service.audits.names.index import index_with, other_exercises, standard_index
from service.audits.names.matching import CONFIDENT, MARGIN, match
from service.audits.names.normal import words
from service.audits.tagging import Tags, tagged_exercise
from tests.service.audits.name_table import SPELLINGS

if TYPE_CHECKING:
    from service.audits.names.index import NameIndex


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return standard_index(default_catalog())


@pytest.mark.parametrize(("written", "meant"), SPELLINGS, ids=[written for written, _ in SPELLINGS])
def test_a_name_is_understood(index: NameIndex, written: str, meant: str | None) -> None:
    assert match(written, index).exercise == meant


def test_the_table_is_large_and_has_names_that_mean_nothing_certain() -> None:
    written = [name for name, _ in SPELLINGS]
    assert len(written) == len(set(written)) >= 250
    assert sum(meant is None for _, meant in SPELLINGS) >= 30
    assert len({meant for _, meant in SPELLINGS}) >= 120


def test_every_exercise_of_the_catalog_goes_by_its_id_its_name_and_its_aliases(index: NameIndex) -> None:
    for exercise in default_catalog().exercises.values():
        for name in (exercise.id, exercise.name, *exercise.aliases):
            assert match(name, index).exercise == exercise.id, name


def test_no_spelling_stands_for_two_exercises(index: NameIndex) -> None:
    meant = defaultdict(set)
    for spelling in index.spellings:
        meant[tuple(sorted(spelling.words))].add(spelling.exercise)
    assert {name: exercises for name, exercises in meant.items() if len(exercises) > 1} == {}


def test_the_other_exercises_count_like_one_of_the_catalog(index: NameIndex) -> None:
    catalog = default_catalog()
    others = other_exercises(catalog)
    assert len({exercise.id for exercise in others}) == len(others) > 60
    for exercise in others:
        assert exercise.id not in catalog.exercises
        assert index.exercises[exercise.id] is exercise
        assert all(item in catalog.equipment for items in exercise.equipment for item in items)
        assert set(exercise.muscle_quarters) <= set(catalog.muscles)
        assert match(exercise.name, index).how == "like"


@pytest.mark.parametrize(
    "written", ["decline fly", "external row", "front raises on a bench press", "seated squat press"]
)
def test_a_known_word_is_never_taken_for_a_slip_of_another(index: NameIndex, written: str) -> None:
    assert match(written, index).exercise is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("bulgarien split squat", "bulgarian_split_squat"),
        ("dumbbel lateral raise", "dumbbell_lateral_raise"),
        ("bench pressing", None),
        ("latpuldown", "lat_pulldown"),
        ("leg pres", "leg_press"),
        ("intermal rotation", None),
        ("xxx yyy", None),
    ],
)
def test_slips_are_corrected_only_when_one_word_is_clearly_meant(
    index: NameIndex, written: str, meant: str | None
) -> None:
    found = match(written, index)
    assert found.exercise == meant
    if meant is not None:
        assert found.how == "spelling"
        assert CONFIDENT <= found.score < 100


def test_two_corrections_that_are_equally_near_leave_it_open(index: NameIndex) -> None:
    """`adbuction` is one slip from abduction (two letters changed places) and one from adduction (a wrong letter)."""
    found = match("hip adbuction machine", index)
    assert found.exercise is None
    assert {c.exercise for c in found.candidates} == {"hip_abduction_machine", "hip_adduction_machine"}
    assert found.candidates[0].score - found.candidates[-1].score < MARGIN


@pytest.mark.parametrize("written", ["row", "rows", "curl machine squat row", "raise"])
def test_what_fits_several_exercises_comes_with_candidates(index: NameIndex, written: str) -> None:
    found = match(written, index)
    assert found.exercise is None
    assert [c.score for c in found.candidates] == sorted((c.score for c in found.candidates), reverse=True)


def test_a_plain_row_is_ambiguous_and_a_made_up_name_is_not(index: NameIndex) -> None:
    assert match("row", index).ambiguous
    assert "cable_row_retraction" in {candidate.exercise for candidate in match("row", index).candidates}
    assert not match("gizmo flux", index).ambiguous


def test_the_callers_own_exercise_wins_over_every_other(index: NameIndex) -> None:
    catalog = default_catalog()
    own = tagged_exercise(Tags("Row", like="towel_row"), catalog)
    assert match("rows", index_with(catalog, [own])).exercise == own.id
    assert match("rows", index_with(catalog, [own])).how == "tagged"
    assert match("rows", index).exercise is None


@given(st.text(max_size=120))
def test_any_text_is_a_name_or_none(text: str) -> None:
    found = match(text, standard_index(default_catalog()))
    assert (found.exercise is None) == (found.how is None)
    assert all(word == word.lower() and word.isalnum() for word in words(text))


@given(st.sampled_from(sorted(default_catalog().exercises)), st.data())
def test_letter_case_hyphens_and_plurals_do_not_matter(id_: str, data: st.DataObject) -> None:
    index = standard_index(default_catalog())
    name = default_catalog().exercises[id_].name
    shape = data.draw(
        st.sampled_from([str.upper, str.lower, str.title, lambda s: s.replace("-", " "), lambda s: s + "s"])
    )
    if shape("x") == "xs" and (name.endswith(("s", ")")) or "," in name or name[-1].isdigit()):
        return
    assert match(shape(name), index).exercise == id_
