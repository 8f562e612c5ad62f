"""What rules may fall short by: the fewest parts of rules first, and then the least of each."""

from __future__ import annotations

from ortools.sat.python import cp_model

from solver.debts import Debts
from solver.guard import Name
from tests.solver.rule_lab import solved


def test_one_part_that_misses_much_is_less_than_two_that_miss_little() -> None:
    model = cp_model.CpModel()
    debts = Debts(lambda _: True)
    much = model.new_bool_var("much")
    debts.post(model, Name("one.asks"), 5000 * much >= 5000)
    for rule in ("two.ask", "three.ask"):
        debts.post(model, Name(rule), 1 - much >= 1)
    model.minimize(debts.expression())
    solver = solved(model)
    assert solver is not None
    assert not solver.value(much)
