"""Whether what was not read could change a verdict.

An unread line may be any exercise, at most as many sets as it says, at its place in its session. A verdict is certain
when no such reading turns it round; where that is not clear it counts as uncertain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.verifier.balance import SINGLE_JOINT_SHARE
from solver.verifier.deadlift_ladder import LADDER, inside_session, over_the_week, too_early
from solver.verifier.mobility_thoracic import opens_with_drill, trains_upper_body
from solver.verifier.scapula_lower_trap import LOWER, UPPER, weighted_sets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from solver.audit.followed import Unread
    from solver.domain.outcome import CertificateLine
    from solver.verifier.facts import Facts

_MOST_UNITS = 2
"""Ratio units of a set."""


@dataclass(frozen=True)
class Hidden:
    """All that is unread, taken together. `sets` is None when it has no limit."""

    parts: tuple[Unread, ...]

    @property
    def sets(self) -> int | None:
        known = [part.sets for part in self.parts]
        return None if None in known else sum(sets for sets in known if sets is not None)

    @property
    def may_add_sessions(self) -> bool:
        return any(part.slot is None for part in self.parts)

    def may_be_in(self, slot: str) -> bool:
        return any(part.slot in (None, slot) for part in self.parts)


def is_certain(facts: Facts, line: CertificateLine, unread: tuple[Unread, ...]) -> bool:
    """Whether the rule of this line holds, or does not, whatever the unread lines are."""
    if not unread or line.rule in _UNTOUCHED:
        return True
    if line.rule in _ONLY_BREAKS:
        return not line.holds
    if line.rule in _ONLY_MENDS:
        return line.holds
    check = _CHECKS.get(line.rule)
    return False if check is None else check(facts, line, Hidden(unread))


_UNTOUCHED = frozenset({"plan.pinned"})
_ONLY_BREAKS = frozenset(
    {
        "equipment.available",
        "time.session",
        "recovery.muscle",
        "recovery.axial",
        "volume.session_max",
        "volume.weekly_max",
        "structure.order",
        "athlete.skill",
        "athlete.prerequisite",
        "athlete.exclusions",
    }
)
"""Whatever is added can break these rules and mend none."""
_ONLY_MENDS = frozenset({"volume.weekly_min", "athlete.must_include"})


def _thoracic(facts: Facts, line: CertificateLine, hidden: Hidden) -> bool:
    if line.holds:
        return not hidden.may_add_sessions and all(_stays_opened(facts, part) for part in hidden.parts)
    unopened = [s for s in facts.sessions if trains_upper_body(s) and not opens_with_drill(s)]
    distinct = _int(line.measured["distinct"])
    missing = _int(line.limit["distinct"]) - distinct
    return any(not hidden.may_be_in(s.slot.id) for s in unopened) or missing > len(hidden.parts)


def _stays_opened(facts: Facts, part: Unread) -> bool:
    """The unread line stands below the drill that opens the session, so that no pull of its own can come first."""
    session = next((s for s in facts.sessions if s.slot.id == part.slot), None)
    if session is None or not opens_with_drill(session):
        return False
    above = [placed for placed in session.placed if placed.position < part.before]
    return any(placed.exercise.is_drill and placed.exercise.thoracic != "none" for placed in above)


def _upper_balance(facts: Facts, line: CertificateLine, hidden: Hidden) -> bool:
    rule = facts.problem.rules.upper_balance
    if rule.basis != "sets" or hidden.sets is None:
        return False
    pull, push = _int(line.measured["pull"]), _int(line.measured["push"])
    single = _single_units(facts, "upper", "pull")
    more = hidden.sets
    if line.holds:
        return pull >= rule.minimum * (push + _MOST_UNITS * more) and _shares(single, pull, more)
    most_pull = pull + _MOST_UNITS * more
    return most_pull < rule.minimum * push or SINGLE_JOINT_SHARE * single > most_pull


def _lower_balance(facts: Facts, line: CertificateLine, hidden: Hidden) -> bool:
    rule = facts.problem.rules.lower_balance
    if rule.basis != "sets" or hidden.sets is None:
        return False
    pull, push = _int(line.measured["pull"]), _int(line.measured["push"])
    more = hidden.sets
    if line.holds:
        return (
            push > 0
            and pull >= rule.minimum * (push + _MOST_UNITS * more)
            and (rule.maximum is None or pull + _MOST_UNITS * more <= rule.maximum * push)
            and _shares(_single_units(facts, "lower", "pull"), pull, more)
            and _shares(_single_units(facts, "lower", "push"), push, more)
        )
    too_little_pull = pull + _MOST_UNITS * more < rule.minimum * push
    too_little_push = rule.maximum is not None and push > 0 and pull > rule.maximum * (push + _MOST_UNITS * more)
    return too_little_pull or too_little_push


def _shares(single: int, units: int, more: int) -> bool:
    """Single-joint work stays within its share even when all that is unread is of that kind."""
    return SINGLE_JOINT_SHARE * (single + more) <= units + more


def _single_units(facts: Facts, group: str, side: str) -> int:
    return sum(
        placed.sets * placed.exercise.ratio_units
        for _, placed in facts.week
        if placed.exercise.ratio_group == group
        and placed.exercise.push_pull == side
        and placed.exercise.mechanic != "compound"
    )


def _external_rotation(facts: Facts, line: CertificateLine, hidden: Hidden) -> bool:
    rules = facts.problem.rules
    external, internal = _int(line.measured["external"]), _int(line.measured["internal"])
    sessions, spread = _int(line.measured["sessions"]), _int(line.limit["sessions"])
    if line.holds:
        if hidden.sets is None or (hidden.may_add_sessions and sessions < 2):
            return False
        return external >= rules.external_rotation_share * (internal + hidden.sets)
    if sessions + len(hidden.parts) < spread:
        return True
    if hidden.sets is None:
        return False
    most = external + hidden.sets
    return most < rules.external_rotation_sets or most < rules.external_rotation_share * internal


def _lower_trap(facts: Facts, line: CertificateLine, hidden: Hidden) -> bool:
    if hidden.sets is None:
        return False
    ratio, more = facts.problem.rules.lower_trap_ratio, hidden.sets
    lower, upper = weighted_sets(facts, LOWER), weighted_sets(facts, UPPER)
    direct_lower, direct_upper = _int(line.measured["direct_lower"]), _int(line.measured["direct_upper"])
    if line.holds:
        return lower >= ratio * (upper + more) and direct_lower >= direct_upper + more
    return (
        lower + more < ratio * upper
        or direct_lower + more < direct_upper
        or _int(line.measured["floor"]) + more < _int(line.limit["sets"])
        or _int(line.measured["heavy"]) + more < _int(line.limit["heavy"])
    )


def _isometric_hold(facts: Facts, line: CertificateLine, hidden: Hidden) -> bool:
    if line.waived is not None:
        return True
    held = _int(line.measured["sessions"])
    if line.holds:
        return not hidden.may_add_sessions or held >= facts.problem.rules.isometric_hold_sessions
    return held + len(hidden.parts) < _int(line.limit["sessions"])


def _retraction_row(_: Facts, line: CertificateLine, hidden: Hidden) -> bool:
    if hidden.sets is None:
        return False
    led, plain = _int(line.measured["led"]), _int(line.measured["plain"])
    if line.holds:
        return led >= plain + hidden.sets
    return _int(line.measured["sets"]) + hidden.sets < _int(line.limit["sets"]) or led + hidden.sets < plain


def _deadlift(facts: Facts, line: CertificateLine, hidden: Hidden) -> bool:
    if line.holds:
        return False
    stage = facts.problem.athlete.stages.get(LADDER, 0)
    by_id = facts.problem.exercise_by_id
    if any(too_early(by_id[exercise], stage) for exercise in facts.weekly_sets):
        return True
    if any(over_the_week(facts, facts.problem.rules.deadlift_loaded_stages)):
        return True
    return any(
        not hidden.may_be_in(session.slot.id) for session in facts.sessions if any(inside_session(session, stage))
    )


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value


_CHECKS: Mapping[str, Callable[[Facts, CertificateLine, Hidden], bool]] = {
    "mobility.thoracic": _thoracic,
    "balance.upper_pull_push": _upper_balance,
    "balance.lower_pull_push": _lower_balance,
    "shoulder.external_rotation": _external_rotation,
    "scapula.lower_trap": _lower_trap,
    "pull.isometric_hold": _isometric_hold,
    "row.retraction": _retraction_row,
    "progression.deadlift": _deadlift,
}
"""The rules against the six mistakes. `structure.exercises` and `structure.sessions` may go either way."""
