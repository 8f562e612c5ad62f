"""An outcome becomes an answer: prices, times, reasons and pointers, without any solver."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from service.plans.clock import starts_at
from service.plans.conflicts import request_pointers
from service.plans.mapping import to_problem
from service.plans.presenter import Question, present
from service.plans.schemas import PlanRequest, PlanResponse
from service.plans.wording import statement
from service.validation.parsing import parse
from solver.domain.kinds import scapular_pull, upper_pull
from solver.domain.outcome import (
    CertificateLine,
    Conflict,
    ConflictElement,
    Infeasible,
    Score,
    Solved,
    SolveStats,
    TermValue,
    TierResult,
    TimedOut,
    Waiver,
)
from solver.domain.plan import Entry, Plan, Session
from solver.domain.subject import WHOLE, exclusion, of_exercise
from solver.objective.stimulus import target_eighths
from tests.solver.subjects import subject_of

if TYPE_CHECKING:
    from catalog.catalog import Catalog

STATS = SolveStats("or-tools 9.15", 1.25, 0.5, 7, 2, stopped_by_clock=False, first_plan_seconds=0.123456)
NOW = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)


def _question(catalog: Catalog, **body: Any) -> Question:
    request = parse(PlanRequest, json.dumps(body).encode())
    return Question("the-id", NOW, request, to_problem(request, catalog), catalog)


def _solved(*sessions: Session) -> Solved:
    tiers = (
        TierResult(1, "minima", "min", "eighths", 0, 0, 0.0, proven=True),
        TierResult(2, "targets", "min", "eighths", 12, 8, 0.33, proven=False, terms=(TermValue("glutes", 12),)),
        TierResult(3, "quality", "max", "points", 5, None, None, proven=False),
    )
    certificate = (
        CertificateLine("balance.upper_pull_push", True, "pull 4 >= 2 x push 2", {"pull": 4}, {"ratio": [2, 1]}, 0),
        CertificateLine("pull.isometric_hold", True, "", {}, {}, None, (), Waiver("no bar", "a bar"), ("a note",)),
    )
    return Solved("feasible", Plan(sessions), Score(88.0, 92.0, 0.04), tiers, certificate, STATS)


def test_a_session_is_priced_line_by_line(catalog: Catalog) -> None:
    question = _question(catalog, week={"starts_on": "2026-11-23", "timezone": "Europe/London"})
    drill, row = catalog.exercises["bird_dog"], catalog.exercises["face_pull"]
    entries = (Entry("bird_dog", 2, ("none",)), Entry("face_pull", 3, row.equipment[0]))
    answer = present(question, _solved(Session("mon", entries)))

    assert answer.week is not None
    session = answer.week.sessions[0]
    # Setup once, work per set, rest between sets; 300 s warm-up and one changeover of 60 s on top, ramp-ups as given.
    drill_seconds = drill.setup_seconds + 2 * drill.seconds_per_set + drill.rest_seconds
    row_seconds = row.setup_seconds + 3 * row.seconds_per_set + 2 * row.rest_seconds
    assert [e.seconds for e in session.entries] == [drill_seconds, row_seconds]
    ramp_up = drill.warmup_seconds + row.warmup_seconds
    assert session.seconds == 300 + drill_seconds + 60 + row_seconds + ramp_up
    assert (session.day, session.start, session.place) == ("monday", "18:00", "gym")
    assert session.starts_at == "2026-11-23T18:00:00+00:00"
    assert session.entries[0].hold_seconds == drill.hold_seconds == 5
    assert session.entries[1].hold_seconds is None
    assert (session.entries[1].reps.min, session.entries[1].reps.max) == (row.repetitions.min, row.repetitions.max)
    assert session.entries[1].cue == row.cue


def test_entries_say_what_they_are_for(catalog: Catalog) -> None:
    body = {
        "athlete": {"must_include": [{"exercise": "pull_up"}], "required_muscles": ["hamstrings"]},
        "pins": [
            {"slot": "mon", "exercise": "face_pull", "sets": 3},
            {"slot": "wed", "entries": [{"exercise": "wall_sit", "sets": 2}]},
        ],
    }
    wanted = {
        "bird_dog": {"mobility.thoracic"},
        "pull_up": {"balance.upper_pull_push", "athlete.must_include"},
        "face_pull": {"shoulder.external_rotation", "plan.pinned"},
        "isometric_chin_up_hold": {"pull.isometric_hold"},
        "romanian_deadlift": {"balance.lower_pull_push", "volume.weekly_min"},
        "rack_pull_knee": {"progression.deadlift"},
        "hip_hinge_wall_drill": {"progression.deadlift"},
        "cable_row_retraction": {"row.retraction"},
        "barbell_bench_press": {"balance.upper_pull_push"},
        "barbell_back_squat": {"balance.lower_pull_push"},
    }
    entries = tuple(Entry(e, 2, catalog.exercises[e].equipment[0]) for e in wanted)
    other_day = (Entry("wall_sit", 2, ("wall",)), Entry("leg_extension", 2, ("leg_extension_machine",)))
    sessions = (Session("mon", entries), Session("wed", other_day))
    week = present(_question(catalog, **body), _solved(*sessions)).week
    assert week is not None
    served = {e.exercise: set(e.serves) for e in week.sessions[0].entries}
    for exercise, rules in wanted.items():
        assert served[exercise] >= rules, exercise
    assert "plan.pinned" not in served["pull_up"]
    assert [e.serves for e in week.sessions[1].entries] == [["plan.pinned"], ["plan.pinned"]]


def _purposes(catalog: Catalog, exercises: list[str], **body: Any) -> dict[str, list[str]]:
    entries = tuple(Entry(e, 2, catalog.exercises[e].equipment[0]) for e in exercises)
    week = present(_question(catalog, **body), _solved(Session("mon", entries))).week
    assert week is not None
    return {e.exercise: e.serves for e in week.sessions[0].entries}


def test_where_nothing_can_be_pulled_its_substitute_serves_the_balance(catalog: Catalog) -> None:
    substitute = next(e for e in catalog.exercises.values() if scapular_pull(e) and ("none",) in e.equipment)
    assert not upper_pull(substitute)
    upper = "balance.upper_pull_push"
    bare = _purposes(catalog, [substitute.id], places=[{"id": "home", "equipment": []}])
    assert {upper, "scapula.lower_trap"} <= set(bare[substitute.id])
    assert upper not in _purposes(catalog, [substitute.id])[substitute.id]


def test_any_compound_push_keeps_pushing_where_no_horizontal_one_is_possible(catalog: Catalog) -> None:
    pushes = ["seated_dumbbell_shoulder_press", "barbell_bench_press"]
    upper = "balance.upper_pull_push"
    usual = _purposes(catalog, pushes)
    assert [upper in usual[e] for e in pushes] == [False, True]
    without = _purposes(catalog, pushes[:1], athlete={"avoid": {"patterns": ["horizontal_push"]}})
    assert upper in without[pushes[0]]


def test_volume_counts_fractions_and_halves_what_is_too_easy(catalog: Catalog) -> None:
    easy = next(e for e in catalog.exercises.values() if e.too_easy_from == "intermediate" and e.volume_quarters)
    muscle, quarters = next(iter(easy.volume_quarters.items()))
    answer = present(_question(catalog), _solved(Session("mon", (Entry(easy.id, 3, easy.equipment[0]),))))
    line = next(line for line in answer.volume if line.muscle == muscle)
    assert line.sets == 3 * quarters / 4
    assert line.stimulus == 3 * quarters / 8
    assert [v.muscle for v in answer.volume] == list(catalog.muscles)


@pytest.mark.parametrize("priority", [0, 1, 2, 3])
def test_volume_tells_the_target_that_is_pursued(catalog: Catalog, priority: int) -> None:
    question = _question(catalog, athlete={"priorities": {"calves": priority}})
    goal = question.problem.goal_by_muscle["calves"]
    line = next(line for line in present(question, _solved()).volume if line.muscle == "calves")
    assert line.weekly_target == goal.weekly_target_sets < goal.weekly_max_sets
    half_way = (goal.weekly_target_sets + goal.weekly_max_sets) / 2
    assert line.target == (half_way if priority == 3 else goal.weekly_target_sets)
    assert line.pursued is (priority > 0)
    if priority:
        assert line.target == target_eighths(goal) / 8


def test_score_tiers_and_certificate(catalog: Catalog) -> None:
    answer = present(_question(catalog), _solved())
    assert answer.score is not None
    assert (answer.score.value, answer.score.bound, answer.score.gap) == (88.0, 92.0, 0.04)
    assert [(t.term, t.tier, t.points) for t in answer.score.terms] == [("glutes", 2, 12)]
    assert [(t.name, t.bound, t.proven) for t in answer.tiers] == [
        ("minima", 0, True),
        ("targets", 8, False),
        ("quality", None, False),
    ]
    first, second = answer.certificate
    assert (first.title, first.mistake, first.slack) == ("Upper body: pull to push", 2, 0)
    assert second.waived is not None
    assert (second.waived.reason, second.waived.restored_by, second.notes) == ("no bar", "a bar", ["a note"])
    assert (answer.solver.seed, answer.solver.workers, answer.solver.first_plan_seconds) == (7, 2, 0.123)
    assert answer.catalog == catalog.content_hash
    assert answer.created_at == "2026-11-20T09:15:00.000+00:00"


def test_a_tier_at_its_bound_is_proven(catalog: Catalog) -> None:
    tier = TierResult(2, "targets", "min", "eighths", 12, 12, 0.0, proven=False)
    answer = present(_question(catalog), replace(_solved(), tiers=(tier,)))
    assert answer.tiers[0].proven is True


def test_an_answer_survives_its_own_json(catalog: Catalog) -> None:
    row = catalog.exercises["face_pull"]
    answer = present(_question(catalog), _solved(Session("mon", (Entry("face_pull", 3, row.equipment[0]),))))
    text = answer.model_dump_json()
    assert PlanResponse.model_validate_json(text) == answer
    assert json.loads(text)["week"]["sessions"][0]["entries"][0]["for"]


def test_the_request_is_given_back_as_it_was_sent(catalog: Catalog) -> None:
    body = {"week": {"starts_on": None, "sessions": {"min": 2}}, "rules": {"row.retraction": {}}, "pins": []}
    answer = present(_question(catalog, **body), TimedOut(STATS))
    assert answer.request == body
    assert answer.status == "timed_out"
    assert (answer.week, answer.score, answer.conflict, answer.certificate) == (None, None, None, [])


@pytest.mark.parametrize("solve", ['{"time_limit_seconds": 5, "gap": 0}', '{"time_limit_seconds": 5.0, "gap": 0.25}'])
def test_numbers_come_back_the_way_they_were_written(catalog: Catalog, solve: str) -> None:
    body = (
        f'{{"rules": {{"balance.upper_pull_push": {{"ratio": 3}}, "row.retraction": {{"sets": 4}}}}, "solve": {solve}}}'
    )
    request = parse(PlanRequest, body.encode())
    question = Question("the-id", NOW, request, to_problem(request, catalog), catalog)
    stored = json.loads(present(question, TimedOut(STATS)).model_dump_json())
    assert json.dumps(stored["request"]) == body


def test_a_conflict_is_told_in_the_requests_own_terms(catalog: Catalog) -> None:
    body = {"athlete": {"avoid": {"equipment": ["sled", "dumbbells"]}, "must_include": [{"exercise": "pull_up"}]}}
    elements = (
        ConflictElement("athlete.exclusions", exclusion("equipment", "dumbbells"), "general"),
        ConflictElement("athlete.must_include", of_exercise("pull_up"), "general"),
        ConflictElement("structure.order", WHOLE, "general"),
    )
    answer = present(_question(catalog, **body), Infeasible(Conflict(elements, minimal=False), STATS))
    assert answer.status == "infeasible"
    assert answer.conflict_minimal is False
    assert answer.conflict is not None
    assert [(c.statement, c.request) for c in answer.conflict] == [
        ("the equipment dumbbells is avoided", ["/athlete/avoid/equipment/1"]),
        ("the week includes at least 1 set of pull up", ["/athlete/must_include/0"]),
        ("general", [""]),
    ]


BODY: dict[str, Any] = {
    "athlete": {
        "ladder_stages": {"pull_up": 2},
        "avoid": {"exercises": ["wall_sit"], "patterns": ["lunge"], "stress": ["impact", "overhead"]},
        "must_include": [{"exercise": "face_pull", "min_sets": 2}],
        "required_muscles": ["glutes", "calves"],
    },
    "places": [{"id": "home", "equipment": []}, {"id": "club", "equipment": "full_gym"}],
    "week": {
        "sessions": {"min": 2},
        "slots": [{"id": "a", "day": "monday", "place": "club"}, {"id": "b", "day": "friday", "minutes": 30}],
    },
    "rules": {
        "volume.weekly_min": {"calves": 4},
        "recovery.muscle": {"mode": "conservative", "hours": {"glutes": 96}},
        "time.session": {"warmup_seconds": 600},
        "balance.upper_pull_push": {"ratio": 3},
    },
    "pins": [
        {"slot": "a", "exercise": "face_pull", "sets": 3},
        {"slot": "b", "entries": [{"exercise": "wall_sit", "sets": 2}]},
    ],
}


@pytest.mark.parametrize(
    ("rule", "subject", "pointers", "words"),
    [
        ("time.session", "b", ["/week/slots/1/minutes", "/rules/time.session/warmup_seconds"], "30 minutes"),
        ("equipment.available", "club", ["/places/1/equipment"], "'club'"),
        ("athlete.exclusions", "exercise:wall_sit", ["/athlete/avoid/exercises/0"], "wall sit"),
        ("athlete.exclusions", "pattern:lunge", ["/athlete/avoid/patterns/0"], "lunge"),
        ("athlete.exclusions", "stress:overhead", ["/athlete/avoid/stress/1"], "overhead"),
        ("athlete.skill", "ladder:pull_up", ["/athlete/ladder_stages/pull_up"], "stage 2"),
        ("athlete.skill", "experience", ["/athlete/experience"], "intermediate"),
        ("athlete.prerequisite", "ladder:pull_up", ["/athlete/ladder_stages/pull_up"], "pull up ladder"),
        ("athlete.must_include", "face_pull", ["/athlete/must_include/0"], "2 sets of face pull"),
        ("plan.pinned", "a:face_pull", ["/pins/0"], "exactly 3 sets"),
        ("plan.pinned", "b:wall_sit", ["/pins/1/entries/0"], "exactly 2 sets"),
        ("plan.pinned", "b", ["/pins/1"], "no other"),
        ("structure.sessions", "min", ["/week/sessions/min", "/week/slots"], "at least 2 sessions"),
        ("structure.sessions", "max", ["/week/slots"], "at most 2 sessions"),
        ("structure.sessions", "per_day", ["/rules", "/week/slots"], "at most 1 session"),
        ("structure.exercises", "max", ["/rules"], "10 working exercises"),
        ("structure.exercises", "drills", ["/rules"], "3 drills"),
        ("structure.exercises", "face_pull", ["/rules/structure.exercises"], "two sessions"),
        ("recovery.muscle", "glutes", ["/rules/recovery.muscle/hours/glutes", "/week/slots"], "96 hours"),
        ("recovery.muscle", "calves", ["/rules/recovery.muscle/mode", "/week/slots"], "calves"),
        ("volume.weekly_min", "calves", ["/rules/volume.weekly_min/calves", "/athlete/required_muscles/1"], "4 sets"),
        ("volume.weekly_min", "glutes", ["/athlete/required_muscles/0"], "glutes must get"),
        ("volume.weekly_max", "glutes", ["/rules"], "at most 13 sets"),
        ("volume.session_max", "glutes", ["/rules"], "in a session"),
        ("balance.upper_pull_push", "ratio", ["/rules/balance.upper_pull_push/ratio"], "3 times the pushing"),
        ("balance.upper_pull_push", "push stays", ["/rules/balance.upper_pull_push/ratio"], "horizontal push"),
        ("balance.lower_pull_push", "ratio", ["/rules/balance.lower_pull_push"], "2 to 3 times"),
        ("shoulder.external_rotation", "sets", ["/rules/shoulder.external_rotation"], "4 sets"),
        ("scapula.lower_trap", "floor", ["/rules/scapula.lower_trap"], "4 sets"),
        ("pull.isometric_hold", "", ["/rules/pull.isometric_hold"], "hold"),
        ("row.retraction", "sets", ["/rules/row.retraction"], "2 sets of dumbbell or cable rows"),
        ("mobility.thoracic", "a", ["/rules/mobility.thoracic"], "'a' opens"),
        ("mobility.thoracic", "", ["/rules/mobility.thoracic"], "3 different"),
        ("progression.deadlift", "current stage", ["/athlete/ladder_stages/deadlift"], "stage, 3, is"),
        ("recovery.axial", "week", ["/week/slots"], "three sessions a week"),
    ],
)
def test_conflicts_point_into_the_request(
    catalog: Catalog, rule: str, subject: str, pointers: list[str], words: str
) -> None:
    question = _question(catalog, **BODY)
    about = subject_of(rule, subject)
    assert request_pointers(question.request, rule, about) == pointers
    said = statement(question.problem, rule, about)
    assert said is not None
    assert words in said


@pytest.mark.parametrize(
    ("rule", "subject", "pointers"),
    [
        ("time.session", "mon", [""]),
        ("equipment.available", "gym", ["/places"]),
        ("athlete.skill", "ladder:pull_up", [""]),
        ("structure.sessions", "min", [""]),
        ("recovery.muscle", "glutes", [""]),
    ],
)
def test_conflicts_point_to_what_was_left_out(catalog: Catalog, rule: str, subject: str, pointers: list[str]) -> None:
    assert request_pointers(_question(catalog).request, rule, subject_of(rule, subject)) == pointers


@pytest.mark.parametrize(
    ("starts_on", "zone", "minute", "expected"),
    [
        ("2026-03-23", "Europe/London", 6 * 1440 + 18 * 60, "2026-03-29T18:00:00+01:00"),
        ("2026-03-23", "Europe/London", 5 * 1440 + 18 * 60, "2026-03-28T18:00:00+00:00"),
        # On 2026-03-29 London's clocks go from 01:00 to 02:00: 01:30 is never shown.
        ("2026-03-23", "Europe/London", 6 * 1440 + 90, "2026-03-29T02:30:00+01:00"),
        # On 2026-10-25 they show 01:30 twice: the first is meant.
        ("2026-10-19", "Europe/London", 6 * 1440 + 90, "2026-10-25T01:30:00+01:00"),
        ("2026-11-23", "Asia/Kathmandu", 0, "2026-11-23T00:00:00+05:45"),
        ("2026-11-23", "UTC", 1439, "2026-11-23T23:59:00+00:00"),
        (None, "Europe/London", 0, None),
    ],
)
def test_session_times(starts_on: str | None, zone: str, minute: int, expected: str | None) -> None:
    assert starts_at(starts_on, zone, minute) == expected
