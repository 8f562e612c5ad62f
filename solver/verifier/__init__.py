"""A second opinion on any plan, written from the rules alone: exact arithmetic, no solver, no model."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.rulebook import RULE_BY_ID, RULES
from solver.verifier.facts import digest
from solver.verifier.past import judged_with_past
from solver.verifier.registry import CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.domain.outcome import CertificateLine, Violation
    from solver.domain.plan import Plan
    from solver.domain.problem import Problem


def certify(problem: Problem, plan: Plan) -> tuple[CertificateLine, ...]:
    """Measure a plan against every rule: exactly one line per rule of the rulebook, in its order.

    Takes plans of any quality: unknown ids, duplicates and impossible set counts come back as violations.
    """
    lines = judged_with_past(problem, plan, _measured(problem, plan), _measured)
    if not problem.rules.loosened:
        return lines
    return tuple(replace(line, notes=(*line.notes, *_loosened(problem, line.rule))) for line in lines)


def _measured(problem: Problem, plan: Plan) -> tuple[CertificateLine, ...]:
    facts = digest(problem, plan)
    return tuple(CHECKS[rule.id](facts) for rule in RULES)


def verify(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """All violations of all rules, in the rulebook's order; empty when the plan is valid.

    Limits that history alone has exceeded, and the plan no further, are no violations of the plan.
    """
    return tuple(violation for line in certify(problem, plan) for violation in line.violations)


def _loosened(problem: Problem, rule: str) -> Iterator[str]:
    """A note per parameter of the rule that the caller set weaker than the default."""
    defaults = {parameter.name: parameter.default for parameter in RULE_BY_ID[rule].parameters}
    for key in sorted(problem.rules.loosened):
        owner, _, parameter = key.partition(":")
        if owner == rule:
            default = defaults.get(parameter)
            usual = "" if default is None else f" of {default}"
            yield f"Loosened: '{parameter}' is set weaker than the default{usual}."


__all__ = ["CHECKS", "certify", "verify"]
