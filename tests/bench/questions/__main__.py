"""Measure the questions named, or all of them."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from tests.bench.machine import describe


def main(wanted: list[str]) -> int:
    """Print the report of every question wanted; 2 when one is not known."""
    known = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    unknown = [name for name in wanted if name not in known]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    print(", ".join(f"{what} {value}" for what, value in describe(workers=2).items()))
    for name in wanted or known:
        print(f"\n## {name}\n", flush=True)
        for line in import_module(f"tests.bench.questions.{name}").report():
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
