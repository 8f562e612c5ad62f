"""The check of all questions about all golden weeks notices what is wrong; `tests.bench.questions goldens` runs it."""

from __future__ import annotations

import pytest

from service.studies.examples import documented_week
from tests.bench.questions.goldens import QUESTIONS, WrongError, read_back, valid


def test_every_question_is_asked() -> None:
    assert list(QUESTIONS) == ["supersets", "variants", "front", "comparison", "what-if", "swaps", "replan", "block"]


def test_a_week_that_is_not_what_it_says_is_noticed() -> None:
    told = documented_week().response
    assert valid(told).plan == documented_week().plan
    assert told.score is not None
    assert told.week is not None
    better = told.model_copy(update={"score": told.score.model_copy(update={"value": told.score.value + 0.01})})
    with pytest.raises(WrongError, match="scores"):
        read_back(better)
    first, *rest = told.week.sessions
    cut = first.model_copy(update={"entries": first.entries[1:]})
    shorter = told.model_copy(update={"week": told.week.model_copy(update={"sessions": [cut, *rest]})})
    with pytest.raises(WrongError):
        read_back(shorter)
    renamed = [line.model_copy(update={"statement": "1 sets"}) for line in told.certificate]
    with pytest.raises(WrongError, match="1 sets"):
        read_back(told.model_copy(update={"certificate": renamed}))
