"""`structure.sessions`: as many sessions as asked for, spread over the days, each in its slot and worth the way."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.lines import at_most, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.verifier.facts import Facts

RULE = "structure.sessions"


def check(facts: Facts) -> CertificateLine:
    """Slack: sessions to the nearest of the three limits."""
    rules = facts.problem.rules
    used = len(facts.sessions)
    by_day = Counter(session.slot.day for session in facts.sessions)
    most = max(by_day.values(), default=0)
    within = rules.sessions_min <= used <= rules.sessions_max

    def violations() -> Iterator[Violation]:
        if used < rules.sessions_min:
            statement = f"The week has {counted(used, 'session')}, it needs at least {rules.sessions_min}."
            yield Violation(RULE, "", statement, mendable=True)
        if used > rules.sessions_max:
            statement = f"The week has {counted(used, 'session')}, more than the {rules.sessions_max} allowed."
            yield Violation(RULE, "", statement)
        for day, count in sorted(by_day.items()):
            if count > rules.sessions_per_day:
                said = f"Day {day + 1} of the week has {counted(count, 'session')}"
                statement = f"{said}, more than the {rules.sessions_per_day} allowed."
                yield Violation(RULE, "", statement)

    return line(
        RULE,
        f"{counted(used, 'session')} {'within' if within else 'outside'} {rules.sessions_min} to {rules.sessions_max}, "
        f"most on a day {most} {at_most(most, rules.sessions_per_day)} {rules.sessions_per_day}",
        measured={"sessions": used, "most_on_a_day": most},
        limit={"min": rules.sessions_min, "max": rules.sessions_max, "per_day": rules.sessions_per_day},
        slack=min(used - rules.sessions_min, rules.sessions_max - used, rules.sessions_per_day - most),
        violations=[*violations(), *_without_training(facts), *_out_of_order(facts), *_reported(facts)],
    )


def _without_training(facts: Facts) -> Iterator[Violation]:
    as_pinned = {session.slot for session in facts.problem.pinned_sessions}
    for session in facts.sessions:
        if (
            session.slot.id not in as_pinned
            and session.first(lambda e: e.counts_as_hard_set and not e.is_drill) is None
        ):
            name = session.slot.id
            yield Violation(RULE, name, f"The session in '{name}' has no hard working exercise.")


def _out_of_order(facts: Facts) -> Iterator[Violation]:
    place = {slot.id: index for index, slot in enumerate(facts.problem.slots)}
    names = [session.slot for session in facts.plan.sessions]
    for name, count in Counter(names).items():
        if count > 1:
            yield Violation(RULE, name, f"The plan has {count} sessions in '{name}', a slot takes one.")
    for earlier, later in pairwise(name for name in names if name in place):
        if place[later] < place[earlier]:
            yield Violation(
                RULE, later, f"The session in '{later}' comes after the one in '{earlier}', which is later."
            )


def _reported(facts: Facts) -> Iterator[Violation]:
    return (fault for fault in facts.faults if fault.rule == RULE)
