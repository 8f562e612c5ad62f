"""One rule alone on the model: a week is fixed by hand, and the model and the verifier are both asked about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ortools.sat.python import cp_model

from catalog.catalog import default_catalog
from catalog.faults import CatalogError
from solver.domain.eligibility import usable_alternatives
from solver.domain.plan import Entry, Plan, Session
from solver.domain.problem import Place, Problem, Slot
from solver.guard import Guard
from solver.rules import RULES
from solver.rules.structure_order import place_in_session
from solver.variables import PlanVars
from solver.verifier import certify
from tests.solver.verifier.builders import (
    DAYS,
    SETTINGS,
    athlete,
    drill,
    exercise,
    goal,
    lower,
    rung,
    settings,
    thoracic,
    upper,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from catalog.schema import Exercise

GYM = Place("gym", frozenset({"none", "barbell", "rack", "dumbbells", "cable", "pull_up_bar"}))
FLOOR = Place("floor", frozenset({"none"}))
PLANK = exercise("plank")
"""A hard set that no rule minds: it makes a session out of whatever else stands in it."""

Week = dict[str, dict[str, int]]
"""Slot -> exercise -> sets."""


def slot(identifier: str, *, day: str | None = None, hour: int = 18, minutes: int = 60, place: Place = GYM) -> Slot:
    """A slot on the day it is named after."""
    return Slot(identifier, DAYS[day or identifier] * 24 * 60 + hour * 60, minutes * 60, place)


THREE_DAYS = (slot("mon"), slot("wed"), slot("fri"))


def problem(*exercises: Exercise, **changes: Any) -> Problem:
    """These exercises and the plank, with generous goals for every muscle that has none of its own.

    `rules` and `who` take settings and athlete; everything else is a field of the problem.
    """
    known = sorted({*exercises, PLANK}, key=lambda e: e.id)
    given = {own.muscle: own for own in changes.pop("muscles", ())}
    trained = {muscle for e in known for muscle in e.muscle_quarters}
    facts: dict[str, Any] = {
        "muscles": tuple(given.get(muscle) or goal(muscle) for muscle in sorted(trained | given.keys())),
        "slots": THREE_DAYS,
        "athlete": changes.pop("who", athlete()),
        "rules": changes.pop("rules", SETTINGS),
    }
    return Problem(exercises=tuple(known), **{**facts, **changes})


def week(**sessions: dict[str, int]) -> Week:
    """A week by the names of its slots."""
    return sessions


def plan_of(question: Problem, wanted: Week) -> Plan:
    """The week as a plan: sessions in time order, entries in training order, each with its preferred equipment."""
    return Plan(tuple(_session(question, s, wanted[s.id]) for s in question.slots if wanted.get(s.id)))


def _session(question: Problem, where: Slot, wanted: Mapping[str, int]) -> Session:
    chosen = sorted((question.exercise_by_id[name] for name in wanted), key=place_in_session)
    usable = {e.id: (*usable_alternatives(question, e, where.place), e.equipment[0])[0] for e in chosen}
    return Session(where.id, tuple(Entry(e.id, wanted[e.id], usable[e.id]) for e in chosen))


def solved(model: cp_model.CpModel) -> cp_model.CpSolver | None:
    """A solver that found the optimum, or None when there is no solution. Anything else is an error."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = 5
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status != cp_model.OPTIMAL:
        raise AssertionError(f"neither solved nor disproved: {solver.status_name(status)}")
    return solver


def fix(plan: PlanVars, wanted: Week) -> None:
    """Leave no choice: exactly these sets. A pair that the model left out makes the model infeasible."""
    for choice in plan.choices:
        sets = wanted.get(choice.slot.id, {}).get(choice.exercise.id, 0)
        plan.model.add(choice.sets() == sets)
        plan.model.add(choice.present == int(sets > 0))
    known = {(c.exercise.id, c.slot.id) for c in plan.choices}
    for slot_id, entries in wanted.items():
        for name in entries:
            assert name in plan.problem.exercise_by_id
            assert slot_id in plan.problem.slot_by_id
            if (name, slot_id) not in known:
                plan.model.add_bool_or([])


class Bench:
    """One rule posted alone on a fixed week."""

    def __init__(self, question: Problem, wanted: Week, rule: str, *, explaining: bool) -> None:
        self._model = cp_model.CpModel()
        plan = PlanVars(self._model, question, explaining=explaining)
        guard = Guard(self._model, explaining=explaining)
        next(r for r in RULES if r.id == rule).post(plan, guard)
        fix(plan, wanted)
        assert {name.rule for name in guard.literals} <= {rule}
        self._literals = {str(name.subject): literal for name, literal in guard.literals.items()}

    @property
    def subjects(self) -> frozenset[str]:
        """What the rule posted constraints about."""
        return frozenset(self._literals)

    def feasible(self, assumed: Collection[str] = ()) -> bool:
        """Whether the week stands while the rule is assumed for these subjects and for no other."""
        self._model.clear_assumptions()
        self._model.add_assumptions(
            [literal if subject in assumed else literal.negated() for subject, literal in self._literals.items()]
        )
        return solved(self._model) is not None


def verdicts(question: Problem, wanted: Week, rule: str) -> dict[str, bool]:
    """Whether the week keeps the rule: says the model that plans, the model that explains, and the verifier."""
    explaining = Bench(question, wanted, rule, explaining=True)
    return {
        "planning": Bench(question, wanted, rule, explaining=False).feasible(),
        "explaining": explaining.feasible(explaining.subjects),
        "verifier": next(line for line in certify(question, plan_of(question, wanted)) if line.rule == rule).holds,
    }


def disputed(question: Problem, wanted: Week, rule: str) -> dict[str, bool]:
    """What both models and the verifier say where they disagree; empty where they speak with one voice."""
    found = verdicts(question, wanted, rule)
    return found if len(set(found.values())) > 1 else {}


def keeps(question: Problem, wanted: Week, rule: str) -> bool:
    """Whether the week keeps the rule, in one voice of both models and the verifier.

    AssertionError when they disagree.
    """
    found = verdicts(question, wanted, rule)
    assert len(set(found.values())) == 1, f"{rule}: {found} on {wanted}"
    return all(found.values())


def blamed(question: Problem, wanted: Week, rule: str) -> set[str]:
    """The subjects each of which alone forbids the week.

    AssertionError unless the week is forbidden while the whole rule is assumed, and allowed while none of it is.
    """
    bench = Bench(question, wanted, rule, explaining=True)
    assert not bench.feasible(bench.subjects), f"{rule} does not forbid {wanted}"
    assert bench.feasible(), f"{wanted} stays forbidden without {rule}"
    return {subject for subject in bench.subjects if not bench.feasible({subject})}


def own(packaged: str, **changes: Any) -> Exercise:
    """An athlete's own variant of a packaged exercise; own exercises stand on no ladder."""
    facts = {"id": f"own_{packaged}", "ladder": None, **changes}
    return default_catalog().exercises[packaged].model_copy(update=facts)


def admitted(exercise_: Exercise) -> bool:
    """Whether the packaged catalog takes the exercise in beside its own."""
    try:
        default_catalog().with_exercises([exercise_])
    except CatalogError:
        return False
    return True


__all__ = [
    "FLOOR",
    "GYM",
    "PLANK",
    "THREE_DAYS",
    "Bench",
    "Week",
    "admitted",
    "athlete",
    "blamed",
    "disputed",
    "drill",
    "exercise",
    "fix",
    "goal",
    "keeps",
    "lower",
    "own",
    "plan_of",
    "problem",
    "rung",
    "settings",
    "slot",
    "solved",
    "thoracic",
    "upper",
    "verdicts",
    "week",
]
