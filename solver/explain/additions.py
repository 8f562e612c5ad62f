"""Which equipment a conflict is about: the fewest items that would dissolve it if they stood at a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ortools.sat.python import cp_model

from solver.explain.proving import lone_solver
from solver.model import build_model

if TYPE_CHECKING:
    from collections.abc import Collection

    from solver.domain.problem import Problem
    from solver.guard import Name
    from solver.watch import Watch

MOST_ITEMS_TOGETHER = 3
MOST_ALTERNATIVES = 12
MOST_DETERMINISTIC_SECONDS = 0.1
"""For each alternative."""


def additions(problem: Problem, names: Collection[Name], place: Name, watch: Watch) -> tuple[tuple[str, ...], ...]:
    """Every smallest group of items that, brought to the place of `place`, lets the other names hold together.

    Groups are of one size, in the order of their ids; at most twelve. Empty when three items do not do.
    """
    built = build_model(problem, with_facts=True, only=frozenset(names) - {place})
    items = {item: flag for (where, item), flag in built.plan.brought().items() if where == place.subject.id}
    for size in range(1, min(MOST_ITEMS_TOGETHER, len(items)) + 1):
        model = built.model.clone()
        flags = {item: model.get_bool_var_from_proto_index(flag.index) for item, flag in items.items()}
        model.add(cp_model.LinearExpr.sum(list(flags.values())) == size)
        found: list[tuple[str, ...]] = []
        while len(found) < MOST_ALTERNATIVES and not watch.over:
            solver = lone_solver(watch, MOST_DETERMINISTIC_SECONDS)
            if watch.solve(solver, model) not in ("optimal", "found"):
                break
            group = tuple(sorted(item for item, flag in flags.items() if solver.boolean_value(flag)))
            found.append(group)
            model.add_bool_or([flags[item].negated() for item in group])
        if found:
            return tuple(sorted(found))
    return ()
