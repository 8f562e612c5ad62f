"""What comes out of a solve: a plan with its proof, a proven impossibility, or the end of the budget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.domain.plan import Plan
    from solver.domain.subject import Subject

Number = int | float


@dataclass(frozen=True)
class Violation:
    """One way in which a plan breaks a rule. `subject` names the slot, muscle, exercise ... or is empty."""

    rule: str
    subject: str
    statement: str
    mendable: bool = False
    """Of a rule that limits as well as asks: something is missing, which more training in the week could mend."""


@dataclass(frozen=True)
class Waiver:
    """Why an inclusion was not asked for, and what would bring it back."""

    reason: str
    restored_by: str


@dataclass(frozen=True)
class CertificateLine:
    """One rule, measured on one plan: the numbers, the limit, the distance to it and one sentence."""

    rule: str
    holds: bool
    statement: str
    measured: Mapping[str, Number | str]
    limit: Mapping[str, object]
    slack: Number | None
    """Distance to the limit in the rule's own unit: 0 when tight, negative when broken, None without a scale."""
    violations: tuple[Violation, ...] = ()
    waived: Waiver | None = None
    notes: tuple[str, ...] = ()
    """Substitutions, dropped inclusions and loosened parameters, in words."""
    past: tuple[Violation, ...] = ()
    """Limits that were already exceeded by what is history, and are not exceeded further: the plan's own violations
    are others. The rule does not hold, and nothing that is still open could make it hold."""


@dataclass(frozen=True)
class TermValue:
    """One term's contribution to its tier."""

    term: str
    points: Number


@dataclass(frozen=True)
class TierResult:
    """One tier of the objective. Tiers 1 and 2 are shortfalls (less is better), tier 3 is quality (more is better)."""

    tier: int
    name: str
    sense: Literal["min", "max"]
    unit: str
    value: Number
    bound: Number | None
    """What is proven to be out of reach; None where a plan is measured without a search."""
    gap: float | None
    """|bound - value| / max(|bound|, |value|): 0 when proven, 1 at most; None without a bound."""
    proven: bool
    terms: tuple[TermValue, ...] = ()


@dataclass(frozen=True)
class Score:
    """Tiers 1 and 2 on a scale where 100 means that every target is met.

    No week that is at least as good in tier 1 scores above `bound`: minima come before any score.
    """

    value: float
    bound: float
    gap: float


@dataclass(frozen=True)
class SolveStats:
    """How the answer was found."""

    solver_version: str
    seconds: float
    deterministic_seconds: float
    seed: int
    workers: int
    stopped_by_clock: bool
    """True when the wall clock ended the search before its deterministic budget: a rerun may differ."""
    first_plan_seconds: float | None = None
    variables: int = 0
    constraints: int = 0
    build_seconds: float = 0.0


@dataclass(frozen=True)
class Solved:
    """A plan that passed the verifier. `optimal` when every tier is proven within the gap asked for."""

    status: Literal["optimal", "feasible"]
    plan: Plan
    score: Score
    tiers: tuple[TierResult, ...]
    certificate: tuple[CertificateLine, ...]
    stats: SolveStats


@dataclass(frozen=True)
class ConflictElement:
    """A rule and its subject that take part in a conflict."""

    rule: str
    subject: Subject
    statement: str
    lacking: tuple[tuple[str, ...], ...] = ()
    """Of a place: the groups of items any of which, if it stood there, would dissolve the conflict."""


@dataclass(frozen=True)
class Conflict:
    """Rules that cannot hold together. `minimal`: proven that leaving out any one of them gives a plan."""

    elements: tuple[ConflictElement, ...]
    minimal: bool


@dataclass(frozen=True)
class Infeasible:
    """Proven (twice, the second time without presolve) that no plan keeps every rule."""

    conflict: Conflict
    stats: SolveStats


@dataclass(frozen=True)
class TimedOut:
    """The budget ended without a plan and without a proof that there is none."""

    stats: SolveStats


Outcome = Solved | Infeasible | TimedOut


@dataclass(frozen=True)
class NoneWithin:
    """Proven (twice, the second time without presolve) that no plan meets the rules and the conditions asked for."""

    stats: SolveStats


@dataclass(frozen=True)
class Progress:
    """How far a running solve has come. `score` is None until the first plan."""

    seconds: float
    tier: int
    score: float | None
    bound: float
    gap: float
    tier_value: Number | None
    tier_bound: Number | None
    tiers: tuple[tuple[Number, Number], ...] = ()
    """Value and proven bound of every tier by now, the first tier first; empty until the first plan."""


class InvalidPlanError(Exception):
    """The solver made a plan that its own verifier rejects: a fault of ours, never an answer."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__("; ".join(f"{v.rule} [{v.subject}]: {v.statement}" for v in violations))
        self.violations = violations
