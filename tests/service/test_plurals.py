"""Numbers agree with what they count in everything that a person reads: where there is one, there are no "1 sets"."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalog.catalog import default_catalog
from service.variants.goals import WORDS, in_words
from solver.domain.phrases import counted
from tests.plurals import slips, slips_in
from tests.service.audits.asking import audited

ROOT = Path(__file__).parents[2]
EVERY = 4
"""Of the catalog's exercises so many are tried: each takes a while, and each mistake is made by many."""


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("glutes 1 >= 1 sets, nearest of 3 required", ["1 sets"]),
        ("the week has 2 session; 3 more change", ["2 session", "3 more change"]),
        ("1 <= 1 such exercises in one, at most 1 are allowed", ["1 such exercises", "1 are"]),
        ("1 set, 1.5 sets and 21 sets; stage 1 after 2 sessions; 1 of 3 weeks; week 1 has 2 sessions", []),
    ],
)
def test_what_does_not_agree_is_found(said: str, found: list[str]) -> None:
    assert sorted(slips(said)) == sorted(found)


def test_counting_knows_one_from_many() -> None:
    assert [counted(n, "set") for n in (0, 1, 1.0, 1.5, 2)] == ["0 sets", "1 set", "1 set", "1.5 sets", "2 sets"]
    assert counted(2, "entry", "entries") == "2 entries"
    assert not slips_in([in_words(goal, value) for goal in WORDS for value in (0, 1, 2)])


def test_what_is_said_of_weeks_of_one_agrees() -> None:
    """Every rule measures them, most are broken, and advice is given on each: with one of everything."""
    exercises = list(default_catalog().exercises.values())[::EVERY]
    for exercise in exercises:
        week = f"Mon: {exercise.name} 1x8"
        for programme in (week, f"{week}\nThu: {exercise.name} 1x8"):
            assert slips_in(audited(programme).model_dump(mode="json")) == [], programme


def test_documented_answers_agree() -> None:
    files = sorted((ROOT / "service").glob("**/examples/*.json"))
    assert len(files) > 10
    for file in files:
        assert slips_in(json.loads(file.read_text("utf-8"))) == [], file.name
