"""Numbers and ids in words."""

from __future__ import annotations

import pytest

from service.terminal.words import duration, either, minutes, number, percent, rest, short_rule
from solver.rulebook import RULES


@pytest.mark.parametrize(("value", "text"), [(3, "3"), (2.0, "2"), (0.25, "0.25"), (97.6249, "97.62"), (1000, "1000")])
def test_number(value: float, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(("share", "text"), [(0, "0 %"), (0.0004, "under 0.1 %"), (0.0237, "2.4 %"), (1, "100 %")])
def test_percent(share: float, text: str) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(("seconds", "text"), [(3600, "60"), (3601, "61"), (3540, "59")])
def test_minutes(seconds: int, text: str) -> None:
    assert minutes(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(0, "-"), (90, "90 s"), (60, "60 s"), (120, "2 min"), (150, "150 s")])
def test_rest(seconds: int, text: str) -> None:
    assert rest(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 s"), (50, "50 s"), (60, "1 min"), (250, "4 min 10 s"), (3600, "60 min"), (-90, "−1 min 30 s")],
)
def test_duration(seconds: int, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(("words", "text"), [("", ""), ("a", "a"), ("ab", "a or b"), ("abc", "a, b or c")])
def test_either(words: str, text: str) -> None:
    assert either(words) == text


def test_short_names_of_rules_are_short_and_differ() -> None:
    names = [short_rule(rule.id) for rule in RULES if rule.mistake is not None]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 20
