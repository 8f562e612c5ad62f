"""`python -m tests.bench.gym`: schedules of ever larger gyms, and of the last one with a member more or a rack less."""

from __future__ import annotations

import argparse
import json
import sys
from math import log
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.gym.crowd import gym_of
from tests.bench.gym.growth import plot
from tests.bench.gym.measuring import Measured, measure, one_more, rack_less
from tests.bench.machine import describe

if TYPE_CHECKING:
    from collections.abc import Sequence

OUT = Path(__file__).parents[1] / "out" / "gym"
SIZES = (6, 30, 60, 120, 200)
LIMIT = 600.0
COLUMNS = (
    "members | requests | racks, wanted at once | score | bound | gap | of alone | worst loss | left out | searches | "
    "rounds | clock s | CPU s | CPU s a member | load"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for every size as soon as it is measured; results and plot go to a folder."""
    wish = _parser().parse_args(arguments)
    wish.out.mkdir(parents=True, exist_ok=True)
    machine = describe(workers=2)
    print(", ".join(f"{what} {value}" for what, value in machine.items()), "\n")
    print(f"| {COLUMNS} |\n|{'---|' * len(COLUMNS.split(' | '))}")
    sizes, changes = list[Measured](), list[Measured]()
    for members in wish.members:
        found, measured = measure(gym_of(members, wish.seed, wish.racks), wish.limit)
        sizes.append(measured)
        print(_line(measured), flush=True)
        _save(wish.out, machine, sizes, changes)
    if wish.changes:
        for changed in (one_more(found, wish.limit, wish.seed), rack_less(found, wish.limit)):
            changes.append(changed)
            print(_line(changed), f"{changed.changed} weeks changed, {changed.moved} with other times", flush=True)
        _save(wish.out, machine, sizes, changes)
    if len(sizes) > 1:
        print(f"\nCPU seconds grow with members to the power of {_exponent(sizes):.2f}.")
        plot(sizes, wish.out / "growth.svg", f"commit {machine['commit']}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.gym", description=__doc__)
    parser.add_argument("--members", type=int, nargs="+", default=list(SIZES), help="sizes of gyms")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds of the clock for each")
    parser.add_argument("--seed", type=int, default=1, help="what the members are drawn from")
    parser.add_argument("--racks", type=int, help="so many racks, however many members there are")
    parser.add_argument("--changes", action="store_true", help="the last gym again with a member more and a rack less")
    parser.add_argument("--out", type=Path, default=OUT, help="folder of results.json and growth.svg")
    return parser


def _line(one: Measured) -> str:
    cells = (
        one.what,
        one.requests,
        f"{one.racks}, {one.racks_wanted}",
        f"{one.score:.1f}",
        f"{one.bound:.1f}",
        f"{100 * one.gap:.2f} %",
        f"{100 * one.kept:.2f} %",
        f"{100 * one.worst_loss:.1f} %",
        one.left_out,
        one.searches,
        one.rounds,
        f"{one.seconds:.0f}",
        f"{one.cpu_seconds:.0f}",
        f"{one.cpu_seconds / one.members:.2f}",
        one.load,
    )
    return f"| {' | '.join(map(str, cells))} |"


def _exponent(sizes: Sequence[Measured]) -> float:
    """From the smallest gym to the largest; 1 is linear."""
    first, last = sizes[0], sizes[-1]
    return log(last.cpu_seconds / first.cpu_seconds) / log(last.members / first.members)


def _save(out: Path, machine: dict[str, Any], sizes: Sequence[Measured], changes: Sequence[Measured]) -> None:
    content = {"machine": machine, "sizes": [s.as_json() for s in sizes], "changes": [c.as_json() for c in changes]}
    (out / "results.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
