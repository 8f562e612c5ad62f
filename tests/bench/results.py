"""The file of results: what was measured, on which machine, with every trajectory; written after every run."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from tests.bench.gaps import Scales
from tests.bench.trajectory import State

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 2


@dataclass(frozen=True)
class Facts:
    """The size of an instance. `pairs` counts the exercises possible in each slot."""

    level: str
    exercises: int
    slots: int
    sessions: int
    minutes: int
    pairs: int


@dataclass(frozen=True)
class Run:
    """One solver on one instance. Memory in MiB: after the imports, and the peak."""

    instance: str
    solver: str
    limit: float
    workers: int
    commit: str
    facts: Facts | None = None
    """None when the run broke off."""
    seconds: float = 0.0
    untrained: int = 0
    points: int = 0
    states: tuple[State, ...] = ()
    build_seconds: float = 0.0
    verify_seconds: float = 0.0
    variables: int = 0
    constraints: int = 0
    base_mebibytes: float = 0.0
    peak_mebibytes: float = 0.0
    faults: tuple[str, ...] = ()
    """What is wrong with what the solver said; a run with faults counts for nothing."""
    error: str = ""
    """Why the run broke off; empty when it did not."""

    @property
    def sound(self) -> bool:
        return not self.faults and not self.error

    @property
    def scales(self) -> Scales:
        return Scales(self.untrained, self.points)

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Run:
        given = content["facts"]
        changes = {
            "facts": None if given is None else Facts(**given),
            "states": tuple(State.from_json(state) for state in content["states"]),
            "faults": tuple(content["faults"]),
        }
        return cls(**{**content, **changes})

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "states": [state.to_json() for state in self.states]}


@dataclass(frozen=True)
class Build:
    """The model of one instance, built and nothing else; seconds are the median of several builds."""

    instance: str
    request: str
    facts: Facts
    build_seconds: float
    variables: int
    constraints: int
    base_mebibytes: float
    peak_mebibytes: float

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Build:
        return cls(**{**content, "facts": Facts(**content["facts"])})


@dataclass
class Results:
    """Everything of one bench. `limit` is what the solvers are compared on; ours may have been given longer."""

    machine: dict[str, Any]
    limit: float
    runs: list[Run] = field(default_factory=list)
    builds: list[Build] = field(default_factory=list)

    def find(self, instance: str, solver: str) -> Run | None:
        return next((run for run in self.runs if (run.instance, run.solver) == (instance, solver)), None)

    def of(self, instance: str) -> list[Run]:
        return [run for run in self.runs if run.instance == instance]

    @property
    def instances(self) -> list[str]:
        return list(dict.fromkeys(run.instance for run in self.runs))

    @property
    def solvers(self) -> list[str]:
        return list(dict.fromkeys(run.solver for run in sorted(self.runs, key=lambda run: run.solver != "ours")))

    def put(self, run: Run) -> None:
        """Add a run, in place of an earlier one of the same solver and instance."""
        self.runs = [r for r in self.runs if (r.instance, r.solver) != (run.instance, run.solver)] + [run]

    def save(self, path: Path) -> None:
        """Written beside the old file first: a run that is stopped loses nothing."""
        content = {
            "format": FORMAT,
            "machine": self.machine,
            "limit": self.limit,
            "runs": [run.to_json() for run in self.runs],
            "builds": [asdict(build) for build in self.builds],
        }
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(content, indent=None, separators=(",", ":")), encoding="utf-8")
        fresh.replace(path)

    @classmethod
    def load(cls, path: Path) -> Results:
        """Raises OSError when there is no such file, ValueError when it is of another format."""
        content = json.loads(path.read_text(encoding="utf-8"))
        if content.get("format") != FORMAT:
            raise ValueError(
                f"{path.name} has format {content.get('format')}, not {FORMAT}: start again without --resume"
            )
        return cls(
            machine=content["machine"],
            limit=content["limit"],
            runs=[Run.from_json(run) for run in content["runs"]],
            builds=[Build.from_json(build) for build in content["builds"]],
        )
