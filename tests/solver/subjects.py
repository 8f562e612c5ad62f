"""Subjects written as answers show them, read back into their kinds."""

from __future__ import annotations

from typing import cast

from solver.domain.subject import (
    EXPERIENCE,
    WHOLE,
    ExclusionKind,
    Subject,
    SubjectKind,
    at_place,
    at_slot,
    entry,
    exclusion,
    of_exercise,
    of_muscle,
    on_ladder,
    part,
)
from solver.guard import Name

PARTS = {
    "structure.sessions": {"min", "max", "per_day"},
    "structure.exercises": {"max", "drills", "pattern", "family"},
    "recovery.axial": {"hours apart", "week"},
    "mobility.thoracic": {"rotation", "extension"},
}
"""Parts of rules that speak of slots or exercises as well."""


def subject_of(rule: str, text: str) -> Subject:
    """The subject that `rule` shows as `text`, where no slot or exercise is named like a part of the rule."""
    if not text:
        return WHOLE
    if text in PARTS.get(rule, ()):
        return part(text)
    if rule in ("time.session", "structure.sessions", "recovery.axial", "mobility.thoracic"):
        return at_slot(text)
    if rule.startswith("volume.") or rule == "recovery.muscle":
        return of_muscle(text)
    if rule in ("athlete.must_include", "structure.exercises"):
        return of_exercise(text)
    if rule == "equipment.available":
        return at_place(text)
    if rule in ("athlete.skill", "athlete.prerequisite"):
        return EXPERIENCE if text == "experience" else on_ladder(text.removeprefix("ladder:"))
    of, _, word = text.partition(":")
    if rule == "athlete.exclusions":
        return exclusion(cast("ExclusionKind", of), word)
    if rule == "plan.pinned":
        return entry(of, word) if word else at_slot(text)
    return part(text)


def shown_as(kind: SubjectKind, text: str) -> Subject:
    """The subject of this kind that answers show as `text`."""
    before, colon, after = text.partition(":")
    if kind == "ladder":
        return Subject(kind, after)
    if kind in ("rule", "experience"):
        return Subject(kind)
    return Subject(kind, after, before) if colon else Subject(kind, text)


def named(rule: str, text: str = "") -> Name:
    """A rule with the subject it shows as `text`."""
    return Name(rule, subject_of(rule, text))
