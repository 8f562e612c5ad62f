"""A week of our own making makes no mistake, whatever was asked, and reads the same from JSON and from plain lines."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, assume, given, note, settings

from catalog.catalog import default_catalog
from service.plans.schemas import PlanRequest
from service.plans.sessions import present_week
from service.terminal.words import dose
from service.validation.parsing import parse
from solver.domain.outcome import Solved
from solver.pipeline import optimise
from tests.golden.asking import budget, problem_of
from tests.properties.random_bodies import bodies
from tests.service.audits.asking import audited, verdicts, week_of

if TYPE_CHECKING:
    from service.plans.schemas.response import WeekResponse

EXAMPLES = 6
DETERMINISTIC_SECONDS = 1.0
TOLD = ("athlete", "places", "rules")


def _made(body: dict[str, Any]) -> WeekResponse:
    """The week that is found for a request in a short search; the example is left out when there is none."""
    problem = problem_of(body)
    outcome = optimise(problem, budget(DETERMINISTIC_SECONDS, gap=0.5))
    assume(isinstance(outcome, Solved))
    assert isinstance(outcome, Solved)
    return present_week(parse(PlanRequest, json.dumps(body).encode()), problem, outcome.plan)


def _in_lines(week: WeekResponse) -> str:
    """The week as a person would write it down."""
    lines = []
    for session in week.sessions:
        lines.append(f"{session.day.capitalize()} {session.start} ({session.limit_seconds // 60} min)")
        lines += [f"- {entry.name} {dose(entry)}" for entry in session.entries]
    return "\n".join(lines)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
@given(body=bodies())
def test_a_plan_makes_no_mistake_and_reads_back_as_it_is(body: dict[str, Any]) -> None:
    week = _made(body)
    note(_in_lines(week))
    told = {name: body[name] for name in TOLD}
    found = audited(week.model_dump(mode="json"), **told, week={"repeats": body["week"]["repeats"]})
    assert verdicts(found) == dict.fromkeys(range(1, 7), False)
    assert found.score.value == 100
    assert found.clashes == []
    pinned = {"structure.exercises"} if body["pins"] else set()
    assert set(found.summary.broken_rules) <= pinned
    assert [session.seconds for session in found.programme.sessions] == [session.seconds for session in week.sessions]

    written = audited(_in_lines(week), athlete=body["athlete"], rules=body["rules"])
    assert week_of(written) == [(s.day, [(e.exercise, e.sets) for e in s.entries]) for s in week.sessions]
    assert written.programme.unread == []
    assert written.programme.ignored == []


def test_every_exercise_of_the_catalog_reads_back_from_a_line() -> None:
    """With the dose that a plan gives it, one line each."""
    for exercise in default_catalog().exercises.values():
        sides = "/side" if exercise.unilateral else ""
        held = f" x {exercise.hold_seconds} s" if exercise.hold_seconds else ""
        line = f"Mon: {exercise.name} {exercise.sets.min} x {exercise.repetitions.min}{held}{sides}"
        (session,) = audited(line).programme.sessions
        assert [(e.exercise, e.sets) for e in session.entries] == [(exercise.id, exercise.sets.min)], line
