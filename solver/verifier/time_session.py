"""`time.session`: every session fits into its minutes, at the prices of `solver.domain.pricing`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.domain.pricing import PricedEntry, session_seconds
from solver.verifier.lines import line
from solver.verifier.supersets import saved_seconds, supersets_of

if TYPE_CHECKING:
    from solver.domain.problem import RuleSettings
    from solver.verifier.facts import Facts, SessionFacts

RULE = "time.session"


def seconds_of(session: SessionFacts, rules: RuleSettings) -> int:
    """Length of a session in seconds. Only a label on exactly two entries saves time."""
    labels = Counter(placed.superset for placed in session.placed)
    priced = [
        PricedEntry(placed.exercise, placed.sets, placed.superset if labels[placed.superset] == 2 else None)
        for placed in session.placed
    ]
    return session_seconds(priced, warmup_seconds=rules.warmup_seconds, changeover_seconds=rules.changeover_seconds)


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def check(facts: Facts) -> CertificateLine:
    """Slack: seconds left in the fullest session."""
    timed = [(session.slot, seconds_of(session, facts.problem.rules)) for session in facts.sessions]
    violations = [
        Violation(
            RULE,
            slot.id,
            f"The session in '{slot.id}' takes {_clock(seconds)}, "
            f"{_clock(seconds - slot.limit_seconds)} more than its {_clock(slot.limit_seconds)}.",
        )
        for slot, seconds in timed
        if seconds > slot.limit_seconds
    ]
    slack = min((slot.limit_seconds - seconds for slot, seconds in timed), default=None)
    return line(
        RULE,
        f"{len(timed) - len(violations)} of {counted(len(timed), 'session')} in time"
        + ("" if slack is None else f", {counted(slack, 'second')} left in the fullest"),
        measured={slot.id: seconds for slot, seconds in timed},
        limit={slot.id: slot.limit_seconds for slot, _ in timed},
        slack=slack,
        violations=violations,
        notes=[note for session in facts.sessions if (note := _saving(session)) is not None],
    )


def _saving(session: SessionFacts) -> str | None:
    pairs = supersets_of(session)
    if not pairs:
        return None
    seconds = sum(saved_seconds(a, b) for _, a, b in pairs)
    what = "1 superset saves" if len(pairs) == 1 else f"{len(pairs)} supersets save"
    return f"{what} {_clock(seconds)} in '{session.slot.id}'"
