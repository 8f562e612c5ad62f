"""The command: what it keeps, what it shows, and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bench import names
from tests.bench.__main__ import PREVIOUS, RESULTS, main
from tests.bench.results import Facts, Results, Run
from tests.bench.trajectory import State

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 0.01
"""Too short to find anything: these tests ask what becomes of results, not what they are."""
WEEK = "two_half_hours_in_a_gym"
PROVEN = State(1.0, ((0, 0), (50, 50), (30, 30)))


def kept(folder: Path, *solvers: str, limit: float = LIMIT, **changes: object) -> None:
    """Results as a run of before would have left them."""
    facts = Facts("easy", 187, 2, 2, 60, 346)
    given = {"facts": facts, "states": (PROVEN,), "untrained": 1000, "points": 40, "build_seconds": 0.02, **changes}
    runs = [Run(WEEK, solver, limit, 1, "abc", **given) for solver in solvers]  # type: ignore[arg-type]
    machine = dict.fromkeys(("date", "commit", "cores", "workers", "processor", "load", "ortools", "python"), "-")
    Results(machine, limit, runs).save(folder / RESULTS)


def ask(folder: Path, *arguments: str) -> int:
    return main(["--only", WEEK, "--limit", str(LIMIT), "--workers", "1", "--out", str(folder), *arguments])


def test_the_list_names_every_instance(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    assert WEEK in capsys.readouterr().out


def test_a_report_measures_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept(tmp_path, names.OURS, names.HIGHS)
    before = (tmp_path / RESULTS).read_bytes()
    assert ask(tmp_path, "--report") == 0
    assert (tmp_path / RESULTS).read_bytes() == before
    assert "3 pairs of optima" in capsys.readouterr().out


def test_a_report_of_nothing_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(tmp_path, "--report") == 1
    assert "Nothing was measured" in capsys.readouterr().out


def test_contradicting_optima_end_with_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept(tmp_path, names.OURS, names.HIGHS)
    results = Results.load(tmp_path / RESULTS)
    other = State(1.0, ((0, 0), (49, 49), (30, 30)))
    results.put(
        Run(WEEK, names.CPSAT, LIMIT, 1, "abc", facts=results.runs[0].facts, states=(other,), untrained=1000, points=40)
    )
    results.save(tmp_path / RESULTS)
    assert ask(tmp_path, "--report") == 1
    assert "tier 2 is proven to be 50 and 49" in capsys.readouterr().out


def test_a_resumed_run_keeps_what_is_done_and_does_the_rest(tmp_path: Path) -> None:
    kept(tmp_path, names.CPSAT)
    ask(tmp_path, "--resume", "--solvers", names.CPSAT, names.HIGHS)
    runs = {run.solver: run for run in Results.load(tmp_path / RESULTS).runs}
    assert runs.keys() == {names.CPSAT, names.HIGHS}
    assert runs[names.CPSAT].states == (PROVEN,)
    assert runs[names.HIGHS].commit != "abc"
    assert runs[names.HIGHS].error == ""


def test_a_solver_can_be_run_again(tmp_path: Path) -> None:
    kept(tmp_path, names.CPSAT, names.HIGHS)
    ask(tmp_path, "--resume", "--again", names.CPSAT, "--solvers", names.CPSAT, names.HIGHS)
    runs = {run.solver: run.commit for run in Results.load(tmp_path / RESULTS).runs}
    assert runs[names.HIGHS] == "abc"
    assert runs[names.CPSAT] != "abc"


def test_a_fresh_run_puts_the_last_results_aside(tmp_path: Path) -> None:
    kept(tmp_path, names.CPSAT)
    ask(tmp_path, "--solvers", names.CPSAT)
    assert Results.load(tmp_path / RESULTS).runs[0].commit != "abc"
    assert Results.load(tmp_path / PREVIOUS).runs[0].commit == "abc"


@pytest.mark.parametrize("wrong", [("--limit", "0"), ("--limit", "-3"), ("--only", "nothing"), ("--solvers", "gurobi")])
def test_a_wrong_wish_is_refused(wrong: tuple[str, str]) -> None:
    with pytest.raises(SystemExit):
        main(list(wrong))
