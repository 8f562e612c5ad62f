"""From runs to ratios, targets, contradictions and files: runs made up so that every figure can be told by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from tests.bench import names, report
from tests.bench.agreement import contradictions, equal_optima
from tests.bench.curves import NEVER
from tests.bench.figures import figures, taken_back
from tests.bench.plot import PANELS, steps
from tests.bench.ratios import mean, ratios, worst
from tests.bench.results import Build, Facts, Results, Run
from tests.bench.running import Plan
from tests.bench.targets import Target, growth, targets
from tests.bench.trajectory import State, Tiers

if TYPE_CHECKING:
    from pathlib import Path

FOUND = ((0, 0), (50, 0), (0, None))
PROVEN_SCORE = ((0, 0), (50, 50), (0, 40))
PROVEN = ((0, 0), (50, 50), (30, 30))
MACHINE = {
    "date": "2026-01-01",
    "commit": "abc",
    "cores": 2,
    "workers": 2,
    "processor": "p",
    "load": 0.0,
    "ortools": "9",
    "python": "3",
}


def run(solver: str, *known: tuple[float, Tiers], instance: str = "week", **changes: object) -> Run:
    facts = Facts("easy", 187, 3, 3, 180, 500)
    states = tuple(State(seconds, tiers) for seconds, tiers in known)
    given = {"facts": facts, "states": states, "untrained": 1000, "points": 40, "build_seconds": 0.02, **changes}
    return Run(instance, solver, 30.0, 2, "abc", **given)  # type: ignore[arg-type]


def results(*runs: Run, builds: tuple[Build, ...] = ()) -> Results:
    return Results(MACHINE, 30.0, list(runs), list(builds))


FAST = run(names.OURS, (0.5, FOUND), (1.0, PROVEN_SCORE), (2.0, PROVEN))
SLOW = run(names.HIGHS, (2.0, FOUND), (4.0, PROVEN_SCORE), (8.0, PROVEN))
STUCK = run(names.SCIP, (10.0, FOUND))


def test_the_figures_of_a_run() -> None:
    f = figures(run(names.OURS, (0.5, FOUND), (1.0, PROVEN_SCORE), (2.0, PROVEN), verify_seconds=0.25), 30.0)
    assert f.first_plan == 0.75
    assert f.score.one_percent == f.score.one_permille == f.score.proven == 1.0
    assert f.all_tiers.one_percent == f.all_tiers.proven == 2.0
    # 0.5 s without a plan; tier 2 open by 50 of 1000; tier 3 open by 40 of 40.
    assert f.integral == pytest.approx(0.5 + 0.5 * (0.05 + 1) / 3 + 1.0 / 3)
    assert (f.score_gap, f.quality_gap, f.points_apart) == (0.0, 0.0, 0)


def test_a_run_with_a_fault_reached_nothing() -> None:
    for broken in (run("highs", (1.0, PROVEN), faults=("wrong",)), run("highs", (1.0, PROVEN), error="killed")):
        f = figures(broken, 30.0)
        assert f.first_plan == f.all_tiers.proven == NEVER
        assert f.integral == 30.0


def test_ratios_are_taken_against_the_best_peer_of_each_instance() -> None:
    other = [run(names.OURS, (6.0, PROVEN), instance="b"), run(names.SCIP, (3.0, PROVEN), instance="b")]
    found = ratios(results(FAST, SLOW, STUCK, *other), lambda f: f.all_tiers.proven)
    assert [(ratio.instance, ratio.value, ratio.peer) for ratio in found] == [
        ("week", 2.0 / 8.0, names.HIGHS),
        ("b", 2.0, names.SCIP),
    ]
    assert mean(found) == pytest.approx((0.25 * 2) ** 0.5)
    last = worst(found)
    assert last is not None
    assert last.instance == "b"


def test_who_did_not_get_there_counts_with_the_limit() -> None:
    assert str(ratios(results(FAST, STUCK), lambda f: f.all_tiers.proven)[0]) == f"<={2 / 30:.3g}"
    late = run(names.OURS, (10.0, FOUND))
    assert str(ratios(results(late, SLOW), lambda f: f.all_tiers.proven)[0]) == f">={30 / 8:.3g}"
    assert ratios(results(late, STUCK), lambda f: f.all_tiers.proven) == []


def test_an_instance_without_a_peer_has_no_ratio() -> None:
    assert ratios(results(FAST), lambda f: f.integral) == []
    assert mean([]) is None
    assert worst([]) is None


def test_contradicting_optima_are_named_with_both_values() -> None:
    other = run(names.HIGHS, (1.0, ((0, 0), (49, 49), (0, 40))))
    assert contradictions([FAST, other]) == ["week: ours and highs: tier 2 is proven to be 50 and 49"]
    assert report.fatal(results(FAST, other))


def test_a_plan_beyond_anothers_proof_is_a_contradiction() -> None:
    better = run(names.HIGHS, (1.0, ((0, 0), (48, 0), (0, None))))
    assert "a plan has 48 in tier 2, where 50 is proven" in contradictions([FAST, better])[0]
    finer = run(names.HIGHS, (1.0, ((0, 0), (50, 50), (31, 60))))
    assert "a plan has 31 in tier 3, where 30 is proven" in contradictions([FAST, finer])[0]


def test_bounds_under_different_earlier_tiers_are_not_compared() -> None:
    open_first = run(names.HIGHS, (1.0, ((3, 0), (20, 0), (90, 95))))
    assert contradictions([FAST, open_first]) == []
    assert contradictions([FAST, SLOW, STUCK]) == []
    assert equal_optima([FAST, SLOW, STUCK]) == 3 + 1 + 1


def test_what_is_taken_back_is_a_fault_of_ours() -> None:
    withdrawn = run(names.OURS, (1.0, PROVEN_SCORE), (2.5, FOUND), (3.0, PROVEN))
    assert "2.50 s" in taken_back(withdrawn)
    assert taken_back(FAST) == ""
    assert report.fatal(results(withdrawn))
    assert not report.fatal(results(FAST, SLOW))


def test_a_peer_that_errs_is_told_of_and_does_not_fail_the_bench() -> None:
    wrong = results(FAST, run(names.HIGHS, error="exit code 1: boom"), run(names.SCIP, faults=("odd",)))
    assert report.wrong(wrong) == ["week: highs broke off: exit code 1: boom", "week: scip: odd"]
    assert not report.fatal(wrong)


def built(instance: str, exercises: int, seconds: float, mebibytes: float) -> Build:
    return Build(instance, "week", Facts("easy", exercises, 3, 3, 180, 1), seconds, 9, 9, 100.0, 100.0 + mebibytes)


def test_growth_is_taken_from_the_smallest_to_the_largest_catalog() -> None:
    builds = [built("c", 1000, 0.4, 20.0), built("a", 100, 0.04, 2.0), built("b", 500, 9.0, 9.0)]
    assert growth(builds, "week", lambda b: b.build_seconds) == pytest.approx(1.0)
    assert growth(builds, "week", lambda b: b.peak_mebibytes - b.base_mebibytes) == pytest.approx(1.0)


def test_targets_are_judged() -> None:
    judged = {target.name: target for target in targets(results(FAST, SLOW, STUCK))}
    integral = judged["primal-dual integral, all tiers: ours / best peer, geometric mean"]
    assert integral.measured == pytest.approx(figures(FAST, 30.0).integral / figures(SLOW, 30.0).integral)
    assert integral.met
    assert judged["seconds to 1 %, all tiers: worst ratio"].measured == 0.25
    assert judged["seconds to 1 %, score: median"].measured == 1.0
    assert judged["first verified plan: 95th percentile"].met
    assert judged["proven within 60 s, up to 4 sessions"].measured == 100
    assert judged["growth of memory: exponent"].verdict == "not measured"


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        (Target("t", 2.0, 2.0), "met"),
        (Target("t", 2.0, 5.0), "missed: 2.50 times as much"),
        (Target("t", 2.0, NEVER), "missed: not reached"),
        (Target("t", 80.0, 75.0, " %", at_least=True), "missed by 5 %"),
        (Target("t", 80.0, 80.0, " %", at_least=True), "met"),
        (Target("t", 2.0, None), "not measured"),
    ],
)
def test_a_target_says_by_how_much_it_is_missed(target: Target, verdict: str) -> None:
    assert target.verdict == verdict


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    written = results(FAST, run(names.SCIP, facts=None, error="gone"), builds=(built("a", 187, 0.1, 3.0),))
    written.save(tmp_path / "results.json")
    assert Results.load(tmp_path / "results.json") == written


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text('{"format": 0}', encoding="utf-8")
    with pytest.raises(ValueError, match="format"):
        Results.load(tmp_path / "results.json")


def test_a_run_takes_the_place_of_an_earlier_one() -> None:
    kept = results(FAST, SLOW)
    kept.put(run(names.OURS, (0.1, PROVEN)))
    assert len(kept.runs) == 2
    found = kept.find("week", names.OURS)
    assert found is not None
    assert found.states[0].seconds == 0.1


def test_solvers_take_turns_in_being_first() -> None:
    plan = Plan(("a", "b", "c"), ("x", "y"), 30.0, 60.0, 2)
    assert list(plan.turns()) == [("a", "x"), ("a", "y"), ("b", "y"), ("b", "x"), ("c", "x"), ("c", "y")]


def test_a_run_is_repeated_unless_it_came_to_its_end_under_the_same_limits() -> None:
    plan = Plan(("week",), (names.OURS, names.HIGHS), limit=30.0, own_limit=60.0, workers=2)
    assert plan.done(SLOW)
    assert not plan.done(FAST)  # it had 30 s, ours now gets 60
    assert not plan.done(None)
    assert not plan.done(run(names.HIGHS, error="killed"))


def test_the_plot_climbs_with_every_run_that_got_there() -> None:
    _, proven = PANELS[-1]
    seconds, shares = steps([SLOW, STUCK, run(names.HIGHS, (3.0, PROVEN)), STUCK], proven)
    assert seconds == [0.05, 3.0, 8.0, 30.0]
    assert shares == [0.0, 25.0, 50.0, 50.0]


def test_the_tables_hold_every_instance_and_solver() -> None:
    console, builds = Console(width=250), (built("week", 187, 0.1, 3.0), built("larger", 500, 0.2, 4.0))
    with console.capture() as captured:
        report.show(results(FAST, SLOW, STUCK, builds=builds), console)
    text = captured.get()
    for word in ("week", *(r.solver for r in (FAST, SLOW, STUCK)), "geometric mean", "exponent", "pairs of optima"):
        assert word in text
