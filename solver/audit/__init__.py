"""Audit: the six mistakes and every other rule, measured on a week that someone already follows, without a search."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from solver.audit.balance_score import balance_score
from solver.audit.certainty import is_certain
from solver.audit.evidence import evidence
from solver.audit.findings import (
    Audit,
    BalanceScore,
    Clash,
    Crowding,
    Evidence,
    MistakeFinding,
    RuleFinding,
    ScorePart,
)
from solver.audit.followed import FollowedEntry, FollowedSession, FollowedWeek, Unread
from solver.audit.recovery import clashes, crowding
from solver.rulebook import RULE_BY_ID, RULES
from solver.verifier import certify
from solver.verifier.facts import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.domain.problem import Problem

MISTAKES = tuple(sorted({rule.mistake for rule in RULES if rule.mistake is not None}))


def audit(problem: Problem, week: FollowedWeek, not_judged: Mapping[str, str] = MappingProxyType({})) -> Audit:
    """Measure a followed week.

    The slots of the problem are those of the week, its exercises hold all that the week names. `not_judged`: rule id ->
    why it is left out, because what it asks about was not told. The verifier measures; nothing here counts by itself.
    """
    plan = week.plan
    facts = digest(problem, plan)
    rules = tuple(
        RuleFinding(line, is_certain(facts, line, week.unread), not_judged.get(line.rule))
        for line in certify(problem, plan)
    )
    counted = evidence(problem, week)
    mistakes = tuple(_mistake(number, rules, counted) for number in MISTAKES)
    return Audit(mistakes, rules, clashes(facts, week), crowding(facts, week), balance_score(problem, mistakes))


def _mistake(number: int, rules: tuple[RuleFinding, ...], counted: tuple[Evidence, ...]) -> MistakeFinding:
    """Made when any of its rules is broken; certain when one surely is, or all of them surely hold."""
    own = tuple(finding for finding in rules if RULE_BY_ID[finding.line.rule].mistake == number)
    made = any(finding.broken for finding in own)
    certain = any(f.broken and f.certain for f in own) if made else all(f.certain for f in own)
    ids = {finding.line.rule for finding in own}
    return MistakeFinding(number, made, certain, own, tuple(e for e in counted if e.rule in ids))


__all__ = [
    "MISTAKES",
    "Audit",
    "BalanceScore",
    "Clash",
    "Crowding",
    "Evidence",
    "FollowedEntry",
    "FollowedSession",
    "FollowedWeek",
    "MistakeFinding",
    "RuleFinding",
    "ScorePart",
    "Unread",
    "audit",
]
