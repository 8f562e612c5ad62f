"""A score of balance: how far a week is from making none of the six mistakes.

Each mistake is worth a sixth of 100 points. It gets the mean fulfilment of its rules: 1 for a rule that is kept, waived
or not judged, otherwise the mean of its parts, each the share of its limit that is reached (at most 1), but never more
than 0.9: a broken rule always costs something. So 100 means that none of the mistakes is made, and only that.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from solver.audit.findings import BalanceScore, ScorePart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from solver.audit.findings import MistakeFinding, RuleFinding
    from solver.domain.outcome import CertificateLine
    from solver.domain.problem import Problem

POINTS = 100
MOST_WHEN_BROKEN = Fraction(9, 10)


def balance_score(problem: Problem, mistakes: Iterable[MistakeFinding]) -> BalanceScore:
    """The score of a week with these findings."""
    found = tuple(mistakes)
    worth = Fraction(POINTS, len(found))
    parts = tuple(ScorePart(m.mistake, worth * _mean([_fulfilment(problem, r) for r in m.rules]), worth) for m in found)
    return BalanceScore(sum((part.points for part in parts), Fraction(0)), parts)


def _fulfilment(problem: Problem, finding: RuleFinding) -> Fraction:
    if not finding.broken:
        return Fraction(1)
    return min(MOST_WHEN_BROKEN, _mean(_PARTS[finding.line.rule](problem, finding.line)))


def _mean(shares: list[Fraction]) -> Fraction:
    return sum(shares, Fraction(0)) / len(shares)


def _share(reached: Fraction, limit: Fraction) -> Fraction:
    """How much of a lower limit is reached; 1 when nothing is asked for."""
    return Fraction(1) if limit <= 0 else min(Fraction(1), max(Fraction(0), reached / limit))


def _of(values: Mapping[str, object], name: str) -> Fraction:
    value = values[name]
    assert isinstance(value, int | float)
    return Fraction(value)


def _thoracic(_: Problem, line: CertificateLine) -> list[Fraction]:
    names = ("distinct", "rotation", "extension", "opened")
    return [_share(_of(line.measured, name), _of(line.limit, name)) for name in names]


def _upper(problem: Problem, line: CertificateLine) -> list[Fraction]:
    pull, push = _of(line.measured, "pull"), _of(line.measured, "push")
    return [_share(pull, problem.rules.upper_balance.minimum * push)]


def _lower(problem: Problem, line: CertificateLine) -> list[Fraction]:
    limits = problem.rules.lower_balance
    pull, push = _of(line.measured, "pull"), _of(line.measured, "push")
    enough = _share(pull, limits.minimum * push)
    if limits.maximum is None or pull == 0:
        return [enough]
    return [min(enough, _share(limits.maximum * push, pull))]


def _external_rotation(problem: Problem, line: CertificateLine) -> list[Fraction]:
    share = problem.rules.external_rotation_share * _of(line.measured, "internal")
    needed = max(share, _of(line.limit, "sets"))
    return [
        _share(_of(line.measured, "external"), needed),
        _share(_of(line.measured, "sessions"), _of(line.limit, "sessions")),
    ]


def _lower_trap(problem: Problem, line: CertificateLine) -> list[Fraction]:
    measured, limit = line.measured, line.limit
    return [
        _share(_of(measured, "lower"), problem.rules.lower_trap_ratio * _of(measured, "upper")),
        _share(_of(measured, "direct_lower"), _of(measured, "direct_upper")),
        _share(_of(measured, "floor"), _of(limit, "sets")),
        _share(_of(measured, "heavy"), _of(limit, "heavy")),
    ]


def _hold(_: Problem, line: CertificateLine) -> list[Fraction]:
    return [_share(_of(line.measured, "sessions"), _of(line.limit, "sessions"))]


def _row(_: Problem, line: CertificateLine) -> list[Fraction]:
    return [
        _share(_of(line.measured, "sets"), _of(line.limit, "sets")),
        _share(_of(line.measured, "led"), _of(line.limit, "led")),
    ]


def _deadlift(_: Problem, line: CertificateLine) -> list[Fraction]:
    """Half for training the current stage at all; the order, the drills and the rest are the other half."""
    return [_share(_of(line.measured, "current_stage_sets"), Fraction(1)), Fraction(0)]


_PARTS: Mapping[str, Callable[[Problem, CertificateLine], list[Fraction]]] = {
    "mobility.thoracic": _thoracic,
    "balance.upper_pull_push": _upper,
    "balance.lower_pull_push": _lower,
    "shoulder.external_rotation": _external_rotation,
    "scapula.lower_trap": _lower_trap,
    "pull.isometric_hold": _hold,
    "row.retraction": _row,
    "progression.deadlift": _deadlift,
}
