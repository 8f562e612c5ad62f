"""A request becomes a problem with nothing left to guess."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from service.errors import RequestError
from service.plans.mapping import resolve, to_budget, to_problem
from service.plans.schemas import PlanRequest
from service.plans.sessions import present_week
from service.terminal.words import effort
from service.validation.parsing import parse
from solver.domain.plan import Entry, Plan, Session
from solver.domain.problem import PinnedEntry, PinnedSession, Problem, RequiredExercise, WorkingLoad
from solver.rulebook import RULE_BY_ID, RULES

if TYPE_CHECKING:
    from catalog.catalog import Catalog


def _request(**body: Any) -> PlanRequest:
    return parse(PlanRequest, json.dumps(body).encode())


def _problem(catalog: Catalog, **body: Any) -> Problem:
    return to_problem(_request(**body), catalog)


def _slots(*slots: tuple[str, str], **week: Any) -> dict[str, Any]:
    listed = [{"id": f"s{i}", "day": day, "start": start} for i, (day, start) in enumerate(slots)]
    return {"slots": listed, **week}


def test_an_empty_request_is_three_hours_in_a_full_gym(catalog: Catalog) -> None:
    problem = _problem(catalog)
    assert [(s.id, s.start_minute, s.limit_seconds, s.place.id) for s in problem.slots] == [
        ("mon", 18 * 60, 3600, "gym"),
        ("wed", (2 * 24 + 18) * 60, 3600, "gym"),
        ("fri", (4 * 24 + 18) * 60, 3600, "gym"),
    ]
    assert problem.slots[0].place.equipment == catalog.presets["full_gym"].equipment | {"none"}
    assert (problem.rules.sessions_min, problem.rules.sessions_max) == (3, 3)
    assert problem.athlete.experience == "intermediate"
    assert problem.athlete.skill_level == 2
    assert problem.athlete.stages == catalog.defaults.ladder_stages["intermediate"]
    assert problem.athlete.stated_stages == frozenset()
    assert problem.rules.stated == problem.rules.loosened == frozenset()
    assert problem.week_repeats
    assert not problem.supersets
    assert [e.id for e in problem.exercises] == sorted(catalog.exercises)


def test_defaults_of_catalog_and_rulebook_agree(catalog: Catalog) -> None:
    """Both hold a few of the same figures; `GET /v1/rules` shows the rulebook's, a plan uses the catalog's."""
    defaults = catalog.defaults
    assert RULE_BY_ID["time.session"].parameter("warmup_seconds").default == defaults.warmup_seconds
    assert RULE_BY_ID["time.session"].parameter("changeover_seconds").default == defaults.changeover_seconds
    assert RULE_BY_ID["structure.exercises"].parameter("max").default == defaults.max_working_exercises
    assert RULE_BY_ID["structure.exercises"].parameter("drills").default == defaults.max_drills


def test_the_week_starts_on_its_first_day(catalog: Catalog) -> None:
    """2026-11-26 is a Thursday: Wednesday is its last day, and slots are in time order whatever theirs was."""
    week = _slots(("wednesday", "07:30"), ("thursday", "18:00"), starts_on="2026-11-26")
    slots = _problem(catalog, week=week).slots
    assert [(s.id, s.start_minute) for s in slots] == [("s1", 18 * 60), ("s0", (6 * 24 + 7) * 60 + 30)]


def test_without_a_date_the_week_starts_on_monday(catalog: Catalog) -> None:
    slots = _problem(catalog, week=_slots(("sunday", "09:00"), ("monday", "09:00"))).slots
    assert [s.day for s in slots] == [0, 6]


def test_slots_may_touch_but_not_overlap(catalog: Catalog) -> None:
    touching = _slots(("monday", "18:00"), ("monday", "19:00"), ("sunday", "23:00"))
    assert len(_problem(catalog, week=touching).slots) == 3
    with pytest.raises(RequestError):
        _problem(catalog, week=_slots(("monday", "18:00"), ("monday", "18:59")))


def test_only_a_repeating_week_overlaps_around_its_end(catalog: Catalog) -> None:
    around = _slots(("monday", "00:30"), ("sunday", "23:45"))
    with pytest.raises(RequestError) as caught:
        _problem(catalog, week=around)
    assert [f.code for f in caught.value.faults] == ["overlap"]
    assert len(_problem(catalog, week={**around, "repeats": False}).slots) == 2


@pytest.mark.parametrize(
    ("days", "sessions", "per_day", "expected"),
    [
        (["monday", "tuesday"], {}, 1, (2, 2)),
        (["monday", "monday", "tuesday"], {}, 1, (2, 2)),
        (["monday", "monday", "tuesday"], {}, 2, (3, 3)),
        (["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], {}, 1, (6, 6)),
        (["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], {"min": 7}, 1, (7, 7)),
        (["monday", "tuesday", "wednesday"], {"min": 2}, 1, (2, 3)),
        (["monday", "tuesday", "wednesday"], {"max": 2}, 1, (2, 2)),
        (["monday", "tuesday", "wednesday"], {"min": 1, "max": 2}, 1, (1, 2)),
        (["monday", "tuesday"], {"max": 5}, 1, (2, 2)),
        (["monday", "tuesday"], {"min": 3}, 1, (3, 3)),
        (["monday", "tuesday"], {"min": 3, "max": 4}, 1, (3, 3)),
        (["monday", "monday", "tuesday"], {"min": 3, "max": 3}, 1, (3, 3)),
    ],
)
def test_number_of_sessions(
    catalog: Catalog, days: list[str], sessions: dict[str, int], per_day: int, expected: tuple[int, int]
) -> None:
    hours = iter(range(8, 22, 2))
    week = _slots(*[(day, f"{next(hours):02d}:00") for day in days], sessions=sessions)
    rules = _problem(catalog, week=week, rules={"structure.sessions": {"per_day": per_day}}).rules
    assert (rules.sessions_min, rules.sessions_max) == expected


@pytest.mark.parametrize(
    ("empty", "sessions", "expected"),
    [
        (["wed"], {}, (2, 2)),
        (["mon", "wed"], {}, (1, 1)),
        (["mon", "wed", "fri"], {}, (0, 0)),
        (["wed"], {"min": 3}, (3, 3)),
        (["wed"], {"min": 1}, (1, 2)),
        (["wed"], {"max": 3}, (2, 2)),
        (["wed"], {"max": 1}, (1, 1)),
    ],
)
def test_a_slot_pinned_empty_is_no_session_to_count_on(
    catalog: Catalog, empty: list[str], sessions: dict[str, int], expected: tuple[int, int]
) -> None:
    pins = [{"slot": slot, "entries": []} for slot in empty]
    rules = _problem(catalog, pins=pins, week={"sessions": sessions}).rules
    assert (rules.sessions_min, rules.sessions_max) == expected


def test_only_whole_sessions_of_nothing_are_missed(catalog: Catalog) -> None:
    nothing, something = {"exercise": "pull_up", "sets": 0}, {"exercise": "pull_up", "sets": 3}
    pins = [{"slot": "mon", "entries": [something]}, {"slot": "wed", "entries": [nothing]}, {"slot": "fri", **nothing}]
    assert _problem(catalog, pins=pins).rules.sessions_min == 2


def test_places_and_their_equipment(catalog: Catalog) -> None:
    places = [{"id": "home", "equipment": ["dumbbells"]}, {"id": "inn", "equipment": "hotel"}]
    week = {"slots": [{"id": "a", "day": "monday"}, {"id": "b", "day": "friday", "place": "inn"}]}
    slots = _problem(catalog, places=places, week=week).slots
    assert slots[0].place.id == "home"
    assert slots[0].place.equipment == {"dumbbells", "none"}
    assert slots[1].place.equipment == catalog.presets["hotel"].equipment | {"none"}


@pytest.mark.parametrize(("experience", "percent"), [("beginner", 60), ("intermediate", 80), ("advanced", 100)])
def test_volume_is_scaled_and_rounded_up(catalog: Catalog, experience: str, percent: int) -> None:
    for goal in _problem(catalog, athlete={"experience": experience}).muscles:
        muscle = catalog.muscles[goal.muscle]
        for scaled, full in (
            (goal.weekly_min_sets, muscle.weekly_min_sets),
            (goal.weekly_target_sets, muscle.weekly_target_sets),
            (goal.weekly_max_sets, muscle.weekly_max_sets),
            (goal.session_max_sets, muscle.max_sets_per_session),
        ):
            assert 0 <= scaled * 100 - full * percent < 100
        assert goal.recovery_free_sets == muscle.recovery_free_sets_per_day


def test_recovery_by_mode_and_by_muscle(catalog: Catalog) -> None:
    rules = {"recovery.muscle": {"mode": "conservative", "hours": {"quadriceps": 36}}}
    goals = _problem(catalog, rules=rules).goal_by_muscle
    assert goals["quadriceps"].recovery_hours == 36
    assert goals["glutes"].recovery_hours == catalog.muscles["glutes"].recovery_hours_conservative
    assert _problem(catalog).goal_by_muscle["glutes"].recovery_hours == catalog.muscles["glutes"].recovery_hours


def test_priorities_from_request_then_defaults(catalog: Catalog) -> None:
    goals = _problem(catalog, athlete={"priorities": {"glutes": 0, "calves": 3}}).goal_by_muscle
    assert goals["glutes"].priority == 0
    assert goals["calves"].priority == 3
    assert goals["hamstrings"].priority == catalog.defaults.priorities["hamstrings"]
    assert goals["triceps"].priority == catalog.defaults.default_priority


def test_a_stated_minimum_makes_a_muscle_required(catalog: Catalog) -> None:
    body = {"athlete": {"required_muscles": ["hamstrings"]}, "rules": {"volume.weekly_min": {"calves": 9}}}
    problem = _problem(catalog, **body)
    assert {g.muscle for g in problem.muscles if g.required} == {"hamstrings", "calves"}
    calves = problem.goal_by_muscle["calves"]
    assert (calves.weekly_min_sets, calves.weekly_target_sets) == (9, 9)
    default = _problem(catalog).goal_by_muscle["hamstrings"]
    assert problem.goal_by_muscle["hamstrings"].weekly_min_sets == default.weekly_min_sets


def test_a_minimum_above_the_maximum_is_left_for_the_solver_to_explain(catalog: Catalog) -> None:
    rules = {"volume.weekly_min": {"calves": 12}, "volume.weekly_max": {"calves": 6}}
    calves = _problem(catalog, rules=rules).goal_by_muscle["calves"]
    assert (calves.weekly_min_sets, calves.weekly_max_sets) == (12, 6)


def test_a_lower_maximum_takes_the_unstated_goals_with_it(catalog: Catalog) -> None:
    goal = _problem(catalog, rules={"volume.weekly_max": {"pectorals": 1}}).goal_by_muscle["pectorals"]
    assert (goal.weekly_min_sets, goal.weekly_target_sets, goal.weekly_max_sets) == (1, 1, 1)


def test_ratios_are_exact(catalog: Catalog) -> None:
    rules = {
        "balance.upper_pull_push": {"ratio": 1.3333, "basis": "both"},
        "balance.lower_pull_push": {"min": 1.1, "max": 5},
        "shoulder.external_rotation": {"share": 0},
        "scapula.lower_trap": {"ratio": 1.25, "sets": 6},
    }
    settings = _problem(catalog, rules=rules).rules
    assert settings.upper_balance.minimum == Fraction(4, 3)
    assert settings.upper_balance.maximum is None
    assert settings.upper_balance.basis == "both"
    assert (settings.lower_balance.minimum, settings.lower_balance.maximum) == (Fraction(11, 10), Fraction(5))
    assert settings.external_rotation_share == 0
    assert settings.lower_trap_ratio == Fraction(5, 4)
    assert settings.lower_trap_sets == 6


def test_every_parameter_of_the_rulebook_reaches_the_problem(catalog: Catalog) -> None:
    """One step away from its default, each parameter changes the problem, and is known as stated."""
    default = _problem(catalog)
    other_choice = {"basis": "movements", "mode": "conservative"}
    for spec in RULES:
        for parameter in spec.parameters:
            value: Any
            if parameter.kind == "choice":
                value = other_choice[parameter.name]
            elif parameter.kind == "per_muscle":
                value = {"calves": 7}
            else:
                assert isinstance(parameter.default, int | float)
                value = parameter.default + (0.5 if parameter.kind == "ratio" else 1)
            given = value if parameter.name == "*" else {parameter.name: value}
            problem = _problem(catalog, rules={spec.id: given})
            assert (problem.rules, problem.muscles) != (default.rules, default.muscles), f"{spec.id}:{parameter.name}"
            assert {key.partition(":")[0] for key in problem.rules.stated} == {spec.id}


@pytest.mark.parametrize(
    ("rules", "loosened"),
    [
        ({"balance.upper_pull_push": {"ratio": 1.9}}, {"balance.upper_pull_push:ratio"}),
        ({"balance.upper_pull_push": {"ratio": 2.0}}, set()),
        ({"balance.upper_pull_push": {"ratio": 2.1}}, set()),
        ({"balance.lower_pull_push": {"max": 3.5}}, {"balance.lower_pull_push:max"}),
        ({"balance.lower_pull_push": {"max": 2.5}}, set()),
        ({"structure.exercises": {"max": 11}}, {"structure.exercises:max"}),
        ({"structure.exercises": {"max": 9}}, set()),
        ({"time.session": {"warmup_seconds": 240}}, {"time.session:warmup_seconds"}),
        ({"progression.deadlift": {"loaded_stages": 2}}, {"progression.deadlift:loaded_stages"}),
        ({"volume.weekly_max": {"calves": 40, "glutes": 1}}, {"volume.weekly_max:calves"}),
        ({"volume.weekly_min": {"hamstrings": 1}}, {"volume.weekly_min:hamstrings"}),
        ({"volume.weekly_min": {"calves": 1}}, set()),
        ({"recovery.muscle": {"hours": {"quadriceps": 24}}}, {"recovery.muscle:hours.quadriceps"}),
        ({"recovery.muscle": {"mode": "conservative"}}, set()),
    ],
)
def test_what_is_weaker_than_its_default_is_marked(catalog: Catalog, rules: dict[str, Any], loosened: set[str]) -> None:
    athlete = {"required_muscles": ["hamstrings"]}
    assert _problem(catalog, rules=rules, athlete=athlete).rules.loosened == loosened


def test_wishes_and_exclusions(catalog: Catalog) -> None:
    athlete = {
        "experience": "beginner",
        "ladder_stages": {"deadlift": 3},
        "avoid": {"exercises": ["pull_up"], "patterns": ["lunge"], "equipment": ["sled"], "stress": ["impact"]},
        "favourites": ["face_pull", "face_pull"],
        "dislikes": ["wall_sit"],
        "must_include": [{"exercise": "pull_up", "min_sets": 3}],
    }
    got = _problem(catalog, athlete=athlete).athlete
    assert (got.experience, got.skill_level) == ("beginner", 1)
    assert got.stages == {**catalog.defaults.ladder_stages["beginner"], "deadlift": 3}
    assert got.stated_stages == {"deadlift"}
    assert (got.avoid.exercises, got.avoid.patterns) == ({"pull_up"}, {"lunge"})
    assert (got.avoid.equipment, got.avoid.stress) == ({"sled"}, {"impact"})
    assert (got.favourites, got.dislikes) == ({"face_pull"}, {"wall_sit"})
    assert got.must_include == (RequiredExercise("pull_up", 3),), "wanting what is avoided is a conflict, no fault"


def test_pins(catalog: Catalog) -> None:
    pins = [
        {"slot": "mon", "exercise": "face_pull", "sets": 3},
        {"slot": "mon", "exercise": "face_pull", "sets": 3},
        {"slot": "wed", "exercise": "face_pull", "sets": 0},
        {"slot": "fri", "entries": [{"exercise": "pull_up", "sets": 3}]},
        {"slot": "fri", "exercise": "pull_up", "sets": 3},
        {"slot": "fri", "exercise": "face_pull", "sets": 0},
    ]
    problem = _problem(catalog, pins=pins)
    assert problem.pinned_entries == (
        PinnedEntry("mon", "face_pull", 3),
        PinnedEntry("wed", "face_pull", 0),
        PinnedEntry("fri", "pull_up", 3),
        PinnedEntry("fri", "face_pull", 0),
    )
    assert problem.pinned_sessions == (PinnedSession("fri", (PinnedEntry("fri", "pull_up", 3),)),)


@pytest.mark.parametrize("sets", [0, 1, 7, 20])
def test_what_was_done_can_be_pinned_whatever_its_sets(catalog: Catalog, sets: int) -> None:
    usual = catalog.exercises["pull_up"].sets
    assert not usual.min <= sets <= usual.max
    done = {"exercise": "pull_up", "sets": sets}
    problem = _problem(catalog, pins=[{"slot": "mon", **done}, {"slot": "wed", "entries": [done]}])
    assert problem.pinned_entries == (PinnedEntry("mon", "pull_up", sets),)
    kept = (PinnedEntry("wed", "pull_up", sets),) if sets else ()
    assert problem.pinned_sessions == (PinnedSession("wed", kept),)


def test_the_budget(catalog: Catalog) -> None:
    budget = to_budget(_request(solve={"time_limit_seconds": 3, "gap": 0.1, "workers": 2, "seed": 7}))
    assert (budget.time_limit_seconds, budget.gap, budget.workers, budget.seed) == (3.0, 0.1, 2, 7)
    default = to_budget(_request())
    assert (default.time_limit_seconds, default.gap, default.seed) == (10.0, 0.0, 1)
    assert 1 <= default.workers <= 4
    del catalog


def test_the_resolved_request_asks_the_same(catalog: Catalog) -> None:
    """Sent back, the resolved request gives the same sessions, places, numbers and wishes."""
    body = {
        "athlete": {"experience": "advanced", "priorities": {"glutes": 3}, "avoid": {"stress": ["overhead"]}},
        "places": [{"id": "club", "equipment": "full_gym"}, {"id": "spare", "equipment": []}],
        "week": _slots(("tuesday", "23:30"), ("sunday", "07:05"), starts_on="2026-11-26", timezone="Asia/Kathmandu"),
        "rules": {"balance.upper_pull_push": {"ratio": 2.5}, "volume.weekly_max": {"calves": 5}},
        "pins": [{"slot": "s0", "exercise": "face_pull", "sets": 3}],
    }
    request = _request(**body)
    problem = to_problem(request, catalog)
    resolved = json.loads(json.dumps(resolve(request, problem, catalog)))
    assert {place["id"] for place in resolved["places"]} == {"club", "spare"}
    assert resolved["muscles"]["calves"]["weekly_max_sets"] == 5

    numbers = resolved.pop("muscles")
    del resolved["athlete"]["skill_level"]
    resolved["rules"]["volume.weekly_max"] = {m: n["weekly_max_sets"] for m, n in numbers.items()}
    again = to_problem(parse(PlanRequest, json.dumps(resolved).encode()), catalog)
    assert again.slots == problem.slots
    assert again.muscles == problem.muscles
    assert again.pinned_entries == problem.pinned_entries
    assert again.athlete.stages == problem.athlete.stages
    assert again.athlete.avoid == problem.athlete.avoid
    assert again.rules.upper_balance == problem.rules.upper_balance
    assert (again.rules.sessions_min, again.rules.sessions_max) == (2, 2)


def test_a_goal_doses_the_exercises_of_the_problem(catalog: Catalog) -> None:
    loads = {"leg_press": {"kg": 120.5, "reps": 8}}
    problem = _problem(catalog, athlete={"goal": "strength", "working_loads": loads})
    bench = problem.exercise_by_id["barbell_bench_press"]
    assert (bench.repetitions.min, bench.repetitions.max, bench.rest_seconds) == (3, 6, 210)
    assert problem.reserves["barbell_bench_press"].min == 2
    assert "bird_dog" not in problem.reserves
    assert problem.athlete.goal == "strength"
    assert problem.athlete.working_loads == {"leg_press": WorkingLoad(120_500, 8)}
    general = _problem(catalog)
    targets = [
        (g.weekly_min_sets, g.weekly_target_sets, t.weekly_target_sets)
        for g, t in zip(general.muscles, problem.muscles, strict=True)
    ]
    assert all(strong == max(low, -(-60 * target // 100)) for low, target, strong in targets)
    assert list(general.exercises) == sorted(catalog.exercises.values(), key=lambda e: e.id)
    assert _problem(catalog, supersets=True).supersets


def test_an_entry_says_effort_and_load(catalog: Catalog) -> None:
    loads = {"leg_press": {"kg": 100, "reps": 10}}
    request = parse(PlanRequest, json.dumps({"athlete": {"working_loads": loads}, "supersets": True}).encode())
    problem = to_problem(request, catalog)
    names = ("leg_press", "face_pull", "bird_dog")
    entries = tuple(Entry(name, 2, problem.exercise_by_id[name].equipment[0]) for name in names)
    week = present_week(request, problem, Plan((Session("mon", entries),)))
    told = {e.exercise: (e.reserve and (e.reserve.min, e.reserve.max), e.load_kg) for e in week.sessions[0].entries}
    # 1RM 133.3 kg; 12 repetitions with 2 left are 14: 133.3 x 30 / 44 = 90.9
    assert told == {"leg_press": ((2, 3), 90.0), "face_pull": ((2, 4), None), "bird_dog": (None, None)}
    assert [effort(e) for e in week.sessions[0].entries] == ["90 kg, RIR 2-3", "RIR 2-4", ""]
