"""One measurement in a process of its own: `python -m tests.bench.child TASK FILE`, both of them JSON.

A process of its own, so that peak memory is that of one run and nothing is warm from the run before. What solvers print
goes to standard output.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from solver.domain.eligibility import Eligibility
from solver.model import Objective, build_model
from solver.objective.score import untrained
from tests.bench import names
from tests.bench.solvers.hindsight import states_of
from tests.bench.solvers.mathopt import HIGHS, SCIP
from tests.bench.solvers.ours import run_ours
from tests.bench.solvers.plain_cpsat import solve_with_cpsat
from tests.bench.solvers.tier_by_tier import run_peer
from tests.bench.suite import suite

if TYPE_CHECKING:
    from tests.bench.solvers.tier_by_tier import TierSolver
    from tests.bench.suite import Instance

PEERS: dict[str, TierSolver] = {
    names.CPSAT: solve_with_cpsat,
    names.HIGHS: HIGHS,
    names.SCIP: SCIP,
    names.SCIP_SINGLE: SCIP,
}
BUILDS = 5
"""Builds of which the median is taken."""
BYTES_PER_MAXRSS = 1 if sys.platform == "darwin" else 1024
KIBIBYTE, MEBIBYTE = 2**10, 2**20


def peak_mebibytes() -> float:
    """The most memory this process has held so far.

    Where the kernel tells the peak of the program alone, that is taken: `getrusage` begins with what the process that
    started this one held at the time.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        return int(status.partition("VmHWM:")[2].split()[0]) * KIBIBYTE / MEBIBYTE
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * BYTES_PER_MAXRSS / MEBIBYTE


def solve(instance: Instance, solver: str, limit: float, workers: int) -> dict[str, Any]:
    """Run one solver on one instance and say everything about it."""
    problem = instance.problem
    if solver == names.OURS:
        own = run_ours(problem, limit, workers)
        recording, states, seconds = own.recording, own.states, own.seconds
    else:
        threads = 1 if solver == names.SCIP_SINGLE else workers
        built, recording = run_peer(problem, PEERS[solver], limit, threads)
        seconds = recording.seconds
        states = states_of(built, recording)
    return {
        "seconds": round(seconds, 4),
        "untrained": untrained(problem),
        "points": Objective(build_model(problem).plan).most_points,
        "states": [state.to_json() for state in states],
        "build_seconds": round(recording.build_seconds, 4),
        "verify_seconds": round(recording.verify_seconds, 4),
        "variables": recording.variables,
        "constraints": recording.constraints,
        "faults": sorted(set(recording.faults)),
    }


def facts(instance: Instance) -> dict[str, Any]:
    """The size of an instance."""
    problem = instance.problem
    eligibility = Eligibility.of(problem)
    return {
        "level": instance.level,
        "exercises": len(problem.exercises),
        "slots": len(problem.slots),
        "sessions": problem.rules.sessions_max,
        "minutes": sum(slot.limit_seconds for slot in problem.slots) // 60,
        "pairs": sum(eligibility.possible(exercise, slot) for exercise in problem.exercises for slot in problem.slots),
    }


def build(instance: Instance) -> dict[str, Any]:
    """Build the model alone, several times."""
    problem, seconds = instance.problem, list[float]()
    for _ in range(BUILDS):
        started = time.perf_counter()
        built = build_model(problem)
        seconds.append(time.perf_counter() - started)
    return {
        "build_seconds": round(statistics.median(seconds), 4),
        "variables": built.variables,
        "constraints": built.constraints,
    }


def main() -> None:
    """Do the task; write its result, the facts of its instance, and the memory: of the imports alone, and the peak."""
    base = peak_mebibytes()
    task, target = json.loads(sys.argv[1]), Path(sys.argv[2])
    instance = suite()[task["instance"]]
    if task["kind"] == "solve":
        result = solve(instance, task["solver"], task["limit"], task["workers"])
    else:
        result = build(instance)
    memory = {"base_mebibytes": round(base, 1), "peak_mebibytes": round(peak_mebibytes(), 1)}
    target.write_text(json.dumps({**result, **memory, "facts": facts(instance)}), encoding="utf-8")


if __name__ == "__main__":
    main()
