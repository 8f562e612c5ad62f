"""The only door to the model: every constraint enters under the name of its rule and subject.

A plan is sought with plain constraints. An impossibility is explained on the same model with one literal per rule and
subject, so that each can be assumed or left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

BoundedExpression = cp_model.BoundedLinearExpression | bool | np.bool_
"""A comparison of expressions; one between constants is already decided (the modelling library's types say so)."""


@dataclass(frozen=True, order=True)
class Name:
    """A rule and what it is about: a slot, a muscle, an exercise ... or nothing."""

    rule: str
    subject: str = ""


class Guard:
    """Posts constraints under a name. `explaining`: each name gets an assumption literal that enforces them."""

    def __init__(self, model: cp_model.CpModel, *, explaining: bool = False) -> None:
        self._model = model
        self._explaining = explaining
        self._literals: dict[Name, cp_model.IntVar] = {}

    @property
    def explaining(self) -> bool:
        """True when structural facts are posted as constraints instead of being left out of the model."""
        return self._explaining

    @property
    def literals(self) -> Mapping[Name, cp_model.IntVar]:
        """The assumption literal of every name posted so far; empty unless explaining."""
        return MappingProxyType(self._literals)

    def require(self, rule: str, subject: str, constraint: BoundedExpression) -> None:
        """Post a linear constraint. One that is trivially false (no variable in it) makes its own name impossible."""
        if isinstance(constraint, bool | np.bool_):
            if constraint:
                return
            self._post(rule, subject, self._model.add_bool_or([]))
            return
        self._post(rule, subject, self._model.add(constraint))

    def at_most_one(self, rule: str, subject: str, literals: Iterable[cp_model.LiteralT]) -> None:
        """Post that at most one of the literals holds."""
        chosen = list(literals)
        if len(chosen) < 2:
            return
        if self._explaining:
            self._post(rule, subject, self._model.add(cp_model.LinearExpr.sum(chosen) <= 1))
        else:
            self._model.add_at_most_one(chosen)

    def _post(self, rule: str, subject: str, constraint: cp_model.Constraint) -> None:
        if not self._explaining:
            return
        name = Name(rule, subject)
        if name not in self._literals:
            self._literals[name] = self._model.new_bool_var(f"{rule}[{subject}]")
        constraint.only_enforce_if(self._literals[name])
