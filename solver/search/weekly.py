"""The week without its days: totals over slots that are alike.

Most rules speak of the week: an exercise done on Monday or on Wednesday gives the same stimulus, takes as long and
counts as much towards every balance. A model of pairs of exercise and slot hides that behind as many copies of an
exercise as there are slots: a search that forbids one copy meets the next, and the cuts of a linear relaxation round
each copy by itself. Totals bring it out: for everything that slots of one place have each of their own, a variable for
its sum over them; rows over the week restated in totals, and rows that say the same of each slot added up.

Nothing is assumed: totals are defined by equations, and a sum of rows that hold, holds. So a model with totals has the
plans it had without them, and the rows in totals alone are a relaxation of it: a bound on it is a bound on the week.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.search.rows import Row, Rows, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from solver.domain.problem import Problem

Group = tuple[int, ...]
"""Variables, by index, that are one thing in slots that are alike."""
UNBOUNDED = 2**62


@dataclass(frozen=True)
class Totals:
    """Which variables of a model are slots' own, and which totals stand for them."""

    total_of: Mapping[int, int]
    """From the index of a slot's variable to the index of its total."""

    def values(self, assignment: Sequence[int] | Mapping[int, int]) -> Mapping[int, int]:
        """What the totals come to when the model's other variables are so."""
        values: dict[int, int] = defaultdict(int)
        for index, total in self.total_of.items():
            values[total] += assignment[index]
        return values

    def alone(self, model: cp_model.CpModel, rows: Rows | None = None) -> tuple[cp_model.CpModel, Mapping[int, int]]:
        """What a model with totals says without its slots, and the index there of every variable it keeps.

        `rows`: those of a model that this one is a copy of. Where the objective weighs the slots of a total
        differently, all are weighed as the one that is best to have: a bound remains a bound.
        """
        source, week = model.proto, cp_model.CpModel()
        index_of: dict[int, int] = {}
        for index, variable in enumerate(source.variables):
            if index not in self.total_of:
                bounds = list(variable.domain)
                domain = cp_model.Domain.from_flat_intervals(bounds)
                index_of[index] = week.new_int_var_from_domain(domain, variable.name).index
        for low, high, coefficients in rows_of(model) if rows is None else rows.of(model):
            if self.total_of.keys().isdisjoint(coefficients):
                expression = _expression(week, {index_of[i]: c for i, c in coefficients.items()})
                week.add_linear_expression_in_domain(expression, _domain(low, high))
        sign = -1 if source.objective.scaling_factor < 0 else 1
        objective = {index_of[i]: sign * c for i, c in self._restated(source).items()}
        offset = sign * round(source.objective.offset)
        (week.maximize if sign < 0 else week.minimize)(_expression(week, objective) + offset)
        return week, index_of

    def _restated(self, source: cp_model.CpModelProto) -> dict[int, int]:
        """What is minimised, in totals: no more than in slots, as none of these is below 0."""
        weights = dict(zip(source.objective.vars, source.objective.coeffs, strict=True))
        terms = {index: weight for index, weight in weights.items() if index not in self.total_of}
        slots: dict[int, list[int]] = defaultdict(list)
        for index, whole in self.total_of.items():
            # A slot that the objective leaves out is weighed too: with 0.
            slots[whole].append(weights.get(index, 0))
        return terms | {whole: min(weighed) for whole, weighed in slots.items() if any(weighed)}


def add_totals(model: cp_model.CpModel, problem: Problem, known: Rows | None = None) -> Totals:
    """Define the totals of a model and state in them what can be stated in them.

    `known`: rows of a model that this one is a copy of.
    """
    rows = (known or Rows(model)).of(model)
    groups = _groups(model, problem)
    group_of = {index: group for group in groups for index in group}
    totals = {group: _total(model, group) for group in groups}
    for low, high, coefficients in _summed(rows, group_of):
        terms = _in_totals(coefficients, group_of, totals)
        if terms is not None:
            model.add_linear_expression_in_domain(_expression(model, terms), _domain(low, high))
    return Totals({index: totals[group] for index, group in group_of.items()})


def _groups(model: cp_model.CpModel, problem: Problem) -> list[Group]:
    """Variables called `what@slot`, by what they are and where their slot is: groups of two or more."""
    place = {slot.id: slot.place.id for slot in problem.slots}
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, variable in enumerate(model.proto.variables):
        what, _, slot = variable.name.partition("@")
        if slot in place:
            found[what, place[slot]].append(index)
    return [tuple(members) for members in found.values() if len(members) > 1]


def _total(model: cp_model.CpModel, group: Group) -> int:
    """The index of a new variable that is the sum of a group."""
    most = 0
    for index in group:
        domain = model.proto.variables[index].domain
        most += domain[len(domain) - 1]
    total = model.new_int_var(0, most, f"{model.proto.variables[group[0]].name.partition('@')[0]} in all")
    model.add(total == cp_model.LinearExpr.sum([model.get_int_var_from_proto_index(index) for index in group]))
    return total.index


def _summed(rows: Iterable[Row], group_of: Mapping[int, Group]) -> Iterator[Row]:
    """Rows over the week as they are; rows that say the same of each slot as their sum."""
    alike: dict[object, list[Row]] = defaultdict(list)
    for row in rows:
        if not group_of.keys().isdisjoint(row[2]):
            alike[_shape(row[2], group_of)].append(row)
    for same in alike.values():
        apart = len(same) > 1 and _disjoint([row[2].keys() & group_of.keys() for row in same])
        yield from [_sum(same)] if apart else same


def _shape(coefficients: Mapping[int, int], group_of: Mapping[int, Group]) -> object:
    return tuple(sorted((group_of.get(index, (index,)), factor) for index, factor in coefficients.items()))


def _disjoint(sets: Sequence[set[int]]) -> bool:
    return sum(map(len, sets)) == len(set().union(*sets))


def _sum(rows: Sequence[Row]) -> Row:
    merged: dict[int, int] = defaultdict(int)
    for _, _, coefficients in rows:
        for index, factor in coefficients.items():
            merged[index] += factor
    return sum(low for low, _, _ in rows), sum(high for _, high, _ in rows), merged


def _in_totals(
    coefficients: Mapping[int, int], group_of: Mapping[int, Group], totals: Mapping[Group, int]
) -> dict[int, int] | None:
    """A row's terms with totals for groups; None where the members of a group count differently."""
    terms: dict[int, int] = {}
    for index, factor in coefficients.items():
        group = group_of.get(index)
        if group is None:
            terms[index] = factor
        elif totals[group] not in terms:
            if any(coefficients.get(member) != factor for member in group):
                return None
            terms[totals[group]] = factor
    return terms


def _expression(model: cp_model.CpModel, terms: Mapping[int, int]) -> cp_model.LinearExpr:
    variables = [model.get_int_var_from_proto_index(index) for index in terms]
    return cp_model.LinearExpr.weighted_sum(variables, list(terms.values()))


def _domain(low: float, high: float) -> cp_model.Domain:
    return cp_model.Domain(-UNBOUNDED if low == -math.inf else int(low), UNBOUNDED if high == math.inf else int(high))
