"""The plot: the share of instances that a solver has within 1 %, or proven, after so many seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench import names
from tests.bench.curves import NEVER
from tests.bench.figures import figures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bench.figures import Figures
    from tests.bench.results import Results, Run

FROM_SECONDS = 0.05
COLOURS = {
    names.OURS: "#c1272d",
    names.CPSAT: "#1f5fa8",
    names.HIGHS: "#2e8b57",
    names.SCIP: "#8a6d3b",
    names.SCIP_SINGLE: "#777777",
}
PANELS: tuple[tuple[str, Callable[[Figures], float]], ...] = (
    ("Score within 1 %", lambda f: f.score.one_percent),
    ("Score proven", lambda f: f.score.proven),
    ("All tiers within 1 %", lambda f: f.all_tiers.one_percent),
    ("All tiers proven", lambda f: f.all_tiers.proven),
)


def plot(results: Results, path: Path) -> None:
    """Draw an SVG to `path`; a line ends where the solver's time did.

    Raises ImportError without the plotting library.
    """
    # The library is there only for the bench, and only for this: whoever reads tables does without it.
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "bench"
    from matplotlib import pyplot

    drawing, axes = pyplot.subplots(2, 2, figsize=(11, 7.5), sharex=True, sharey=True, layout="constrained")
    for panel, (title, figure) in zip(axes.flat, PANELS, strict=True):
        for solver in results.solvers:
            runs = [run for run in results.runs if run.solver == solver]
            seconds, shares = steps(runs, figure)
            on_top = 4 if solver == names.OURS else 3
            panel.step(seconds, shares, where="post", label=solver, color=COLOURS[solver], linewidth=1.8, zorder=on_top)
        panel.set(title=title, xscale="log", ylim=(-2, 102))
        panel.xaxis.set_major_formatter("{x:g}")
        panel.grid(visible=True, which="major", alpha=0.3)
    for panel in axes[:, 0]:
        panel.set_ylabel("instances, %")
    for panel in axes[1]:
        panel.set_xlabel("seconds")
    axes[0, 0].legend(loc="upper left")
    machine = results.machine
    drawing.suptitle(f"{len(results.instances)} instances, {machine['workers']} threads, commit {machine['commit']}")
    drawing.savefig(path, metadata={"Date": None})
    pyplot.close(drawing)


def steps(runs: list[Run], figure: Callable[[Figures], float]) -> tuple[list[float], list[float]]:
    """Seconds and the share of runs in % that got there by then, from FROM_SECONDS to the limit of the runs."""
    limit = min(run.limit for run in runs)
    reached = sorted(max(FROM_SECONDS, figure(figures(run, limit))) for run in runs)
    seconds = [FROM_SECONDS, *(at for at in reached if at < NEVER), limit]
    counts = [0, *range(1, len(seconds) - 1), len(seconds) - 2]
    return seconds, [100 * count / len(runs) for count in counts]
