"""`block.recovery_muscle` and `block.recovery_axial`: recovery from the sessions of one week to those of later ones."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from catalog.schema import QUARTERS_PER_SET
from solver.blocks.verifier.timeline import timeline
from solver.domain.outcome import Violation
from solver.domain.phrases import counted
from solver.verifier.eligibility import words
from solver.verifier.lines import in_sets, line, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.blocks.domain import BlockProblem, BlockWeek
    from solver.blocks.verifier.timeline import Trained
    from solver.domain.outcome import CertificateLine, Number
    from solver.domain.problem import MuscleGoal

MUSCLE, AXIAL = "block.recovery_muscle", "block.recovery_axial"
SPINE_HOURS, HIGHEST_AXIAL_LOAD = 48, 3


def check_muscles(block: BlockProblem, planned: Sequence[BlockWeek]) -> CertificateLine:
    """Slack: hours beyond the recovery time at the tightest pair of sessions on both sides of a border."""
    sessions = timeline(planned)
    pairs = [
        (goal, earlier, later, _hours(earlier, later))
        for goal in block.week.muscles
        for earlier, later in _loading_across(goal, sessions)
    ]
    tightest = min(pairs, key=lambda pair: pair[3] - pair[0].recovery_hours, default=None)
    measured: dict[str, Number | str] = {"pairs": len(pairs)}
    statement, slack = "no muscle is loaded on both sides of a border", None
    if tightest is not None:
        goal, _, _, hours = tightest
        slack = hours - goal.recovery_hours
        measured |= {"muscle": goal.muscle, "hours": number(hours)}
        statement = (
            f"{words(goal.muscle)}: {counted(hours, 'hour')} across a border, {goal.recovery_hours} needed, tightest"
        )
    too_close = [
        Violation(
            MUSCLE,
            goal.muscle,
            f"{words(goal.muscle).capitalize()}: loaded in {earlier.name} and {later.name}, "
            f"{counted(hours, 'hour')} apart; it needs {goal.recovery_hours}.",
        )
        for goal, earlier, later, hours in pairs
        if hours < goal.recovery_hours
    ]
    return line(
        MUSCLE,
        statement,
        measured=measured,
        limit={} if tightest is None else {"hours": tightest[0].recovery_hours},
        slack=slack,
        violations=[*too_close, *(found for goal in block.week.muscles for found in _too_full(goal, sessions))],
    )


def check_spine(_: BlockProblem, planned: Sequence[BlockWeek]) -> CertificateLine:
    """Slack: hours beyond 48 at the closest pair on both sides of a border."""
    heavy = [s for s in timeline(planned) if any(e.axial_load >= HIGHEST_AXIAL_LOAD for e, _ in s.entries)]
    pairs = [(a, b, _hours(a, b)) for a, b in combinations(heavy, 2) if a.week != b.week]
    closest = min((hours for _, _, hours in pairs), default=None)
    return line(
        AXIAL,
        "no heavy spine load on both sides of a border"
        if closest is None
        else f"{counted(closest, 'hour')} between heavy spine loads across a border, {SPINE_HOURS} needed, closest",
        measured={} if closest is None else {"hours": number(closest)},
        limit={"hours": SPINE_HOURS},
        slack=None if closest is None else closest - SPINE_HOURS,
        violations=[
            Violation(
                AXIAL,
                later.slot,
                f"The spine is loaded heavily in {early.name} and {later.name}, {counted(hours, 'hour')} apart.",
            )
            for early, later, hours in pairs
            if hours < SPINE_HOURS
        ],
    )


def _hours(earlier: Trained, later: Trained) -> Fraction:
    return Fraction(later.minute - earlier.minute, 60)


def _loading_across(goal: MuscleGoal, sessions: Sequence[Trained]) -> Iterator[tuple[Trained, Trained]]:
    """Sessions of different weeks that both load the muscle."""
    free = QUARTERS_PER_SET * goal.recovery_free_sets
    loading = [session for session in sessions if session.quarters.get(goal.muscle, 0) > free]
    return ((earlier, later) for earlier, later in combinations(loading, 2) if earlier.week != later.week)


def _too_full(goal: MuscleGoal, sessions: Sequence[Trained]) -> Iterator[Violation]:
    """Windows of the recovery time over a border, from the start of each session."""
    for first in sessions:
        inside = [s for s in sessions if 0 <= s.minute - first.minute < 60 * goal.recovery_hours]
        trained = [s for s in inside if s.quarters.get(goal.muscle, 0)]
        sets = in_sets(sum(s.quarters[goal.muscle] for s in trained))
        if first in trained and trained[-1].week != first.week and sets > goal.session_max_sets:
            statement = (
                f"{words(goal.muscle).capitalize()}: {counted(sets, 'set')} in the {goal.recovery_hours} hours from "
                f"{first.name}, more than the {goal.session_max_sets} of one session."
            )
            yield Violation(MUSCLE, goal.muscle, statement)
