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

from solver.domain.subject import WHOLE, Subject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from solver.debts import Debts

BoundedExpression = cp_model.BoundedLinearExpression | bool | np.bool_
"""A comparison of expressions; one between constants is already decided (the modelling library's types say so)."""


@dataclass(frozen=True, order=True)
class Name:
    """A rule and what it is about: a slot, a muscle, an exercise ... or the rule as such."""

    rule: str
    subject: Subject = WHOLE


class Guard:
    """Posts constraints under a name.

    `explaining`: each name gets an assumption literal that enforces them. `only`: everything under other names is left
    out. `debts`: what it may let fall short is posted there.
    """

    def __init__(
        self,
        model: cp_model.CpModel,
        *,
        explaining: bool = False,
        only: Collection[Name] | None = None,
        debts: Debts | None = None,
    ) -> None:
        self._model = model
        self._debts = debts
        self._explaining = explaining
        self._only = only
        self._literals: dict[Name, cp_model.IntVar] = {}

    @property
    def explaining(self) -> bool:
        """True when rules can be left aside, so that none may lean on another."""
        return self._explaining or self._only is not None

    @property
    def literals(self) -> Mapping[Name, cp_model.IntVar]:
        """The assumption literal of every name posted so far; empty unless explaining."""
        return MappingProxyType(self._literals)

    def require(self, rule: str, subject: Subject, constraint: BoundedExpression) -> None:
        """Post a linear constraint. One that is trivially false (no variable in it) makes its own name impossible."""
        name = Name(rule, subject)
        if self._only is not None and name not in self._only:
            return
        if isinstance(constraint, bool | np.bool_):
            if constraint:
                return
            self._post(name, self._model.add_bool_or([]))
            return
        if self._debts is not None and self._debts.may_fall_short(name):
            self._debts.post(self._model, name, constraint)
            return
        self._post(name, self._model.add(constraint))

    def at_most_one(self, rule: str, subject: Subject, literals: Iterable[cp_model.LiteralT]) -> None:
        """Post that at most one of the literals holds."""
        chosen, name = list(literals), Name(rule, subject)
        if len(chosen) < 2 or (self._only is not None and name not in self._only):
            return
        if self._explaining:
            self._post(name, self._model.add(cp_model.LinearExpr.sum(chosen) <= 1))
        else:
            self._model.add_at_most_one(chosen)

    def _post(self, name: Name, constraint: cp_model.Constraint) -> None:
        if not self._explaining:
            return
        if name not in self._literals:
            self._literals[name] = self._model.new_bool_var(f"{name.rule}[{name.subject}]")
        constraint.only_enforce_if(self._literals[name])
