from __future__ import annotations

import pytest

from solver.domain.problem import Avoidances
from tests.solver.rule_lab import Bench, athlete, blamed, exercise, keeps, problem, week

RULE = "athlete.exclusions"
PRESS = exercise("press", pattern="vertical_push", stress=frozenset({"overhead", "spinal_load"}))
BENCH = exercise("bench", pattern="horizontal_push", equipment=(("barbell", "rack"), ("dumbbells",)))
EVERYTHING = (PRESS, BENCH)
PRESSING = week(mon={"press": 3})
BENCHING = week(mon={"bench": 3})


def _avoiding(**avoided: set[str]) -> object:
    who = athlete(avoid=Avoidances(**{kind: frozenset(ids) for kind, ids in avoided.items()}))
    return problem(*EVERYTHING, who=who)


@pytest.mark.parametrize(
    "avoided",
    [
        {},
        {"exercises": {"bench"}},
        {"patterns": {"horizontal_push"}},
        {"stress": {"hanging", "impact"}},
        {"equipment": {"barbell", "dumbbells"}},
    ],
)
def test_what_is_not_avoided_keeps_it(avoided: dict[str, set[str]]) -> None:
    assert keeps(_avoiding(**avoided), PRESSING, RULE)


@pytest.mark.parametrize(
    ("avoided", "subject"),
    [
        ({"exercises": {"press"}}, "exercise:press"),
        ({"patterns": {"vertical_push"}}, "pattern:vertical_push"),
        ({"stress": {"overhead"}}, "stress:overhead"),
        ({"stress": {"spinal_load", "hanging"}}, "stress:spinal_load"),
    ],
)
def test_what_is_avoided_breaks_it(avoided: dict[str, set[str]], subject: str) -> None:
    assert not keeps(_avoiding(**avoided), PRESSING, RULE)
    assert blamed(_avoiding(**avoided), PRESSING, RULE) == {subject}


@pytest.mark.parametrize(
    ("equipment", "kept"),
    [
        ({"barbell"}, True),  # the dumbbells are left
        ({"dumbbells"}, True),  # the barbell with its rack is left
        ({"barbell", "rack"}, True),
        ({"rack", "dumbbells"}, False),  # a barbell without its rack is no alternative
        ({"barbell", "dumbbells"}, False),
    ],
)
def test_the_last_alternative_is_the_boundary(equipment: set[str], kept: bool) -> None:
    assert keeps(_avoiding(equipment=equipment), BENCHING, RULE) is kept


def test_either_of_two_avoided_alternatives_would_do() -> None:
    # with the barbell or the dumbbells allowed again the bench is possible: neither exclusion forbids it alone
    world = _avoiding(equipment={"barbell", "dumbbells"})
    bench = Bench(world, BENCHING, RULE, explaining=True)
    assert not bench.feasible(bench.subjects)
    assert bench.feasible({"equipment:barbell"})
    assert bench.feasible({"equipment:dumbbells"})


def test_without_the_rule_the_week_may_hold_what_is_avoided() -> None:
    world = _avoiding(exercises={"press"}, patterns={"vertical_push"}, stress={"overhead", "spinal_load"})
    assert blamed(world, PRESSING, RULE) == {
        "exercise:press",
        "pattern:vertical_push",
        "stress:overhead",
        "stress:spinal_load",
    }
