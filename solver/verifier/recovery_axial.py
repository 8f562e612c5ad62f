"""`recovery.axial`: few exercises of the highest axial load in a session, days between such sessions, three a week."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.clock import MINUTES_PER_HOUR, apart_minutes, in_hours
from solver.verifier.lines import at_most, line, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.schema import Exercise
    from solver.domain.outcome import Number
    from solver.verifier.facts import Facts

RULE = "recovery.axial"
HIGHEST_LOAD = 3
EXERCISES_A_SESSION = 2
SESSIONS_A_WEEK = 3
HOURS_APART = 48


def is_axial(exercise: Exercise) -> bool:
    """Of the highest axial load."""
    return exercise.axial_load >= HIGHEST_LOAD


def check(facts: Facts) -> CertificateLine:
    """Slack: hours beyond the distance between the closest two such sessions."""
    loaded = [(session, len(session.having(is_axial))) for session in facts.sessions if session.first(is_axial)]
    most = max((count for _, count in loaded), default=0)
    pairs = [
        (a, b, apart_minutes(a.slot, b.slot, week_repeats=facts.problem.week_repeats))
        for (a, _), (b, _) in combinations(loaded, 2)
    ]
    pairs += [
        (past, session, session.slot.start_minute - past.slot.start_minute)
        for past in facts.preceding
        if past.first(is_axial)
        for session, _ in loaded
    ]
    closest = min((minutes for _, _, minutes in pairs), default=None)

    def violations() -> Iterator[Violation]:
        for session, count in loaded:
            if count > EXERCISES_A_SESSION:
                name = session.slot.id
                statement = f"The session in '{name}' has {count} exercises that load the spine heavily, more than "
                yield Violation(RULE, name, f"{statement}{EXERCISES_A_SESSION}.")
        for a, b, minutes in pairs:
            if minutes < HOURS_APART * MINUTES_PER_HOUR:
                yield Violation(
                    RULE,
                    b.slot.id,
                    f"The spine is loaded heavily in '{a.slot.id}' and '{b.slot.id}', "
                    f"{counted(in_hours(minutes), 'hour')} apart; it needs {HOURS_APART}.",
                )
        if len(loaded) > SESSIONS_A_WEEK:
            statement = f"{len(loaded)} sessions load the spine heavily, at most {SESSIONS_A_WEEK} may."
            yield Violation(RULE, "", statement)

    measured: dict[str, Number | str] = {"exercises": most, "sessions": len(loaded)}
    statement = (
        f"{counted(len(loaded), 'session')} with a heavy spine load "
        f"{at_most(len(loaded), SESSIONS_A_WEEK)} {SESSIONS_A_WEEK}, "
        f"{most} {at_most(most, EXERCISES_A_SESSION)} {EXERCISES_A_SESSION} such exercises in one"
    )
    if closest is not None:
        measured["hours"] = number(in_hours(closest))
        statement += f", {counted(in_hours(closest), 'hour')} between the closest two, {HOURS_APART} needed"
    return line(
        RULE,
        statement,
        measured=measured,
        limit={"exercises": EXERCISES_A_SESSION, "sessions": SESSIONS_A_WEEK, "hours": HOURS_APART},
        slack=None if closest is None else in_hours(closest) - HOURS_APART,
        violations=violations(),
    )
