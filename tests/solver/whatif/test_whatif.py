"""What a change buys, against lists of all weeks: gains, their proven bounds, their order, and which way it goes."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest

from solver.domain.problem import Place, SolveBudget
from solver.objective.score import score_of
from solver.whatif import Known, Option, WhatIf, what_if
from solver.whatif.bounds import between, inherited, sharpened
from solver.whatif.direction import changes_no_choice, direction
from tests.solver.rule_lab import GYM
from tests.solver.tiny import tiny_problem, valid_weeks

if TYPE_CHECKING:
    from solver.domain.plan import Plan
    from solver.domain.problem import Avoidances, Problem

BUDGET = SolveBudget(time_limit_seconds=600, workers=2, seed=1, deterministic_seconds=40)
SEEDS = 0, 8, 30, 34


Best = tuple[tuple[int, int, int], "Plan"]


@cache
def reference(seed: int) -> Best:
    """Tiers and week of the best of all valid weeks of a tiny problem, from the list of them."""
    return next(iter(valid_weeks(tiny_problem(seed))))


@cache
def best(seed: int, name: str) -> Best | None:
    """The same after a change; None when there is no valid week."""
    return next(iter(valid_weeks(options_of(seed)[name].problem)), None)


def longer(problem: Problem, seconds: int) -> Problem:
    return replace(problem, slots=tuple(replace(s, limit_seconds=s.limit_seconds + seconds) for s in problem.slots))


def equipped(problem: Problem, items: frozenset[str]) -> Problem:
    places = [replace(s.place, equipment=s.place.equipment | items) for s in problem.slots]
    return replace(problem, slots=tuple(replace(s, place=p) for s, p in zip(problem.slots, places, strict=True)))


def avoiding(problem: Problem, exercise: str) -> Problem:
    avoid: Avoidances = problem.athlete.avoid
    avoid = replace(avoid, exercises=avoid.exercises | {exercise})
    return replace(problem, athlete=replace(problem.athlete, avoid=avoid))


def with_rules(problem: Problem, **rules: int) -> Problem:
    return replace(problem, rules=replace(problem.rules, **rules))


@cache
def options_of(seed: int) -> dict[str, Option]:
    problem, plan = tiny_problem(seed), reference(seed)[1]
    floor = problem.rules.lower_trap_sets
    return {
        "ten minutes": Option(longer(problem, 600)),
        "a minute less": Option(longer(problem, -60)),
        "everything": Option(equipped(problem, GYM.equipment)),
        "a useless item": Option(equipped(problem, frozenset({"rowing_boat"}))),
        "a set less": Option(with_rules(problem, lower_trap_sets=floor - 1), "looser"),
        "a set more": Option(with_rules(problem, lower_trap_sets=floor + 1), "tighter"),
        "fewer exercises": Option(with_rules(problem, working_exercises_max=2), "tighter"),
        "without one": Option(avoiding(problem, plan.sessions[-1].entries[-1].exercise)),
    }


@cache
def asked(seed: int) -> WhatIf:
    tiers, plan = reference(seed)
    known = Known((tiers[0], tiers[0]), (tiers[1], tiers[1]))
    return what_if(tiny_problem(seed), plan, known, list(options_of(seed).values()), BUDGET)


def score(seed: int, found: Best) -> float:
    return score_of(tiny_problem(seed), *found[0][:2])


@pytest.mark.parametrize("seed", SEEDS)
def test_gains_are_those_of_the_listed_weeks_and_rank_as_they_do(seed: int) -> None:
    answer, names, before = asked(seed), list(options_of(seed)), score(seed, reference(seed))
    assert before == answer.score == answer.bound
    for finding in answer.findings:
        name = names[finding.option]
        after = best(seed, name)
        if after is None:
            assert finding.verdict == "impossible", name
            continue
        gained = round(score(seed, after) - before, 4)
        assert finding.gain == pytest.approx(gained, abs=2e-4), name
        assert finding.low is not None
        assert finding.high is not None
        assert finding.low - 2e-4 <= gained <= finding.high + 2e-4, name
        assert finding.verdict in ("none" if gained == 0 else "gain" if gained > 0 else "loss", "unproven"), name
    gains = [finding.gain for finding in answer.findings if finding.gain is not None]
    assert gains == sorted(gains, reverse=True)
    assert answer.complete


def test_most_of_it_is_proven() -> None:
    verdicts = [finding.verdict for seed in SEEDS for finding in asked(seed).findings]
    assert {"gain", "loss", "none", "impossible"} <= set(verdicts)
    assert verdicts.count("unproven") <= len(verdicts) // 10


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_called_looser_never_lowers_the_best_and_tighter_never_raises_it(seed: int) -> None:
    problem, (tiers, plan) = tiny_problem(seed), reference(seed)
    told = {name: direction(problem, o.problem, plan, o.direction) for name, o in options_of(seed).items()}
    assert told["ten minutes"] == "looser"
    assert told["a minute less"] == "tighter"
    if told["without one"] == "tighter":
        lifted = direction(options_of(seed)["without one"].problem, problem, plan)
        assert lifted == "looser"
    for name, towards in told.items():
        found = best(seed, name)
        if towards == "looser":
            assert found is not None
            assert found[0] <= _as_minimised(tiers, found[0]), name
        if towards == "tighter" and found is not None:
            assert _as_minimised(tiers, found[0]) <= found[0], name


def _as_minimised(one: tuple[int, int, int], other: tuple[int, int, int]) -> tuple[int, int, int]:
    """With the quality of the other: only the shortfalls are compared."""
    return (*one[:2], other[2])


@pytest.mark.parametrize("seed", SEEDS)
def test_what_changes_no_choice_is_not_searched_and_buys_nothing(seed: int) -> None:
    problem, names = tiny_problem(seed), list(options_of(seed))
    by_name = {names[finding.option]: finding for finding in asked(seed).findings}
    for name, option in options_of(seed).items():
        if changes_no_choice(problem, option.problem):
            finding, found = by_name[name], best(seed, name)
            assert (finding.pruned, finding.low, finding.high, finding.verdict) == (True, 0, 0, "none")
            assert found is not None
            assert score(seed, found) == score(seed, reference(seed))
    assert by_name["a useless item"].pruned


def test_an_item_that_lets_entries_be_paired_allows_more() -> None:
    seed = SEEDS[0]
    problem, plan = tiny_problem(seed), reference(seed)[1]
    two = [("barbell",), ("dumbbells",)], [("dumbbells",)]
    own = {e.id: ways for e, ways in zip((e for e in problem.exercises if not e.is_drill), two, strict=False)}
    either = tuple(e.model_copy(update={"equipment": tuple(own.get(e.id, e.equipment))}) for e in problem.exercises)
    bare = tuple(replace(s, place=Place("here", frozenset({"none", "dumbbells"}))) for s in problem.slots)
    without = replace(problem, exercises=either, slots=bare)
    added = equipped(without, frozenset({"barbell"}))
    assert changes_no_choice(without, added)
    assert direction(without, added, plan) == "looser"
    paired, paired_added = replace(without, supersets=True), replace(added, supersets=True)
    assert not changes_no_choice(paired, paired_added)
    assert direction(paired, paired_added, plan) == "looser", "what they may be done with besides takes no pair away"
    assert changes_no_choice(paired, equipped(paired, frozenset({"rowing_boat"})))


def test_a_lifted_exclusion_is_looser_where_nothing_was_waived_for_it() -> None:
    told = [
        direction(options_of(seed)["without one"].problem, tiny_problem(seed), reference(seed)[1]) for seed in SEEDS
    ]
    assert "looser" in told


def test_a_further_slot_that_may_stay_unused_is_looser() -> None:
    problem, plan = tiny_problem(0), reference(0)[1]
    last = max(s.start_minute for s in problem.slots)
    new = replace(problem.slots[0], id="extra", start_minute=last + 60)
    more = replace(problem, slots=(*problem.slots, new), rules=replace(problem.rules, sessions_max=9))
    assert direction(problem, more, plan) == "looser"
    asked_for = replace(more, rules=replace(more.rules, sessions_min=len(more.slots)))
    assert direction(problem, asked_for, plan) == "either"


def test_bounds_are_honest_where_little_is_proven() -> None:
    problem = tiny_problem(0)
    loose, exact = Known((0, 0), (100, 40)), Known((0, 0), (60, 60))
    low, high = between((problem, loose), (problem, exact), "either")
    assert low is not None
    assert high is not None
    assert low < 0 < high
    assert between((problem, loose), (problem, exact), "looser")[0] == 0
    assert between((problem, Known((5, 0), (10, 10))), (problem, exact), "either") == (None, None)
    assert sharpened(loose, [(exact, "looser")]) == Known((0, 0), (100, 60))
    assert sharpened(loose, [(exact, "tighter")]) == Known((0, 0), (60, 40))
    assert sharpened(loose, [(exact, "either")]) == loose
    assert inherited(loose, exact, "looser") == Known((0, 0), (60, 40))
    assert inherited(loose, exact, "tighter") == Known((0, 0), (100, 60))


def test_a_change_that_only_allows_more_keeps_the_old_week_whatever_is_proven() -> None:
    problem, old, worse = tiny_problem(0), Known((4, 0), (20, 0)), Known((6, 2), (30, 0))
    assert inherited(worse, old, "looser") == Known((4, 2), (20, 0))
    assert inherited(worse, old, "either") == worse
    assert sharpened(worse, [(old, "tighter")]) == Known((4, 2), (20, 0))
    # A bound of tier 2 says nothing of weeks that are worse in tier 1.
    assert inherited(worse, Known((4, 3), (20, 19)), "tighter") == Known((6, 3), (30, 0))
    assert inherited(Known((4, 0), (30, 0)), Known((4, 3), (20, 19)), "tighter") == Known((4, 3), (30, 19))
    # Fewer sets below the minima may cost score; the week without the change is there still.
    assert between((problem, Known((4, 4), (20, 20))), (problem, Known((0, 0), (40, 40))), "looser") == (0.0, 0.0)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_time_at_all_makes_no_loss_of_more_room(seed: int) -> None:
    problem, (tiers, plan) = tiny_problem(seed), reference(seed)
    hasty = replace(BUDGET, deterministic_seconds=1e-6)
    found = what_if(problem, plan, Known((tiers[0], 0), (tiers[1], 0)), [Option(longer(problem, 600))], hasty)
    (finding,) = found.findings
    assert finding.gain == 0
    assert finding.low is None or finding.low >= 0


def test_stopping_keeps_what_was_found() -> None:
    whole, (tiers, plan) = asked(30), reference(30)
    done: list[int] = []
    answer = what_if(
        tiny_problem(30),
        plan,
        Known((tiers[0], tiers[0]), (tiers[1], tiers[1])),
        list(options_of(30).values()),
        replace(BUDGET, workers=1),
        on_progress=lambda number, of: done.append(of - number),
        is_cancelled=lambda: len(done) >= 2,
    )
    assert not answer.complete
    settled = {f.option: f.gain for f in answer.findings if f.verdict not in ("unanswered", "unproven", "unknown")}
    assert settled
    assert settled.items() <= {f.option: f.gain for f in whole.findings}.items()
