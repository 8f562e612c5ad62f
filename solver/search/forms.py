"""One model in the forms that a search asks for: row by row, with totals over its slots, without its days."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from solver.search.rows import Rows
from solver.search.weekly import Totals, add_totals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ortools.sat.python import cp_model

    from solver.model import BuiltModel


@dataclass(frozen=True)
class Dayless:
    """A week without its days, and the index there of every variable that it keeps."""

    model: cp_model.CpModel
    index_of: Mapping[int, int]


@dataclass(frozen=True)
class Forms:
    """Made when first asked for: the model must have all its constraints by then, whatever its objective."""

    built: BuiltModel

    @cached_property
    def rows(self) -> Rows:
        """The rows of the model itself."""
        return Rows(self.built.model)

    @cached_property
    def _linked(self) -> tuple[cp_model.CpModel, Totals, Rows]:
        model = self.built.model.clone()
        totals = add_totals(model, self.built.problem, self.rows)
        return model, totals, Rows(model, self.rows)

    @property
    def linked(self) -> cp_model.CpModel:
        """The model with totals beside its slots, not to be changed."""
        return self._linked[0]

    def dayless(self, model: cp_model.CpModel) -> Dayless:
        """What a copy of the linked model says of the week without its days, with the copy's objective."""
        return Dayless(*self._linked[1].alone(model, self._linked[2]))

    def exercises(self, weeks: Sequence[Sequence[int]], dayless: Dayless) -> frozenset[str]:
        """What weeks without days hold."""
        total_of = self._linked[1].total_of
        return frozenset(
            choice.exercise.id
            for choice in self.built.plan.choices
            for values in weeks
            if values[dayless.index_of[total_of.get(choice.present.index, choice.present.index)]]
        )
