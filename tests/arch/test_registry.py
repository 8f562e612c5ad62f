"""One rule, four homes: the rulebook, the model's rules, the verifier's checks and a test file each."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from solver import rulebook, rules, verifier
from solver.blocks import verifier as blocks
from solver.gym import verifier as gyms

RULE_TESTS = Path(__file__).parents[1] / "solver" / "rules"
RULE_IDS = [spec.id for spec in rulebook.RULES]


def test_rulebook_ids_are_unique() -> None:
    assert [rule for rule, count in Counter(spec.id for spec in rulebook.RULEBOOK).items() if count > 1] == []


def test_every_rule_of_a_block_is_verified_and_nothing_else() -> None:
    assert sorted(blocks.CHECKS) == sorted(spec.id for spec in rulebook.BLOCK_RULES)


def test_the_verifier_of_gyms_names_every_rule_of_a_gym_and_nothing_else() -> None:
    named = re.findall(r'"(gym\.\w+)"', Path(gyms.__file__).read_text("utf-8"))
    assert set(named) == {spec.id for spec in rulebook.GYM_RULES}


def test_every_rule_of_the_rulebook_is_modelled_and_nothing_else() -> None:
    assert sorted(rule.id for rule in rules.RULES) == sorted(RULE_IDS)


def test_every_rule_of_the_rulebook_is_verified_and_nothing_else() -> None:
    assert sorted(verifier.CHECKS) == sorted(RULE_IDS)


def test_every_rule_has_a_test_file_and_every_rule_test_file_has_a_rule() -> None:
    expected = {f"test_{rule.replace('.', '_')}.py" for rule in RULE_IDS}
    assert {path.name for path in RULE_TESTS.glob("test_*.py")} == expected


@pytest.mark.parametrize("rule", RULE_IDS)
def test_the_test_file_of_a_rule_names_that_rule(rule: str) -> None:
    text = (RULE_TESTS / f"test_{rule.replace('.', '_')}.py").read_text(encoding="utf-8")
    assert f'"{rule}"' in text
    others = [other for other in RULE_IDS if other != rule and f'"{other}"' in text]
    assert text.count(f'"{rule}"') >= max((text.count(f'"{other}"') for other in others), default=0)


def test_every_rule_lives_in_the_module_named_after_it() -> None:
    package = Path(rules.__file__).parent
    missing = [rule for rule in RULE_IDS if not (package / f"{rule.replace('.', '_')}.py").is_file()]
    assert missing == []
