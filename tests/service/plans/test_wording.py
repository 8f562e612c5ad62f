"""Whatever the model can post, a conflict can say in the request's own words and point to in the request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from service.plans.conflicts import request_pointers
from service.plans.mapping import to_problem
from service.plans.schemas import PlanRequest
from service.plans.wording import missing, statement
from service.validation.parsing import parse
from solver.domain.subject import part
from solver.model import build_model
from solver.rulebook import RULE_BY_ID, RULES
from tests.plurals import slips
from tests.solver.subjects import subject_of

if TYPE_CHECKING:
    from catalog.catalog import Catalog

WEEK = ("monday", "tuesday", "wednesday", "friday", "saturday")
CROWDED: dict[str, Any] = {
    "athlete": {
        "experience": "advanced",
        "ladder_stages": {"deadlift": 5},
        "avoid": {
            "exercises": ["wall_sit"],
            "patterns": ["lunge"],
            "equipment": ["dumbbells"],
            "stress": ["impact"],
        },
        "must_include": [{"exercise": "pull_up", "min_sets": 3}],
        "required_muscles": ["glutes"],
    },
    "week": {
        "slots": [
            *({"id": day[:3], "day": day, "minutes": 30} for day in WEEK),
            {"id": "early", "day": "monday", "start": "07:00", "minutes": 30},
        ]
    },
    "rules": {
        "progression.deadlift": {"loaded_stages": 2},
        "balance.upper_pull_push": {"basis": "both"},
        "pull.isometric_hold": {"sessions": 2},
    },
    "pins": [
        {"slot": "mon", "exercise": "face_pull", "sets": 3},
        {"slot": "sat", "entries": [{"exercise": "bird_dog", "sets": 2}]},
        {"slot": "fri", "entries": []},
    ],
}
BODIES: dict[str, dict[str, Any]] = {
    "defaults": {},
    "a crowded week": CROWDED,
    "no equipment": {"places": [{"id": "home", "equipment": []}], "athlete": {"experience": "beginner"}},
    "one of everything": {
        "athlete": {"must_include": [{"exercise": "pull_up", "min_sets": 1}], "required_muscles": ["glutes"]},
        "week": {
            "sessions": {"min": 1, "max": 1},
            "slots": [{"id": "mon", "day": "monday", "minutes": 30}, {"id": "thu", "day": "thursday", "minutes": 30}],
        },
        "rules": {
            "structure.exercises": {"max": 1, "drills": 1},
            "structure.sessions": {"per_day": 1},
            "pull.isometric_hold": {"sessions": 1},
            "row.retraction": {"sets": 2},
            "balance.upper_pull_push": {"ratio": 1},
            "shoulder.external_rotation": {"sets": 2},
            "mobility.thoracic": {"distinct": 1},
            "volume.weekly_min": {"glutes": 1},
            "volume.weekly_max": {"calves": 1},
            "volume.session_max": {"calves": 1},
        },
        "pins": [{"slot": "mon", "exercise": "face_pull", "sets": 1}],
    },
    "stated stages": {"athlete": {"ladder_stages": {"deadlift": 4, "pull_up": 1}}, "week": {"repeats": False}},
}


@pytest.mark.parametrize("name", BODIES)
def test_every_rule_and_subject_of_the_model_has_words_and_a_place(catalog: Catalog, name: str) -> None:
    body = BODIES[name]
    request = parse(PlanRequest, json.dumps(body).encode())
    problem = to_problem(request, catalog)
    names = build_model(problem, explaining=True, with_facts=True).guard.literals
    assert len(names) > 90
    for posted in names:
        said = statement(problem, posted.rule, posted.subject)
        assert said is not None, posted
        assert slips(said) == [], posted
        assert said != RULE_BY_ID[posted.rule].sentence, posted
        pointers = request_pointers(request, posted.rule, posted.subject)
        assert pointers, posted
        for at in pointers:
            assert _leads_somewhere(body, at), (posted, at)


def test_the_bodies_make_every_rule_speak(catalog: Catalog) -> None:
    """All rules but the order, which is no part of the model."""
    request = parse(PlanRequest, json.dumps(CROWDED).encode())
    posted = build_model(to_problem(request, catalog), explaining=True, with_facts=True).guard.literals
    assert {name.rule for name in posted} == {rule.id for rule in RULES} - {"structure.order"}
    subjects = {(name.rule, str(name.subject)) for name in posted}
    assert subjects >= {
        ("progression.deadlift", "no jump"),
        ("progression.deadlift", "no falling back"),
        ("structure.sessions", "per_day"),
        ("recovery.axial", "hours apart"),
        ("plan.pinned", "fri"),
    }


@pytest.mark.parametrize(
    ("lacking", "words"),
    [
        ((("pull_up_bar",),), "'park' has no pull up bar"),
        ((("barbell",), ("dumbbells",)), "'park' has no barbell or dumbbells"),
        (tuple((item,) for item in "abcdef"), "'park' has no a, b, c, d or the like"),
        ((("barbell", "rack"),), "'park' has no barbell and no rack"),
        ((("barbell", "rack"), ("box", "dip_bars")), "'park' has no barbell and no rack, nor anything instead"),
    ],
)
def test_what_a_place_lacks_is_named(lacking: tuple[tuple[str, ...], ...], words: str) -> None:
    assert missing("park", lacking) == words


def test_a_subject_no_rule_has_gets_no_words(catalog: Catalog) -> None:
    problem = to_problem(parse(PlanRequest, b"{}"), catalog)
    for rule in ("mobility.thoracic", "progression.deadlift", "recovery.axial", "structure.sessions", "row.retraction"):
        assert statement(problem, rule, part("nonsense")) is None


def _leads_somewhere(body: Any, at: str) -> bool:
    """The pointer leads to a value, or to where an object of the body could take one."""
    *parents, last = at.split("/")[1:] or [""]
    there = body
    for step in parents:
        there = there[int(step)] if isinstance(there, list) else there.get(step)
        if there is None:
            return False
    return at == "" or isinstance(there, dict) or int(last) < len(there)


@pytest.mark.parametrize(
    ("body", "rule", "subject", "words"),
    [
        ({}, "progression.deadlift", "current stage", "deadlift stage, 3,"),
        ({}, "progression.deadlift", "ahead of the ladder", "no pull from the floor and nothing"),
        ({"athlete": {"experience": "beginner"}}, "progression.deadlift", "drill", "before any other hinge"),
        ({}, "progression.deadlift", "drill", "other exercise of the deadlift ladder"),
        (CROWDED, "progression.deadlift", "loaded stages", "at most 2 loaded stages"),
        (CROWDED, "progression.deadlift", "ahead of the ladder", "but with the trap bar"),
        ({}, "recovery.axial", "hours apart", "48 hours"),
        ({}, "recovery.axial", "week", "at most three sessions"),
        ({}, "recovery.axial", "mon", "'mon' has at most two"),
        ({}, "structure.sessions", "mon", "if 'mon' is used, it has a hard working exercise"),
        (CROWDED, "balance.upper_pull_push", "ratio", "in sets and in movements"),
        ({}, "balance.upper_pull_push", "push stays", "3 sets or more of one compound horizontal push"),
        (
            {"athlete": {"avoid": {"patterns": ["horizontal_push"]}}},
            "balance.upper_pull_push",
            "push stays",
            "of one compound push",
        ),
        ({}, "balance.lower_pull_push", "single joint", "posterior-chain work and of the quad-dominant work"),
        ({}, "balance.lower_pull_push", "squat or lunge stays", "one compound squat or lunge"),
        ({}, "row.retraction", "sets", "2 sets of dumbbell or cable rows"),
        ({}, "structure.exercises", "pattern", "two working exercises of one pattern"),
        (
            {"places": [{"id": "home", "equipment": []}]},
            "structure.exercises",
            "pattern",
            "of one pattern, and four for scapular control",
        ),
        (CROWDED, "plan.pinned", "fri", "'fri' stays unused"),
        (CROWDED, "pull.isometric_hold", "", "at least 2 sessions a week have"),
        ({}, "athlete.prerequisite", "ladder:deadlift", "more than stage 3 of the deadlift ladder"),
    ],
)
def test_words_carry_the_requests_own_numbers(
    catalog: Catalog, body: dict[str, Any], rule: str, subject: str, words: str
) -> None:
    said = statement(
        to_problem(parse(PlanRequest, json.dumps(body).encode()), catalog), rule, subject_of(rule, subject)
    )
    assert said is not None
    assert words in said


@pytest.mark.parametrize(
    ("body", "rule", "subject", "pointers"),
    [
        ({}, "progression.deadlift", "current stage", [""]),
        ({"athlete": {}}, "progression.deadlift", "current stage", ["/athlete"]),
        (
            {"athlete": {"experience": "advanced"}},
            "progression.deadlift",
            "current stage",
            ["/athlete/experience"],
        ),
        (
            {"athlete": {"ladder_stages": {"squat": 2}}},
            "athlete.skill",
            "ladder:deadlift",
            ["/athlete/ladder_stages/deadlift"],
        ),
        ({}, "structure.exercises", "max", [""]),
        ({"rules": {}}, "structure.exercises", "max", ["/rules"]),
        ({"rules": {"structure.exercises": {}}}, "structure.exercises", "max", ["/rules/structure.exercises/max"]),
        (CROWDED, "structure.sessions", "tue", ["/week/slots/1"]),
        (CROWDED, "recovery.axial", "tue", ["/week/slots/1"]),
    ],
)
def test_what_a_default_says_is_looked_for_in_what_is_there(
    body: dict[str, Any], rule: str, subject: str, pointers: list[str]
) -> None:
    assert request_pointers(parse(PlanRequest, json.dumps(body).encode()), rule, subject_of(rule, subject)) == pointers
