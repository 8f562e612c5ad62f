"""Runs every solver on every instance, each in a fresh process, turn by turn."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench import names
from tests.bench.machine import ROOT, commit
from tests.bench.results import Build, Facts, Run
from tests.bench.suite import GROWTH_REQUESTS, GROWTH_SIZES
from tests.bench.trajectory import State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.bench.results import Results

GRACE_SECONDS = 30.0
"""What a process may take beyond its solver's limit (start, export, checks) before it is stopped."""
BUILD_SECONDS = 60.0


@dataclass(frozen=True)
class Plan:
    """What to run. Seconds: `limit` is a peer's, `own_limit` ours."""

    instances: Sequence[str]
    solvers: Sequence[str]
    limit: float
    own_limit: float
    workers: int

    def turns(self) -> Iterator[tuple[str, str]]:
        """(instance, solver): all solvers of one instance, then the next, each time beginning with another solver."""
        for number, instance in enumerate(self.instances):
            first = number % len(self.solvers)
            for solver in (*self.solvers[first:], *self.solvers[:first]):
                yield instance, solver

    def limit_of(self, solver: str) -> float:
        return self.own_limit if solver == names.OURS else self.limit

    def done(self, run: Run | None) -> bool:
        """True for a run that need not be repeated."""
        if run is None or run.error:
            return False
        return run.workers == self.workers and run.limit == self.limit_of(run.solver)


class BrokenOffError(Exception):
    """A measurement came to no end; says why."""


def run_all(plan: Plan, results: Results, save: Callable[[], None], tell: Callable[[Run], None]) -> None:
    """Run what `results` does not hold yet; each run is saved and told of at once."""
    for instance, solver in plan.turns():
        if not plan.done(results.find(instance, solver)):
            run = run_once(instance, solver, plan.limit_of(solver), plan.workers)
            results.put(run)
            save()
            tell(run)


def run_once(instance: str, solver: str, limit: float, workers: int) -> Run:
    """One run; a run that breaks off says so and raises nothing."""
    asked = {"instance": instance, "solver": solver, "limit": limit, "workers": workers}
    head: dict[str, Any] = {**asked, "commit": commit()}
    try:
        content = _in_a_process({"kind": "solve", **asked}, limit + GRACE_SECONDS)
    except BrokenOffError as error:
        return Run(**head, error=str(error))
    facts, states = Facts(**content.pop("facts")), content.pop("states")
    faults = tuple(content.pop("faults"))
    return Run(**head, facts=facts, states=tuple(map(State.from_json, states)), faults=faults, **content)


def growth_instances(requests: Sequence[str] = GROWTH_REQUESTS) -> list[tuple[str, str]]:
    """(request, instance), from the real catalog to the largest."""
    return [
        (request, instance)
        for request in requests
        for instance in (request, *(f"{request}_{size}" for size in GROWTH_SIZES))
    ]


def build_all(requests: Sequence[str], results: Results) -> None:
    """Build the model of every growth request on every catalog. Raises BrokenOffError."""
    for request, instance in growth_instances(requests):
        content = _in_a_process({"kind": "build", "instance": instance}, BUILD_SECONDS)
        facts = Facts(**content.pop("facts"))
        results.builds = [b for b in results.builds if b.instance != instance]
        results.builds.append(Build(instance=instance, request=request, facts=facts, **content))


def _in_a_process(task: dict[str, Any], seconds: float) -> dict[str, Any]:
    """What the child writes. Raises BrokenOffError with its last words."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "result.json"
        command = [sys.executable, "-m", "tests.bench.child", json.dumps(task), str(target)]
        try:
            # Solvers print to standard output, and what they print there is read inside the child.
            done = subprocess.run(
                command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=seconds, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise BrokenOffError(f"not finished {seconds:g} s after its start, stopped") from error
        if done.returncode:
            words = done.stderr.decode(errors="replace").strip().splitlines()
            raise BrokenOffError(f"exit code {done.returncode}: {words[-1] if words else 'no message'}")
        content: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
        return content
