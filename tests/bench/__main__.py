"""`python -m tests.bench`: measure our search beside its peers and show what came out."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from tests.bench import names, report
from tests.bench.machine import cores, describe
from tests.bench.results import Results
from tests.bench.running import BrokenOffError, Plan, build_all, run_all
from tests.bench.suite import GROWTH_REQUESTS, QUICK, suite

if TYPE_CHECKING:
    from collections.abc import Sequence

OUT = Path(__file__).parent / "out"
QUICK_OUT = OUT / "quick"
RESULTS, PREVIOUS, PLOT = "results.json", "results.previous.json", "shares.svg"
LIMIT, OWN_LIMIT = 30.0, 60.0
QUICK_LIMIT = 4.0
"""Six instances, four solvers, and up to two seconds to start and end each process: 2.5 minutes at most."""
MOST_WORKERS = 4
FILE_COLUMNS = 220
"""Width of the tables where the output is no terminal."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when everything went well, 1 when ours is at fault or two solvers contradict each other."""
    wish = _parser().parse_args(arguments)
    console = Console(width=None if sys.stdout.isatty() else FILE_COLUMNS)
    if wish.list:
        for instance in suite().values():
            console.print(f"{instance.name:40} {instance.level}")
        return 0
    out: Path = wish.out or (QUICK_OUT if wish.quick else OUT)
    out.mkdir(parents=True, exist_ok=True)
    path, plan = out / RESULTS, _plan(wish)
    results = _results(wish, path, plan)
    if not wish.report:
        _measure(wish, plan, results, path, console)
    if not results.runs:
        console.print("Nothing was measured.")
        return 1
    report.show(results, console)
    _draw(results, out / PLOT, console)
    console.print(f"Results: {path}")
    return int(report.fatal(results))


def _measure(wish: argparse.Namespace, plan: Plan, results: Results, path: Path, console: Console) -> None:
    run_all(
        plan,
        results,
        lambda: results.save(path),
        lambda run: console.print(report.line_of(run, plan.limit), markup=False, highlight=False),
    )
    if wish.only is None:
        try:
            build_all(GROWTH_REQUESTS[:1] if wish.quick else GROWTH_REQUESTS, results)
        except BrokenOffError as error:
            console.print(f"The growth table is incomplete: {error}", style="bold red")
        results.save(path)


def _draw(results: Results, path: Path, console: Console) -> None:
    from tests.bench.plot import plot

    try:
        plot(results, path)
    except ImportError:
        console.print("No plot: the plotting library is missing, `make bench` installs it.")
    else:
        console.print(f"Plot: {path}")


def _plan(wish: argparse.Namespace) -> Plan:
    limit = wish.limit or (QUICK_LIMIT if wish.quick else LIMIT)
    own_limit = wish.own_limit or (limit if wish.quick or wish.limit else OWN_LIMIT)
    instances = wish.only or (QUICK if wish.quick else tuple(suite()))
    solvers = wish.solvers or (names.QUICK_SOLVERS if wish.quick else names.SOLVERS)
    return Plan(instances, solvers, limit, own_limit, wish.workers)


def _results(wish: argparse.Namespace, path: Path, plan: Plan) -> Results:
    """What an earlier run left where that is wanted; where it is not, that is put aside."""
    if path.exists() and not (wish.resume or wish.report):
        path.replace(path.with_name(PREVIOUS))
    if not path.exists():
        return Results(describe(plan.workers), plan.limit)
    results = Results.load(path)
    if wish.report:
        return results
    results.runs = [run for run in results.runs if run.solver not in wish.again]
    return Results(describe(plan.workers), plan.limit, results.runs, results.builds)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{len(QUICK)} instances, {QUICK_LIMIT:g} s each")
    parser.add_argument("--only", nargs="+", metavar="NAME", choices=list(suite()), help="these instances only")
    parser.add_argument("--solvers", nargs="+", choices=names.SOLVERS, help="by default all, with --quick all but scip")
    parser.add_argument("--limit", type=_seconds, metavar="S", help=f"seconds for every solver ({LIMIT:g})")
    parser.add_argument(
        "--own-limit",
        type=_seconds,
        metavar="S",
        help=f"seconds for ours, of which the comparison sees those of the peers ({OWN_LIMIT:g}, or --limit)",
    )
    parser.add_argument("--workers", type=int, default=min(cores(), MOST_WORKERS), help="threads of every solver")
    parser.add_argument("--out", type=Path, metavar="DIR", help=f"where {RESULTS} and {PLOT} go (tests/bench/out)")
    parser.add_argument("--resume", action="store_true", help="keep the runs of the results in DIR that came to an end")
    parser.add_argument(
        "--again", nargs="+", choices=names.SOLVERS, default=(), help="with --resume: but run these solvers again"
    )
    parser.add_argument("--report", action="store_true", help="measure nothing, show the results in DIR")
    parser.add_argument("--list", action="store_true", help="name the instances and stop")
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if seconds <= 0:
        raise argparse.ArgumentTypeError(f"{text} is not above 0")
    return seconds


if __name__ == "__main__":
    sys.exit(main())
