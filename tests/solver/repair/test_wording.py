"""One sentence for each kind of change."""

from __future__ import annotations

import pytest

from solver.domain.change import Change, ChangeKind, WeekEntry
from solver.repair import Reason, ReasonedChange, sentence
from tests.golden.asking import problem_of

PROBLEM = problem_of({})
SHRUG, RAISE = WeekEntry("tue", "barbell_shrug", 4), WeekEntry("tue", "prone_y_raise", 3)
TRAPS = Reason("scapula.lower_trap", mended=True, statement="The week has 0 direct lower-trapezius sets, it needs 4.")
TOO_EARLY = Reason("athlete.skill", mended=True, statement="Barbell shrug needs skill level 3, the athlete has 2.")
TOO_LONG = Reason("time.session", mended=False, statement="The session in 'tue' takes 62 min, 2 min more than 60.")


def said(kind: ChangeKind, before: WeekEntry | None, after: WeekEntry | None, *reasons: Reason) -> str:
    slot = (before or after or SHRUG).slot
    return sentence(PROBLEM, ReasonedChange(Change(kind, slot, 1, before, after), reasons))


@pytest.mark.parametrize(
    ("kind", "before", "after", "expected"),
    [
        ("drop", SHRUG, None, "tue: drop Barbell shrug, 4 sets"),
        ("add", None, WeekEntry("fri", "cat_camel", 1), "fri: add Cat-camel, 1 set"),
        ("sets", SHRUG, WeekEntry("tue", "barbell_shrug", 2), "tue: Barbell shrug, 4 sets -> 2 sets"),
        ("swap", SHRUG, RAISE, "tue: Barbell shrug, 4 sets -> Prone Y raise, 3 sets"),
        (
            "move",
            SHRUG,
            WeekEntry("fri", "barbell_shrug", 4),
            "tue: Barbell shrug, 4 sets -> fri: Barbell shrug, 4 sets",
        ),
        ("open", None, None, "tue: train here too"),
        ("close", None, None, "tue: no session"),
        ("order", None, None, "tue: another order"),
    ],
)
def test_every_kind_of_change_has_its_words(
    kind: ChangeKind, before: WeekEntry | None, after: WeekEntry | None, expected: str
) -> None:
    because = ", because the week has 0 direct lower-trapezius sets, it needs 4."
    assert said(kind, before, after, TRAPS) == expected + because


def test_two_reasons_at_most_and_mended_rules_before_kept_ones() -> None:
    # Names of exercises keep their capital inside the sentence.
    assert said("swap", SHRUG, RAISE, TOO_EARLY, TRAPS, TRAPS, TOO_LONG) == (
        "tue: Barbell shrug, 4 sets -> Prone Y raise, 3 sets, because Barbell shrug needs skill level 3, the athlete "
        "has 2; the week has 0 direct lower-trapezius sets, it needs 4."
    )


def test_a_rule_that_was_kept_says_what_would_be_otherwise() -> None:
    assert said("drop", SHRUG, None, TOO_LONG) == (
        "tue: drop Barbell shrug, 4 sets, because otherwise the session in 'tue' takes 62 min, 2 min more than 60."
    )


def test_a_change_without_a_reason_says_so() -> None:
    assert said("drop", SHRUG, None) == (
        "tue: drop Barbell shrug, 4 sets; no rule needs this, a nearer week may exist."
    )
