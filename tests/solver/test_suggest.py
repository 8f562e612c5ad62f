"""The search for what helps: the smallest step that does, the cheapest first, one of a family, and pairs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from solver.domain.plan import Plan
from solver.explain import explain
from solver.suggest import Offer, suggest
from solver.suggest.trial import first_plan, still_collide
from solver.verifier import verify
from solver.watch import Watch
from tests.golden.asking import budget, problem_of
from tests.solver.subjects import named

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.domain.outcome import Conflict
    from solver.domain.problem import Problem
    from solver.suggest import Findings

DETERMINISTIC_SECONDS = 3.0
CALVES = {"rules": {"volume.weekly_min": {"calves": 9}, "volume.weekly_max": {"calves": 6}}}
BOTH = {"rules": {"volume.weekly_min": {"calves": 9, "biceps": 9}, "volume.weekly_max": {"calves": 6, "biceps": 6}}}


@dataclass(frozen=True)
class Number:
    """A change of one muscle's number."""

    base: Problem
    muscle: str
    field: str
    value: int
    cost: int

    def problem(self) -> Problem:
        muscles = (
            replace(goal, **{self.field: self.value}) if goal.muscle == self.muscle else goal
            for goal in self.base.muscles
        )
        return replace(self.base, muscles=tuple(muscles))


def _steps(problem: Problem, muscle: str, field: str, *values: int, price: int = 1) -> tuple[Number, ...]:
    return tuple(Number(problem, muscle, field, value, price * (n + 1)) for n, value in enumerate(values))


def _search(
    problem: Problem,
    offers: Callable[[Number | None, Conflict], list[Offer[Number]]],
    deterministic_seconds: float = DETERMINISTIC_SECONDS,
) -> Findings[Number]:
    conflict = explain(problem, Watch(budget(DETERMINISTIC_SECONDS)))
    assert conflict is not None
    return suggest(conflict, offers, budget(deterministic_seconds), score_seconds=0.0)


def _values(found: Findings[Number]) -> list[tuple[str, int, int]]:
    return [(proven.step.field, proven.step.value, proven.step.cost) for proven in found.proven]


def test_the_smallest_step_that_does_is_found_and_the_cheapest_comes_first() -> None:
    problem = problem_of(CALVES)
    least = _steps(problem, "calves", "weekly_min_sets", 8, 7, 6, 5, 4)
    most = _steps(problem, "calves", "weekly_max_sets", 7, 8, 9, 10, price=2)
    found = _search(problem, lambda *_: [Offer("max", most), Offer("min", least)])
    # Nine sets at least and six at most meet when the one comes down by three, or the other goes up by as many.
    assert _values(found) == [("weekly_min_sets", 6, 3), ("weekly_max_sets", 9, 6)]
    assert found.untried == 0
    for proven in found.proven:
        assert verify(proven.step.problem(), proven.plan) == ()
        assert 0 < proven.score <= 100


def test_of_a_family_only_the_cheapest_is_proposed() -> None:
    problem = problem_of(CALVES)
    dear = _steps(problem, "calves", "weekly_min_sets", 5, price=7)
    cheap = _steps(problem, "calves", "weekly_max_sets", 8, 10, price=2)
    found = _search(problem, lambda *_: [Offer("number", dear), Offer("number", cheap)])
    assert _values(found) == [("weekly_max_sets", 10, 4)]


def test_what_does_not_touch_the_conflict_is_never_proposed() -> None:
    problem = problem_of(CALVES)
    other = _steps(problem, "biceps", "weekly_max_sets", 20, 30)
    found = _search(problem, lambda *_: [Offer("other", other)])
    assert (found.proven, found.untried) == ((), 0)


def test_where_no_single_change_does_two_are_combined() -> None:
    problem = problem_of(BOTH)

    def offers(step: Number | None, conflict: Conflict) -> list[Offer[Number]]:
        base = problem if step is None else step.problem()
        spent = 0 if step is None else step.cost
        muscles = dict.fromkeys(e.subject.id for e in conflict.elements)
        return [
            Offer(m, tuple(replace(s, cost=s.cost + spent) for s in _steps(base, m, "weekly_max_sets", 8, 9)))
            for m in muscles
        ]

    found = _search(problem, offers)
    (proven,) = found.proven
    goals = proven.step.problem().goal_by_muscle
    assert (goals["calves"].weekly_max_sets, goals["biceps"].weekly_max_sets) == (9, 9)
    assert proven.step.cost == 4
    assert verify(proven.step.problem(), proven.plan) == ()


def test_without_a_budget_nothing_is_proposed_and_everything_is_left_untried() -> None:
    problem = problem_of(CALVES)
    offers = [Offer(field, _steps(problem, "calves", field, 9)) for field in ("weekly_min_sets", "weekly_max_sets")]
    found = _search(problem, lambda *_: offers, deterministic_seconds=0.0)
    assert found.proven == ()
    assert found.untried == 2


@pytest.mark.parametrize("seconds", [0.005, 0.02, 0.1])
def test_a_small_budget_proposes_less_and_nothing_unproven(seconds: float) -> None:
    problem = problem_of(CALVES)
    least = Offer("min", _steps(problem, "calves", "weekly_min_sets", 8, 7, 6, 5, 4))
    most = Offer("max", _steps(problem, "calves", "weekly_max_sets", 7, 8, 9, 10, price=2))
    found = _search(problem, lambda *_: [least, most], seconds)
    for proven in found.proven:
        assert verify(proven.step.problem(), proven.plan) == ()
    assert len(found.proven) + found.untried <= 2


def test_a_cancelled_search_ends_at_once() -> None:
    problem = problem_of(CALVES)
    conflict = explain(problem, Watch(budget(DETERMINISTIC_SECONDS)))
    assert conflict is not None
    most = Offer("max", _steps(problem, "calves", "weekly_max_sets", 9))
    found = suggest(conflict, lambda *_: [most], budget(DETERMINISTIC_SECONDS), is_cancelled=lambda: True)
    assert found.seconds < 1
    assert len(found.proven) + found.untried == 1


def test_a_trial_says_plan_impossible_or_nothing() -> None:
    watch = Watch(budget(DETERMINISTIC_SECONDS))
    plan = first_plan(problem_of({}), watch)
    assert isinstance(plan, Plan)
    assert verify(problem_of({}), plan) == ()
    assert first_plan(problem_of(CALVES), watch) == "impossible"
    assert first_plan(problem_of({}), Watch(budget(0.0))) == "unknown"
    clash = [named("volume.weekly_min", "calves"), named("volume.weekly_max", "calves")]
    assert still_collide(problem_of(CALVES), clash, watch)
    assert not still_collide(problem_of(CALVES), clash[:1], watch)
    assert not still_collide(problem_of({}), clash, watch)
