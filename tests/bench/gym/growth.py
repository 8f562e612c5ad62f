"""The plot: CPU seconds a member against the number of members, beside n log n in all."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.bench.gym.measuring import Measured


def plot(sizes: Sequence[Measured], path: Path, title: str) -> None:
    """Draw an SVG to `path`. Raises ImportError without the plotting library."""
    # The library is there only for the bench, and only for this: whoever reads tables does without it.
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "bench"
    from matplotlib import pyplot

    members = [one.members for one in sizes]
    each = [one.cpu_seconds / one.members for one in sizes]
    drawing, panel = pyplot.subplots(figsize=(7, 4.5), layout="constrained")
    panel.plot(members, each, marker="o", color="#c1272d", label="CPU seconds a member")
    reference = [each[0] * log(n) / log(members[0]) for n in members]
    panel.plot(members, reference, linestyle="--", color="#777777", label="n log n in all")
    panel.set(xlabel="members", ylabel="CPU seconds a member", title=title, ylim=(0, None))
    panel.grid(visible=True, alpha=0.3)
    panel.legend()
    drawing.savefig(path, metadata={"Date": None})
    pyplot.close(drawing)
