"""Weeks without days are laid into days, and what cannot be laid is excluded without excluding anything better."""

from __future__ import annotations

import pytest

from solver.domain.problem import SolveBudget
from solver.model import build_model
from solver.search.forms import Forms
from solver.search.lexicographic import Found, Search
from solver.watch import Watch
from tests.solver.search.test_weekly import optimum, solved
from tests.solver.tiny import tiny_problem

SEEDS = range(24)


def in_one_number(seed: int) -> Forms:
    """A tiny week with all tiers in its objective."""
    built = build_model(tiny_problem(seed))
    objective = built.objective
    forms = Forms(built)
    built.model.maximize(objective.quality - 1000 * objective.targets - 1_000_000 * objective.minima)
    return forms


@pytest.mark.parametrize("seed", SEEDS)
def test_the_best_week_is_found_again_from_what_it_has_in_all(seed: int) -> None:
    forms = in_one_number(seed)
    best, week = solved(forms.linked)
    if best is None:
        return
    dayless = forms.dayless(forms.linked)
    kept = [0] * len(dayless.index_of)
    for index, position in dayless.index_of.items():
        kept[position] = week[index]
    assert optimum(forms.settled(forms.linked, kept, dayless)) == best
    assert optimum(forms.limited(forms.linked, forms.exercises([kept], dayless))) == best


@pytest.mark.parametrize("seed", SEEDS)
def test_a_week_is_either_of_the_exhausted_exercises_or_within_the_bound_beyond_them(seed: int) -> None:
    forms = in_one_number(seed)
    best = optimum(forms.linked)
    if best is None:
        return
    excluded: list[frozenset[str]] = []
    of_those = []
    for _ in range(3):
        dayless = forms.dayless(forms.linked)
        forms.beyond(dayless, excluded)
        bound, week = solved(dayless.model)
        assert max([*of_those, *([] if bound is None else [bound])]) >= best
        if bound is None:
            assert max(of_those) == best
            return
        exercises = forms.exercises([week], dayless)
        assert not any(exercises <= earlier for earlier in excluded)
        excluded.append(exercises)
        value = optimum(forms.limited(forms.linked, exercises))
        of_those += [] if value is None else [value]


def test_a_hint_is_handed_on_in_totals() -> None:
    forms = in_one_number(2)
    _, week = solved(forms.linked)
    hinted = forms.linked.clone()
    hinted.proto.solution_hint.vars.extend(range(len(week)))
    hinted.proto.solution_hint.values.extend(week)
    dayless = forms.dayless(hinted)
    told = dict(zip(dayless.model.proto.solution_hint.vars, dayless.model.proto.solution_hint.values, strict=True))
    assert told == {position: week[index] for index, position in dayless.index_of.items()}


def test_weeks_whose_best_exercises_cannot_be_laid_are_proven_by_excluding_them() -> None:
    """What the exclusions lead to is the plain model's optimum, and no bound told on the way is beyond it."""
    used = 0
    for seed in SEEDS:
        built = build_model(tiny_problem(seed))
        told: list[tuple[tuple[int, int], ...]] = []
        budget = SolveBudget(time_limit_seconds=60, workers=1, deterministic_seconds=20)
        search = Search(built, Watch(budget), 0.0, 1, lambda progress, told=told: told.append(progress.tiers))  # type: ignore[misc]
        found = search.run()
        if not any(tier.exhausted for tier in search._tiers):  # noqa: SLF001
            continue
        used += 1
        assert isinstance(found, Found)
        model, best = built.model.clone(), []
        for expression in (built.objective.minima, built.objective.targets, -built.objective.quality):
            model.minimize(expression)
            value = optimum(model)
            assert value is not None
            model.add(expression <= value)
            best.append(value)
        best[2] = -best[2]
        assert [tier.value for tier in found.tiers] == [tier.bound for tier in found.tiers] == best
        assert all(tiers[0][1] <= best[0] for tiers in told)
        assert all(tiers[1][1] <= best[1] for tiers in told if tiers[0][0] == best[0])
        assert all(tiers[2][1] >= best[2] for tiers in told if [value for value, _ in tiers[:2]] == best[:2])
    assert used
