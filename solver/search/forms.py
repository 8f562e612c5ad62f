"""One model in the forms that a search asks for: row by row, with totals over its slots, without its days."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.search.rows import Rows
from solver.search.weekly import Totals, add_totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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

    def dayless(self, model: cp_model.CpModel, week: Sequence[int] = ()) -> Dayless:
        """What a copy of the linked model says of the week without its days, with the copy's objective.

        `week`: a week without days to begin from; without one it is what the copy has as its hint.
        """
        totals = self._linked[1]
        dayless = Dayless(*totals.alone(model, self._linked[2]))
        hint = dayless.model.proto.solution_hint
        if week:
            hint.vars.extend(range(len(week)))
            hint.values.extend(week)
        else:
            told = dict(zip(model.proto.solution_hint.vars, model.proto.solution_hint.values, strict=True))
            if told.keys() >= totals.total_of.keys():
                told |= totals.values(told)
            known = sorted(dayless.index_of.keys() & told.keys())
            hint.vars.extend([dayless.index_of[index] for index in known])
            hint.values.extend([told[index] for index in known])
        return dayless

    def settled(self, model: cp_model.CpModel, week: Sequence[int], dayless: Dayless) -> cp_model.CpModel:
        """A copy of a copy of the linked model in which exercises come as often, and with as many sets, as in a week
        without days: what is left to decide is the day of each.
        """
        total_of, settled = self._linked[1].total_of, model.clone()
        for choice in self.built.plan.choices:
            for variable in (choice.present, *choice.further):
                total = total_of.get(variable.index, variable.index)
                domain = settled.proto.variables[total].domain
                domain.clear()
                domain.extend([week[dayless.index_of[total]]] * 2)
        settled.clear_hints()  # type: ignore[no-untyped-call] # the plan's own values would contradict these
        return settled

    def beyond(self, dayless: Dayless, exhausted: Iterable[frozenset[str]]) -> None:
        """Ask a week without days for an exercise outside of each of these sets."""
        total_of, choices = self._linked[1].total_of, self.built.plan.choices
        totals = {total_of.get(c.present.index, c.present.index): c.exercise.id for c in choices}
        for exercises in exhausted:
            others = [dayless.index_of[total] for total, exercise in totals.items() if exercise not in exercises]
            dayless.model.add(
                cp_model.LinearExpr.sum([dayless.model.get_int_var_from_proto_index(i) for i in others]) >= 1
            )

    def limited(self, model: cp_model.CpModel, exercises: frozenset[str]) -> cp_model.CpModel:
        """A copy of a copy of the linked model that has no other exercises."""
        limited = model.clone()
        for choice in self.built.plan.choices:
            if choice.exercise.id not in exercises:
                limited.proto.variables[choice.present.index].domain[1] = 0
        return limited

    def exercises(self, weeks: Sequence[Sequence[int]], dayless: Dayless) -> frozenset[str]:
        """What weeks without days hold."""
        total_of = self._linked[1].total_of
        return frozenset(
            choice.exercise.id
            for choice in self.built.plan.choices
            for values in weeks
            if values[dayless.index_of[total_of.get(choice.present.index, choice.present.index)]]
        )
