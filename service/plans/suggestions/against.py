"""What may be changed against a conflict: each of its rules, and the week as a whole where more room could help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.plans.suggestions.athlete import allowed_again, less_of, more_experience, other_stage
from service.plans.suggestions.equipment import more_equipment
from service.plans.suggestions.numbers import weaker_numbers
from service.plans.suggestions.pins import released
from service.plans.suggestions.week import (
    all_longer,
    elsewhere,
    fewer_sessions,
    longer,
    more_sessions,
    moved,
    one_more,
    shared_rests,
)
from solver.domain.kinds import DEADLIFT
from solver.domain.subject import part
from solver.rulebook import RULE_BY_ID

if TYPE_CHECKING:
    from service.plans.suggestions.asked import Asked, Offers
    from solver.domain.outcome import Conflict, ConflictElement
    from solver.domain.subject import Subject

_ROOM = frozenset(
    {
        "time.session",
        "structure.sessions",
        "structure.exercises",
        "recovery.muscle",
        "recovery.axial",
        "volume.session_max",
    }
)
"""Rules that a further session can relieve."""
_REST = frozenset({"recovery.muscle", "recovery.axial", "structure.sessions"})
"""Rules that another day can relieve."""


def offers_against(asked: Asked, conflict: Conflict) -> Offers:
    """Every change that touches one of the conflict's rules; only those can help."""
    rules = {element.rule for element in conflict.elements}
    found = [one for element in conflict.elements for one in _against(asked, element)]
    if "time.session" in rules:
        found += shared_rests(asked)
        found += all_longer(asked, [e.subject.id for e in conflict.elements if e.rule == "time.session"])
    if rules & _ROOM:
        found += one_more(asked)
    if rules & _REST:
        found += moved(asked)
    return found


def _other_counts(asked: Asked, subject: Subject) -> Offers:
    if subject == part("min"):
        return fewer_sessions(asked)
    return more_sessions(asked) if subject == part("max") else []


def _against(asked: Asked, element: ConflictElement) -> Offers:
    rule, subject = element.rule, element.subject
    found = weaker_numbers(asked, rule, subject) if RULE_BY_ID[rule].suggestible else []
    if rule == "time.session":
        found += longer(asked, subject.id)
    elif rule == "equipment.available":
        found += more_equipment(asked, subject.id, element.lacking) + elsewhere(asked, subject.id)
    elif rule == "athlete.exclusions":
        found += allowed_again(asked, subject)
    elif rule == "athlete.must_include":
        found += less_of(asked, subject.id)
    elif rule == "plan.pinned":
        found += released(asked, subject)
    elif rule in ("athlete.skill", "athlete.prerequisite"):
        found += other_stage(asked, subject.id) if subject.kind == "ladder" else more_experience(asked)
    elif rule == "progression.deadlift":
        found += other_stage(asked, DEADLIFT)
    elif rule == "structure.sessions":
        found += _other_counts(asked, subject)
    return found
