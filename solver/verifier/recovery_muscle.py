"""`recovery.muscle`: a muscle rests between sessions that load it and gets one session's sets at most meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from catalog.schema import QUARTERS_PER_SET
from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.clock import MINUTES_PER_HOUR, apart_minutes, in_hours, window_from, window_from_before
from solver.verifier.eligibility import words
from solver.verifier.lines import at_least, at_most, in_sets, line, number, show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from solver.domain.outcome import Number
    from solver.domain.problem import MuscleGoal
    from solver.verifier.facts import Facts, SessionFacts

RULE = "recovery.muscle"


@dataclass(frozen=True)
class Gap:
    """Two sessions that load a muscle."""

    goal: MuscleGoal
    earlier: SessionFacts
    later: SessionFacts
    minutes: int

    @property
    def slack_minutes(self) -> int:
        return self.minutes - self.goal.recovery_hours * MINUTES_PER_HOUR


@dataclass(frozen=True)
class Window:
    """A muscle's sets over its recovery time from the start of a session."""

    goal: MuscleGoal
    first: SessionFacts
    sets: Fraction

    @property
    def slack_sets(self) -> Fraction:
        return self.goal.session_max_sets - self.sets


def loads(session: SessionFacts, goal: MuscleGoal) -> bool:
    """Whether the muscle gets more sets in the session than it takes without a rest."""
    return session.volume_quarters.get(goal.muscle, 0) > QUARTERS_PER_SET * goal.recovery_free_sets


def gaps(facts: Facts) -> Iterator[Gap]:
    """All pairs of sessions that load the same muscle, the later one of the week itself."""
    for goal in facts.problem.muscles:
        loading = [s for s in facts.sessions if loads(s, goal)]
        for earlier, later in combinations(loading, 2):
            yield Gap(
                goal,
                earlier,
                later,
                apart_minutes(earlier.slot, later.slot, week_repeats=facts.problem.week_repeats),
            )
        for past in facts.preceding:
            if loads(past, goal):
                for later in loading:
                    yield Gap(goal, past, later, later.slot.start_minute - past.slot.start_minute)


def windows(facts: Facts) -> Iterator[Window]:
    """The windows in which a muscle is trained more than once, from the start of every session that trains it.

    No other window holds more; a single session is left to `volume.session_max`.
    """
    for first in facts.sessions:
        for goal in facts.problem.muscles:
            if goal.muscle in first.volume_quarters:
                inside = window_from(facts, first, goal.recovery_hours * MINUTES_PER_HOUR)
                doses = [s.volume_quarters[goal.muscle] for s in inside if goal.muscle in s.volume_quarters]
                if len(doses) > 1:
                    yield Window(goal, first, in_sets(sum(doses)))
    for past in facts.preceding:
        for goal in facts.problem.muscles:
            inside = window_from_before(facts, past, goal.recovery_hours * MINUTES_PER_HOUR)
            trained = [s for s in inside if s.volume_quarters.get(goal.muscle, 0)]
            if past in trained and trained[-1] in facts.sessions:
                yield Window(goal, past, in_sets(sum(s.volume_quarters[goal.muscle] for s in trained)))


def check(facts: Facts) -> CertificateLine:
    """Slack: hours beyond the recovery time at the tightest pair; measured also the fullest window, in sets."""
    pairs, spans = list(gaps(facts)), list(windows(facts))
    tightest = min(pairs, key=lambda gap: gap.slack_minutes, default=None)
    fullest = min(spans, key=lambda window: window.slack_sets, default=None)
    measured: dict[str, Number | str] = {}
    limit: dict[str, object] = {}
    parts: list[str] = []
    if tightest is not None:
        hours, needed = in_hours(tightest.minutes), tightest.goal.recovery_hours
        measured |= {"muscle": tightest.goal.muscle, "hours": number(hours)}
        limit["hours"] = needed
        rest = f"{show(hours)} {at_least(hours, needed)} {counted(needed, 'hour')} of rest"
        parts.append(f"{words(tightest.goal.muscle)}: {rest}")
    if fullest is not None:
        sets, most = fullest.sets, fullest.goal.session_max_sets
        measured |= {"window_muscle": fullest.goal.muscle, "window_sets": number(sets)}
        limit["window_sets"] = most
        parts.append(
            f"{words(fullest.goal.muscle)}: {show(sets)} {at_most(sets, most)} {counted(most, 'set')} "
            f"in {counted(fullest.goal.recovery_hours, 'hour')}"
        )
    return line(
        RULE,
        " and ".join(parts) or "no muscle is loaded",
        measured=measured,
        limit=limit,
        slack=None if tightest is None else in_hours(tightest.slack_minutes),
        violations=[*_too_close(pairs), *_too_full(spans)],
    )


def _too_close(pairs: list[Gap]) -> Iterator[Violation]:
    for gap in pairs:
        if gap.slack_minutes < 0:
            yield Violation(
                RULE,
                gap.goal.muscle,
                f"{words(gap.goal.muscle).capitalize()}: loaded in '{gap.earlier.slot.id}' and '{gap.later.slot.id}', "
                f"{counted(in_hours(gap.minutes), 'hour')} apart; it needs {gap.goal.recovery_hours}.",
            )


def _too_full(spans: list[Window]) -> Iterator[Violation]:
    for window in spans:
        if window.slack_sets < 0:
            goal = window.goal
            yield Violation(
                RULE,
                goal.muscle,
                f"{words(goal.muscle).capitalize()}: {counted(window.sets, 'set')} in the {goal.recovery_hours} "
                f"hours from '{window.first.slot.id}', more than the {goal.session_max_sets} of one session.",
            )
