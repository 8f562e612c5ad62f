"""The instances are many, different, valid, and the same every time; so are the larger catalogs."""

from __future__ import annotations

from collections import Counter

import pytest

from catalog.catalog import default_catalog
from solver.domain.eligibility import Eligibility
from tests.bench.catalogs import content, enlarged
from tests.bench.generator import drawn
from tests.bench.running import growth_instances
from tests.bench.suite import DRAWN, GOLDEN, GOLDEN_REQUESTS, GROWTH_SIZES, QUICK, suite

SUITE = suite()


def test_the_suite_spans_what_is_asked_for() -> None:
    problems = [instance.problem for instance in SUITE.values()]
    assert len(SUITE) >= 24
    assert {problem.rules.sessions_max for problem in problems} == {2, 3, 4, 5, 6}
    lengths = {slot.limit_seconds // 60 for problem in problems for slot in problem.slots}
    assert min(lengths) == 30
    assert max(lengths) >= 90
    assert {problem.athlete.experience for problem in problems} == {"beginner", "intermediate", "advanced"}
    assert len({slot.place.equipment for problem in problems for slot in problem.slots}) >= 5
    assert any(problem.athlete.avoid.stress for problem in problems)
    assert any(goal.priority == 3 for problem in problems for goal in problem.muscles)
    levels = Counter(instance.level for instance in SUITE.values())
    assert set(levels) == {"easy", "medium", "hard", "growth"}
    sizes = Counter(len(instance.problem.exercises) for instance in SUITE.values())
    assert all(sizes[size] >= 2 for size in GROWTH_SIZES)


def test_every_golden_request_is_in_the_suite() -> None:
    assert sorted(GOLDEN) == sorted(path.stem for path in GOLDEN_REQUESTS.glob("*.json"))
    assert GOLDEN.keys() <= SUITE.keys()


def test_the_quick_part_and_the_growth_table_are_of_the_suite() -> None:
    assert set(QUICK) <= SUITE.keys()
    assert {instance for _, instance in growth_instances()} <= SUITE.keys()


@pytest.mark.parametrize("seed", DRAWN)
def test_a_seed_always_draws_the_same_week(seed: int) -> None:
    assert drawn(seed) == drawn(seed)
    name, body = drawn(seed)
    assert len(body["week"]["slots"]) == 2 + seed % 5
    assert SUITE[name].body == body


def test_different_seeds_draw_different_weeks() -> None:
    bodies = [str(drawn(seed)[1]) for seed in range(50)]
    assert len(set(bodies)) == len(bodies)


@pytest.mark.parametrize("size", GROWTH_SIZES)
def test_a_larger_catalog_has_its_size_and_the_real_exercises(size: int) -> None:
    catalog = enlarged(size)
    assert len(catalog.exercises) == size
    real = default_catalog().exercises
    assert {name: catalog.exercises[name] for name in real} == dict(real)


def test_a_larger_catalog_is_the_same_every_time_and_holds_the_smaller() -> None:
    small, large = (enlarged(size) for size in GROWTH_SIZES)
    enlarged.cache_clear()
    assert enlarged(GROWTH_SIZES[0]).content_hash == small.content_hash
    assert small.exercises.keys() <= large.exercises.keys()


def test_no_variant_repeats_another_exercise() -> None:
    """Two exercises that differ in name alone would be a symmetry that no real catalog has."""
    real, catalog = default_catalog().exercises, enlarged(GROWTH_SIZES[-1])
    variants = [content(exercise) for name, exercise in catalog.exercises.items() if name not in real]
    assert len(set(variants)) == len(variants)
    assert set(variants).isdisjoint(map(content, real.values()))


def test_a_name_makes_no_difference_and_a_second_does() -> None:
    plank = default_catalog().exercises["front_plank"]
    assert content(plank.model_copy(update={"id": "other", "name": "Other"})) == content(plank)
    assert content(plank.model_copy(update={"rest_seconds": plank.rest_seconds + 1})) != content(plank)


def test_variants_differ_in_sets_shares_times_equipment_and_families() -> None:
    catalog = enlarged(GROWTH_SIZES[0])
    variants = [e for name, e in catalog.exercises.items() if name not in default_catalog().exercises]
    pairs = [(variant, catalog.exercises[variant.id.rpartition("_v")[0]]) for variant in variants]
    for field in ("sets", "muscle_quarters", "seconds_per_set", "rest_seconds", "equipment", "movement_family"):
        assert sum(getattr(variant, field) != getattr(origin, field) for variant, origin in pairs) > 20, field
    for variant, origin in pairs:
        assert variant.muscle_quarters.keys() == origin.muscle_quarters.keys()
        assert all(abs(q - origin.muscle_quarters[m]) <= 1 for m, q in variant.muscle_quarters.items())


def test_a_larger_catalog_has_more_to_choose_from_in_the_same_week() -> None:
    def pairs(name: str) -> int:
        problem = SUITE[name].problem
        eligibility = Eligibility.of(problem)
        return sum(eligibility.possible(e, s) for e in problem.exercises for s in problem.slots)

    assert 2 * pairs("home_dumbbells") < pairs("home_dumbbells_500")


def test_a_catalog_cannot_shrink() -> None:
    with pytest.raises(ValueError, match="more than 10"):
        enlarged(10)
