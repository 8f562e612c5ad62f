"""Supersets as people write them: A1 and A2, the rest after both."""

from __future__ import annotations

from service.terminal.alternation import steps
from tests.service.cli.answers import entry


def test_a_pair_is_called_a1_and_a2_and_rests_once_a_round() -> None:
    plain = entry("bird_dog", "Bird dog", rest=15)
    press, row = (
        entry(name, name, rest=rest).model_copy(update={"superset": "A"}) for name, rest in (("press", 60), ("row", 90))
    )
    half = entry("plank", "Plank", rest=45).model_copy(update={"superset": "B"})
    assert [(s.mark, s.entry.exercise, s.rest) for s in steps([plain, press, row, half])] == [
        ("1", "bird_dog", "15 s"),
        ("A1", "press", "to A2"),
        ("A2", "row", "90 s"),
        ("4", "plank", "45 s"),
    ]
