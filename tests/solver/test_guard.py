from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ortools.sat.python import cp_model

from solver.domain.subject import WHOLE, part
from solver.guard import Guard, Name
from tests.solver.rule_lab import solved

ROOT = Path(__file__).parents[2]


class Desk:
    """A model with two free bits behind a guard."""

    def __init__(self, *, explaining: bool) -> None:
        self.model = cp_model.CpModel()
        self.a, self.b = self.model.new_bool_var("a"), self.model.new_bool_var("b")
        self.guard = Guard(self.model, explaining=explaining)

    def allows(self, a: int, b: int, **assumed: bool) -> bool:
        """Whether these bits stand with the named rules assumed true or false; what is not named is free."""
        model = self.model.clone()
        for variable, value in ((self.a, a), (self.b, b)):
            model.add(model.get_bool_var_from_proto_index(variable.index) == value)
        for name, literal in self.guard.literals.items():
            if name.rule in assumed:
                model.add(model.get_bool_var_from_proto_index(literal.index) == int(assumed[name.rule]))
        return solved(model) is not None


def test_a_plan_is_sought_with_plain_constraints() -> None:
    desk = Desk(explaining=False)
    desk.guard.require("rule", part("subject"), desk.a + desk.b >= 1)
    assert desk.guard.literals == {}
    assert not desk.guard.explaining
    assert desk.allows(1, 0)
    assert not desk.allows(0, 0)


def test_an_explanation_gives_every_rule_and_subject_one_literal() -> None:
    desk = Desk(explaining=True)
    desk.guard.require("rule", part("x"), desk.a >= 1)
    desk.guard.require("rule", part("x"), desk.b >= 1)
    desk.guard.require("rule", part("y"), desk.b >= 1)
    desk.guard.require("other", part("x"), desk.b >= 1)
    assert desk.guard.explaining
    assert list(desk.guard.literals) == [Name("rule", part("x")), Name("rule", part("y")), Name("other", part("x"))]
    assert len({literal.index for literal in desk.guard.literals.values()}) == 3


def test_a_literal_holds_all_constraints_of_its_name_and_only_those() -> None:
    desk = Desk(explaining=True)
    desk.guard.require("first", WHOLE, desk.a >= 1)
    desk.guard.require("first", WHOLE, desk.b <= 0)
    desk.guard.require("second", WHOLE, desk.b >= 1)
    assert desk.allows(1, 0, first=True, second=False)
    assert not desk.allows(0, 0, first=True, second=False)
    assert not desk.allows(1, 1, first=True, second=False)
    assert desk.allows(0, 1, first=False, second=True)
    assert desk.allows(0, 0, first=False, second=False)
    assert not desk.allows(1, 0, first=True, second=True)


@pytest.mark.parametrize("true", [True, np.True_])
@pytest.mark.parametrize("explaining", [True, False])
def test_what_is_always_true_is_not_posted(explaining: bool, true: Any) -> None:
    desk = Desk(explaining=explaining)
    desk.guard.require("rule", WHOLE, true)
    assert desk.guard.literals == {}
    assert len(desk.model.proto.constraints) == 0


@pytest.mark.parametrize("false", [False, np.False_])
def test_what_is_never_true_makes_the_model_impossible(false: Any) -> None:
    desk = Desk(explaining=False)
    desk.guard.require("rule", WHOLE, false)
    assert not desk.allows(0, 0)


@pytest.mark.parametrize("false", [False, np.False_])
def test_explained_it_makes_only_its_own_name_impossible(false: Any) -> None:
    desk = Desk(explaining=True)
    desk.guard.require("never", WHOLE, false)
    desk.guard.require("other", WHOLE, desk.a >= 1)
    assert not desk.allows(1, 0, never=True)
    assert desk.allows(1, 0, never=False, other=True)


@pytest.mark.parametrize(("a", "b", "kept"), [(0, 0, True), (1, 0, True), (1, 1, False)])
@pytest.mark.parametrize("explaining", [True, False])
def test_at_most_one(explaining: bool, a: int, b: int, kept: bool) -> None:
    desk = Desk(explaining=explaining)
    desk.guard.at_most_one("rule", WHOLE, iter((desk.a, desk.b)))
    assert desk.allows(a, b, rule=True) is kept
    assert desk.allows(a, b, rule=False) is (kept or explaining)


@pytest.mark.parametrize("explaining", [True, False])
def test_at_most_one_of_one_is_no_constraint(explaining: bool) -> None:
    desk = Desk(explaining=explaining)
    desk.guard.at_most_one("rule", WHOLE, [desk.a])
    desk.guard.at_most_one("rule", WHOLE, [])
    assert desk.guard.literals == {}
    assert len(desk.model.proto.constraints) == 0


def test_nobody_adds_literals_from_outside() -> None:
    desk = Desk(explaining=True)
    with pytest.raises(TypeError):
        desk.guard.literals[Name("rule")] = desk.a  # type: ignore[index]


WORLD = """
from ortools.sat.python import cp_model
from solver.model import Objective, build_model
from solver.variables import PlanVars
from tests.solver.rule_lab import exercise, goal, problem, slot, upper

exercises = [exercise(f"heavy_{k}", axial_load=3, muscles={"glutes": 4}) for k in range(2)]
exercises.append(upper("press", "push", equipment=(("barbell", "rack", "dumbbells", "cable"),), muscles={"triceps": 4}))
slots = tuple(slot(day) for day in ("mon", "tue", "wed", "thu"))
muscles = [goal("glutes", recovery_hours=72), goal("triceps", recovery_hours=72)]
world = problem(*exercises, slots=slots, muscles=muscles)
"""
RULES = "model = build_model(world).model"
EXPLAINED = "model = build_model(world, explaining=True).model"
OBJECTIVE = """
model = cp_model.CpModel()
objective = Objective(PlanVars(model, world))
model.maximize(objective.quality - objective.minima - objective.targets)
"""


@pytest.mark.parametrize("part", [RULES, EXPLAINED, OBJECTIVE], ids=["rules", "explained rules", "objective"])
def test_the_same_problem_makes_the_same_model_in_every_process(part: str) -> None:
    # the solver repeats itself on one model; the order of a set of strings changes from process to process
    texts = {
        subprocess.run(
            [sys.executable, "-c", f"{WORLD}\n{part}\nprint(model.proto)"],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in (1, 2)
    }
    assert all("heavy_0@mon" in text for text in texts)
    assert len(texts) == 1, "two processes state one problem differently"
