"""Where recovery falls short: sessions too close for a muscle, and too many sets inside its recovery time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.audit.findings import Clash, Crowding
from solver.verifier.clock import MINUTES_PER_HOUR, in_hours, window_from
from solver.verifier.lines import in_sets
from solver.verifier.recovery_muscle import gaps, windows

if TYPE_CHECKING:
    from fractions import Fraction

    from solver.audit.followed import FollowedWeek
    from solver.verifier.facts import Facts, SessionFacts


def clashes(facts: Facts, week: FollowedWeek) -> tuple[Clash, ...]:
    """Every pair of sessions that loads a muscle too soon, the shortest rest for its need first."""
    found = [gap for gap in gaps(facts) if gap.slack_minutes < 0]
    return tuple(
        Clash(
            muscle=gap.goal.muscle,
            slots=(gap.earlier.slot.id, gap.later.slot.id),
            hours=in_hours(gap.minutes),
            needed_hours=gap.goal.recovery_hours,
            sets=(_dose(gap.earlier, gap.goal.muscle), _dose(gap.later, gap.goal.muscle)),
            sources=_sources(facts, week, (gap.earlier, gap.later), gap.goal.muscle),
        )
        for gap in sorted(found, key=lambda gap: (gap.slack_minutes, gap.goal.muscle))
    )


def crowding(facts: Facts, week: FollowedWeek) -> tuple[Crowding, ...]:
    """Every muscle and stretch of its recovery time with more sets than one session may hold, the fullest first."""
    found = [window for window in windows(facts) if window.slack_sets < 0]
    crowded = []
    for window in sorted(found, key=lambda window: (window.slack_sets, window.goal.muscle)):
        goal = window.goal
        inside = window_from(facts, window.first, goal.recovery_hours * MINUTES_PER_HOUR)
        training = tuple(session for session in inside if goal.muscle in session.volume_quarters)
        crowded.append(
            Crowding(
                muscle=goal.muscle,
                slots=tuple(session.slot.id for session in training),
                window_hours=goal.recovery_hours,
                sets=window.sets,
                max_sets=goal.session_max_sets,
                sources=_sources(facts, week, training, goal.muscle),
            )
        )
    return tuple(crowded)


def _dose(session: SessionFacts, muscle: str) -> Fraction:
    return in_sets(session.volume_quarters[muscle])


def _sources(facts: Facts, week: FollowedWeek, sessions: tuple[SessionFacts, ...], muscle: str) -> tuple[int, ...]:
    """Where the programme says what trains the muscle in these sessions."""
    slots = {session.slot.id for session in sessions}
    by_id = facts.problem.exercise_by_id
    return tuple(
        source
        for session in week.sessions
        if session.slot in slots
        for entry in session.entries
        if muscle in by_id[entry.exercise].volume_quarters
        for source in entry.sources
    )
