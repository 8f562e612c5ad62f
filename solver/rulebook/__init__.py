"""The rulebook: every rule's permanent and public id, its sentence, its parameters and its source."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from solver.rulebook.block import BLOCK_RULES
from solver.rulebook.gym import GYM_RULES
from solver.rulebook.spec import Parameter, RuleSpec
from solver.rulebook.week import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping

RULE_BY_ID: Mapping[str, RuleSpec] = MappingProxyType({rule.id: rule for rule in RULES})
"""The rules of a week: those that a request may speak of."""

RULEBOOK: tuple[RuleSpec, ...] = (*RULES, *BLOCK_RULES, *GYM_RULES)
"""All rules: of a week, of a block and of a gym."""

RULEBOOK_BY_ID: Mapping[str, RuleSpec] = MappingProxyType({rule.id: rule for rule in RULEBOOK})

__all__ = ["BLOCK_RULES", "GYM_RULES", "RULEBOOK", "RULEBOOK_BY_ID", "RULES", "RULE_BY_ID", "Parameter", "RuleSpec"]
