"""Training blocks: what is asked, and what comes out. Weeks count from 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from catalog.schema import Ladder
    from solver.domain.change import Change
    from solver.domain.outcome import CertificateLine, Conflict, Solved, SolveStats
    from solver.domain.problem import Problem

FEWEST_WEEKS, MOST_WEEKS = 2, 12


@dataclass(frozen=True)
class Mesocycle:
    """How a cycle of weeks ramps up and unloads, in percent of each muscle's weekly numbers. All figures: judgement.

    After `loading_weeks`, whose targets climb evenly from `start_percent` to `peak_percent`, comes one week of
    unloading. Then the cycle begins again.
    """

    loading_weeks: int = 3
    start_percent: int = 80
    peak_percent: int = 105
    deload_percent: int | None = 60
    """Of the targets, and of the hard sets of the week before; None: no week unloads."""


@dataclass(frozen=True)
class BlockProblem:
    """A block to be planned. `week` is the week as asked for: stages as they are before week 1, targets unscaled."""

    week: Problem
    ladders: tuple[Ladder, ...]
    weeks: int
    mesocycle: Mesocycle = Mesocycle()
    tolerance: float = 2.0
    """Points of score (0-100) that a week may give up so that less changes."""
    ladder_sessions: int = 2
    """Sessions a week on the stage of a strict ladder, where the rules leave such a week; one while unloading."""


@dataclass(frozen=True)
class Advance:
    """A stage entered at the start of a week, after `sessions` sessions on the one before (`needed` were required)."""

    ladder: str
    before: int
    after: int
    sessions: int
    needed: int
    criterion: str
    """What the athlete is to manage first; who does not, stays."""


Cause = Literal[
    "stage", "deload", "after_deload", "rule", "ramp", "score", "minima", "limit", "near", "order", "unproven"
]
"""Why an entry changes: a ladder stage was entered, a week unloads or follows one that did, a rule needs it, the
targets ramp, the week scores more with it or is nearer to the minima, a limit of the block needs it, the week is
nearer with it to those that it is drawn from. `order`: it only comes elsewhere in its session. `unproven`: nothing asks
for it, a nearer week was merely not found in time; never where the nearness is proven."""


@dataclass(frozen=True)
class BlockChange:
    """A change from the week before, and why."""

    change: Change
    cause: Cause
    statement: str
    rule: str | None = None
    """The rule that would be broken without the change, where one would be."""
    score_without: float | None = None
    """The week's score without the change, where it would keep every rule."""


@dataclass(frozen=True)
class Nearness:
    """How near a week is to those it is drawn from, by the weights of `solver.blocks.stability`.

    No week that keeps the rules, and the score within the tolerance, is nearer than `bound`.
    """

    distance: int
    bound: int

    @property
    def proven(self) -> bool:
        return self.distance == self.bound


@dataclass(frozen=True)
class BlockWeek:
    """One week of a block. `problem` is the week's own question: its stages, its targets, what went before it."""

    number: int
    percent: int
    deload: bool
    problem: Problem
    solved: Solved
    stages: Mapping[str, int]
    sessions: Mapping[str, int]
    """Per ladder, the sessions that train its stage in this week."""
    advances: tuple[Advance, ...]
    most_hard_sets: int | None
    """What the whole week may hold; None: no limit. In a week of unloading more than the cycle asks for where the rules
    leave no such week: then the fewest that there is a week of."""
    fewest_proven: bool
    """Whether that is proven: no week has fewer than `most_hard_sets`."""
    given_up: bool
    """Whether a limit that the block is after was given up because no week within it was found in time."""
    changes: tuple[BlockChange, ...]
    """From the week before; of week 1 there are none."""
    nearness: Nearness


@dataclass(frozen=True)
class BlockPlanned:
    """A whole block, every week of which passed the verifier, and the block its own checks."""

    weeks: tuple[BlockWeek, ...]
    certificate: tuple[CertificateLine, ...]
    stats: SolveStats


@dataclass(frozen=True)
class BlockInfeasible:
    """Proven: no plan keeps every rule in week `number`, after the weeks before it."""

    number: int
    conflict: Conflict
    weeks: tuple[BlockWeek, ...]
    problem: Problem
    """The question of the week that has no plan."""
    stats: SolveStats


@dataclass(frozen=True)
class BlockUnfinished:
    """The budget ended, or the caller did, before week `number` had a plan."""

    number: int
    weeks: tuple[BlockWeek, ...]
    stats: SolveStats


BlockOutcome = BlockPlanned | BlockInfeasible | BlockUnfinished


@dataclass(frozen=True)
class BlockProgress:
    """How far a running block has come: weeks that are planned, and the score of the week at work."""

    seconds: float
    weeks_planned: int
    weeks: int
    score: float | None
