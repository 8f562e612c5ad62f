"""`mobility.thoracic`: upper-body sessions open with a thoracic drill, and the week holds several different ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.outcome import CertificateLine, Violation
from solver.domain.phrases import counted
from solver.verifier.lines import at_least, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.schema import Exercise
    from solver.verifier.facts import Facts, SessionFacts

RULE = "mobility.thoracic"


def is_thoracic_drill(exercise: Exercise) -> bool:
    """A drill for the upper back."""
    return exercise.is_drill and exercise.thoracic != "none"


def trains_upper_body(session: SessionFacts) -> bool:
    """Whether the session has a hard set of an exercise for the upper or the whole body."""
    return session.first(lambda e: e.counts_as_hard_set and e.region in ("upper", "full")) is not None


def opens_with_drill(session: SessionFacts) -> bool:
    """Whether a thoracic drill comes before the first working pull."""
    drill = session.first(is_thoracic_drill)
    pull = session.first(lambda e: not e.is_drill and e.push_pull == "pull")
    return drill is not None and (pull is None or drill.position < pull.position)


def check(facts: Facts) -> CertificateLine:
    """Slack: different drills beyond the number asked for."""
    used = len(facts.sessions)
    kinds = {
        placed.exercise.id: placed.exercise.thoracic for _, placed in facts.week if is_thoracic_drill(placed.exercise)
    }
    required = min(facts.problem.rules.thoracic_distinct, used)
    upper = [session for session in facts.sessions if trains_upper_body(session)]
    unopened = [session for session in upper if not opens_with_drill(session)]
    opened = len(upper) - len(unopened)
    by_kind = {kind: sum(1 for of in kinds.values() if of == kind) for kind in ("rotation", "extension")}
    each = 1 if used >= 2 else 0

    def violations() -> Iterator[Violation]:
        for session in unopened:
            name = session.slot.id
            yield Violation(RULE, name, f"The session in '{name}' has no thoracic drill before its first pull.")
        if len(kinds) < required:
            yield Violation(
                RULE,
                "",
                f"The week has {counted(len(kinds), 'different thoracic drill')}, it needs {required}.",
                mendable=True,
            )
        for kind, count in by_kind.items():
            if count < each:
                yield Violation(RULE, "", f"The week has no thoracic {kind} drill.", mendable=True)

    return line(
        RULE,
        f"{counted(len(kinds), 'different thoracic drill')} {at_least(len(kinds), required)} {required}, "
        f"one opens {opened} of {counted(len(upper), 'upper-body session')}",
        measured={"distinct": len(kinds), **by_kind, "opened": opened},
        limit={"distinct": required, "rotation": each, "extension": each, "opened": len(upper)},
        slack=len(kinds) - required,
        violations=violations(),
    )
