"""The results as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from tests.bench import names
from tests.bench.agreement import contradictions, equal_optima
from tests.bench.curves import NEVER, percentile
from tests.bench.figures import figures, taken_back
from tests.bench.ratios import ratios
from tests.bench.targets import GROWTH_FIGURES, INTEGRALS, TO_ONE_PERCENT, growth, targets

if TYPE_CHECKING:
    from rich.console import Console

    from tests.bench.figures import Figures
    from tests.bench.results import Results, Run

EMPTY = "-"


def show(results: Results, console: Console) -> None:
    """All tables, then what is wrong."""
    console.print(_machine(results))
    console.print(_instances(results))
    console.print(_solvers(results))
    if names.OURS in results.solvers and len(results.solvers) > 1:
        console.print(_ratios(results))
    if results.builds:
        console.print(_growth(results))
    if names.OURS in results.solvers:
        console.print(_targets(results))
    for line in wrong(results):
        console.print(line, style="bold red", markup=False)
    compared = sum(equal_optima(results.of(instance)) for instance in results.instances)
    console.print(f"{compared} pairs of optima proven by two solvers compared.")


def wrong(results: Results) -> list[str]:
    """Faults, runs that broke off and contradictions between solvers."""
    found = []
    for run in results.runs:
        where = f"{run.instance}: {run.solver}"
        found += [f"{where}: {fault}" for fault in run.faults]
        found += [f"{where} broke off: {run.error}"] if run.error else []
        back = taken_back(run)
        found += [f"{where}: {back}"] if back else []
    for instance in results.instances:
        found += contradictions(results.of(instance))
    return found


def fatal(results: Results) -> bool:
    """True when ours is at fault or two solvers contradict each other. A peer that errs is only told of."""
    ours = [run for run in results.runs if run.solver == names.OURS]
    at_fault = any(not run.sound or taken_back(run) for run in ours)
    return at_fault or any(contradictions(results.of(instance)) for instance in results.instances)


def line_of(run: Run, limit: float) -> str:
    """One finished run in one line."""
    if run.error:
        return f"{run.instance:42} {run.solver:11} broke off: {run.error}"
    f = figures(run, limit)
    times = {"first": f.first_plan, "score 1 %": f.score.one_percent, "score proven": f.score.proven}
    told = [f"{name} {_seconds(seconds):>6}" for name, seconds in {**times, "proven": f.all_tiers.proven}.items()]
    integral = f"integral {f.integral:6.2f}"
    return "  ".join([f"{run.instance:42} {run.solver:11}", *told, integral, "" if run.sound else "FAULTY"]).rstrip()


def _machine(results: Results) -> str:
    m, commits = results.machine, dict.fromkeys(run.commit for run in results.runs)
    return (
        f"{m['date']}, commit {', '.join(commits)}: {m['processor']}, {m['cores']} cores, {m['workers']} workers each, "
        f"load {m['load']} at the start, OR-Tools {m['ortools']}, Python {m['python']}"
    )


def _instances(results: Results) -> Table:
    table = _table(
        f"Every run, {results.limit:g} s each (seconds; {EMPTY} not reached)",
        ("instance", "left"),
        ("class", "left"),
        ("pairs", "right"),
        ("solver", "left"),
        *((name, "right") for name in ("first plan", "score 1 %", "score 0.1 %", "score proven")),
        *((name, "right") for name in ("all 1 %", "all 0.1 %", "all proven", "integral", "score integral")),
        *((name, "right") for name in ("score gap", "points apart", "build", "MiB")),
    )
    for instance in results.instances:
        for number, solver in enumerate(s for s in results.solvers if results.find(instance, s)):
            run = results.find(instance, solver)
            if run is None:
                continue
            facts = run.facts
            head = (instance, facts.level, str(facts.pairs)) if facts and not number else ("", "", "")
            table.add_row(*head, solver, *_cells(run, figures(run, results.limit)))
        table.add_section()
    return table


def _cells(run: Run, f: Figures) -> list[str]:
    if run.error:
        return ["broke off"]
    reached = [(r.one_percent, r.one_permille, r.proven) for r in (f.score, f.all_tiers)]
    return [
        *(_seconds(seconds) for seconds in (f.first_plan, *reached[0], *reached[1])),
        f"{f.integral:.2f}",
        f"{f.score_integral:.2f}",
        f"{f.score_gap:.2%}",
        EMPTY if f.points_apart is None else str(f.points_apart),
        f"{run.build_seconds:.3f}",
        f"{run.peak_mebibytes:.0f}",
    ]


def _solvers(results: Results) -> Table:
    """Medians, 95th percentiles and shares of every solver."""
    table = _table(
        "Every solver",
        ("solver", "left"),
        ("runs", "right"),
        *((name, "right") for name in ("first plan p50", "p95", "score 1 % p50", "p95", "within 1 %", "score proven")),
        *((name, "right") for name in ("all 1 % p50", "p95", "within 1 %", "proven")),
        *((name, "right") for name in ("integral p50", "score integral p50")),
    )
    for solver in results.solvers:
        all_figures = [figures(run, results.limit) for run in results.runs if run.solver == solver]
        columns = {
            "first": [f.first_plan for f in all_figures],
            "score": [f.score.one_percent for f in all_figures],
            "score proven": [f.score.proven for f in all_figures],
            "all": [f.all_tiers.one_percent for f in all_figures],
            "proven": [f.all_tiers.proven for f in all_figures],
        }
        table.add_row(
            solver,
            str(len(all_figures)),
            *(_seconds(percentile(columns["first"], share)) for share in (0.5, 0.95)),
            *(_seconds(percentile(columns["score"], share)) for share in (0.5, 0.95)),
            _share(columns["score"]),
            _share(columns["score proven"]),
            *(_seconds(percentile(columns["all"], share)) for share in (0.5, 0.95)),
            _share(columns["all"]),
            _share(columns["proven"]),
            f"{percentile([f.integral for f in all_figures], 0.5):.2f}",
            f"{percentile([f.score_integral for f in all_figures], 0.5):.2f}",
        )
    return table


def _ratios(results: Results) -> Table:
    measures = (*INTEGRALS, *TO_ONE_PERCENT)
    table = _table(
        "Ours / best peer of the instance (below 1 ours is better; who did not get there counts with the limit)",
        ("instance", "left"),
        *(column for name, _ in measures for column in ((name, "right"), ("best peer", "left"))),
    )
    columns = [{ratio.instance: ratio for ratio in ratios(results, figure)} for _, figure in measures]
    for instance in results.instances:
        cells = [column.get(instance) for column in columns]
        table.add_row(instance, *(text for r in cells for text in ((str(r), r.peer) if r else (EMPTY, ""))))
    return table


def _growth(results: Results) -> Table:
    table = _table(
        "Growth: the model of a request on larger catalogs, built and nothing else (MiB above what the imports take)",
        ("request", "left"),
        *((name, "right") for name in ("exercises", "pairs", "variables", "constraints", "build s", "MiB")),
    )
    for request in dict.fromkeys(build.request for build in results.builds):
        for build in (b for b in results.builds if b.request == request):
            sizes = (build.facts.exercises, build.facts.pairs, build.variables, build.constraints)
            memory = f"{build.peak_mebibytes - build.base_mebibytes:.1f}"
            table.add_row(request, *map(str, sizes), f"{build.build_seconds:.3f}", memory)
        exponents = [f"{growth(results.builds, request, figure):.2f}" for _, figure in GROWTH_FIGURES]
        table.add_row("", "", "", "", "exponent", *exponents, end_section=True)
    return table


def _targets(results: Results) -> Table:
    table = _table(
        "Targets",
        ("target", "left"),
        *((name, "right") for name in ("wanted", "measured")),
        ("verdict", "left"),
        ("", "left"),
    )
    for target in targets(results):
        sign = ">=" if target.at_least else "<="
        measured = EMPTY if target.measured in (None, NEVER) else f"{target.measured:.3g}{target.unit}"
        style = "green" if target.met else "red"
        verdict = f"[{style}]{target.verdict}[/]"
        table.add_row(target.name, f"{sign} {target.wanted:.3g}{target.unit}", measured, verdict, target.note)
    return table


def _table(title: str, *columns: tuple[str, str]) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for name, side in columns:
        table.add_column(name, justify="right" if side == "right" else "left", no_wrap=side == "left")
    return table


def _seconds(seconds: float) -> str:
    return EMPTY if seconds == NEVER else f"{seconds:.2f}"


def _share(seconds: list[float]) -> str:
    return f"{sum(s < NEVER for s in seconds) / len(seconds):.0%}"
