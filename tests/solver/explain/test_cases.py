"""Every conflict of the suite names the culprit and little else, excludes itself, and has nothing to spare."""

from __future__ import annotations

import pytest

from solver.rulebook import RULE_BY_ID
from tests.properties.proving import confirm, names_of
from tests.solver.explain.suite import NAMES, case, explained


def test_the_suite_goes_from_one_rule_to_many() -> None:
    assert len(NAMES) >= 30
    sizes = {len(explained(name)[1].elements) for name in NAMES}
    assert {1, 2, 3, 4, 5} <= sizes
    rules = {element.rule for name in NAMES for element in explained(name)[1].elements}
    assert len(rules) >= 18
    for name in NAMES:
        assert len(case(name).reason) > 20


@pytest.mark.parametrize("name", NAMES)
def test_the_conflict_names_the_culprit_and_little_else(name: str) -> None:
    _, conflict = explained(name)
    found, wanted = set(names_of(conflict)), case(name)
    assert wanted.culprits <= found
    assert not wanted.one_of or wanted.one_of & found
    assert len(found) <= wanted.at_most
    for element in conflict.elements:
        assert element.statement == RULE_BY_ID[element.rule].sentence


@pytest.mark.parametrize("name", NAMES)
def test_the_elements_exclude_each_other_and_none_can_be_spared(name: str) -> None:
    problem, conflict = explained(name)
    assert conflict.minimal
    confirm(problem, conflict)
