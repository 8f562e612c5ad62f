"""From a request to a week that can be measured: JSON weeks, places, athletes, tags, and everything that is refused."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.catalog import default_catalog
from service.audits.surroundings import assumed_place
from service.errors import RequestError
from service.plans.examples import answer_examples
from tests.service.audits.asking import asked, audited, request_of, verdicts, week_of

BENCH = {"name": "Bench press", "sets": 4}
WEEK = {"sessions": [{"day": "monday", "entries": [BENCH]}]}


def faults_of(body: dict[str, Any]) -> dict[str, str]:
    """Pointer -> code of every fault of a request."""
    with pytest.raises(RequestError) as caught:
        audited(**{"programme": WEEK, **body})
    return {fault.pointer: fault.code for fault in caught.value.faults}


def test_the_week_of_a_finished_plan_is_audited_as_it_is() -> None:
    plan = answer_examples()["week"]["value"]
    found = audited(plan["week"])
    assert verdicts(found) == dict.fromkeys(range(1, 7), False)
    assert found.score.value == 100
    assert found.programme.unread == []
    assert week_of(found) == [
        (s["day"], [(e["exercise"], e["sets"]) for e in s["entries"]]) for s in plan["week"]["sessions"]
    ]
    for mine, theirs in zip(found.programme.sessions, plan["week"]["sessions"], strict=True):
        assert (mine.slot, mine.seconds, mine.limit_seconds) == (
            theirs["slot"],
            theirs["seconds"],
            theirs["limit_seconds"],
        )
        assert [entry.seconds for entry in mine.entries] == [entry["seconds"] for entry in theirs["entries"]]


def test_exercises_go_by_id_or_by_name() -> None:
    entries = [{"exercise": "pull_up", "sets": 3}, {"exercise": "RDLs", "sets": 3}, {"name": "Leg press", "sets": 2}]
    found = audited({"sessions": [{"day": "monday", "entries": entries}]})
    assert week_of(found) == [("monday", [("pull_up", 3), ("romanian_deadlift", 3), ("leg_press", 2)])]
    assert [entry.match.how for entry in found.programme.sessions[0].entries] == ["id", "id", "id"]


def test_a_name_stands_in_for_an_exercise_that_is_unknown() -> None:
    entry = {"exercise": "my_own_id_7", "name": "Pull-ups", "sets": 3}
    assert week_of(audited({"sessions": [{"day": "monday", "entries": [entry]}]})) == [("monday", [("pull_up", 3)])]


@pytest.mark.parametrize(
    ("reps", "told"), [(8, (8, 8)), ("8-12", (8, 12)), ({"min": 5, "max": 6}, (5, 6)), ("AMRAP", None), (None, None)]
)
def test_repetitions_have_several_forms(reps: object, told: tuple[int, int] | None) -> None:
    (session,) = audited({"sessions": [{"day": "monday", "entries": [{**BENCH, "reps": reps}]}]}).programme.sessions
    found = session.entries[0].reps
    assert (None if found is None else (found.min, found.max)) == told


def test_sets_that_are_not_told_are_taken_and_said() -> None:
    (session,) = audited({"sessions": [{"day": "monday", "entries": [{"name": "Squat"}]}]}).programme.sessions
    assert (session.entries[0].sets, session.entries[0].remarks) == (3, ["no number of sets is given: 3 taken"])


def test_an_unknown_entry_of_a_week_is_unread_with_its_pointer() -> None:
    found = audited({"sessions": [{"day": "monday", "entries": [BENCH, {"name": "Zorb", "sets": 2}]}]})
    (part,) = found.programme.unread
    assert (part.source.pointer, part.slot) == ("/programme/sessions/0/entries/1", "mon")


def test_several_lines_of_one_exercise_are_one_entry_with_all_its_lines() -> None:
    found = audited("Mon\nbench press 1x5\nsquat 3x5\nbench press 3x8")
    first = found.programme.sessions[0].entries[0]
    assert (first.exercise, first.sets, [source.line for source in first.sources]) == ("barbell_bench_press", 4, [2, 4])
    assert (first.reps.min, first.reps.max) == (5, 8) if first.reps else False


def test_the_place_is_a_gym_only_where_the_programme_needs_one() -> None:
    catalog = default_catalog()
    gym = asked("Mon: squat 3x5, push-ups 3x8").problem.slots[0].place
    assert (gym.id, gym.equipment) == ("gym", catalog.presets["full_gym"].equipment | {"none", "wall", "dowel"})
    home = asked("Mon: push-ups 3x8, pull-ups 3x6, goblet squat 3x8, KB swings 3x15").problem.slots[0].place
    assert (home.id, sorted(home.equipment)) == ("home", ["dowel", "kettlebell", "none", "pull_up_bar", "wall"])


def test_an_exercise_fits_itself_to_what_others_need() -> None:
    """A farmer's walk can be done with dumbbells or kettlebells; the swings need a kettlebell, which then does."""
    exercises = default_catalog().exercises
    both = [exercises["farmers_carry"].equipment, exercises["kettlebell_swing"].equipment]
    assert "dumbbells" not in assumed_place(both, default_catalog()).equipment
    assert "dumbbells" in assumed_place(both[:1], default_catalog()).equipment


def test_equipment_is_judged_only_where_places_are_told() -> None:
    lines = "Mon: squat 3x5"
    untold = next(line for line in audited(lines).certificate if line.rule == "equipment.available")
    assert (untold.judged, untold.holds, untold.violations) == (False, True, [])
    at_home = [{"id": "home", "equipment": "bands_only"}]
    told = next(line for line in audited(lines, places=at_home).certificate if line.rule == "equipment.available")
    assert (told.judged, told.holds) == (True, False)
    assert "rack" in told.violations[0].statement


def test_time_is_judged_only_where_minutes_are_told() -> None:
    found = audited("Mon (30 min): squat 5x5, bench press 5x5, deadlift 4x5\nThu: plank 3x30s")
    line = next(line for line in found.certificate if line.rule == "time.session")
    assert (line.judged, line.holds, list(line.limit)) == (True, False, ["mon"])
    assert [session.limit_seconds for session in found.programme.sessions] == [1800, None]


def test_what_is_done_is_within_reach_but_for_the_deadlift() -> None:
    """A weighted chin-up is stage 6 and skill 3; the deadlift stage stays that of an intermediate."""
    athlete = asked("Mon: weighted chin-ups 3x5, deadlift 3x5").problem.athlete
    assert (athlete.stages["chin_up"], athlete.stages["deadlift"], athlete.skill_level) == (6, 3, 3)
    stated = asked("Mon: weighted chin-ups 3x5", athlete={"experience": "beginner"}).problem.athlete
    assert (stated.stages["chin_up"], stated.skill_level) == (1, 1)


def test_what_was_taken_for_granted_is_said() -> None:
    said = " ".join(audited("Push\nbench press 4x8\nPull\nDB row 4x8").programme.assumptions)
    for part in ("Push on monday, Pull on thursday", "18:00", "intermediate", "stage 3", "No places", "No minutes"):
        assert part in said
    told = audited(
        {"sessions": [{"day": "monday", "start": "07:00", "minutes": 60, "entries": [BENCH]}]},
        athlete={"experience": "intermediate", "ladder_stages": {"deadlift": 3}},
        places=[{"id": "club", "equipment": "full_gym"}],
    )
    assert told.programme.assumptions == []


def test_a_tagged_exercise_counts_as_its_tags_say() -> None:
    tags = {"name": "Zorb press", "pattern": "horizontal_push", "push_pull": "push", "muscles": {"pectorals": 1}}
    found = audited("Mon: zorb press 4x8", exercises=[tags])
    (entry,) = found.programme.sessions[0].entries
    assert (entry.exercise, entry.match.how) == ("zorb_press", "tagged")
    upper = next(line for line in found.certificate if line.rule == "balance.upper_pull_push")
    assert upper.measured == {"pull": 0, "push": 8}
    assert next(muscle.sets for muscle in found.volume if muscle.muscle == "pectorals") == 4


def test_an_exercise_like_another_counts_like_it_but_for_what_is_said() -> None:
    tags = {"name": "Zorb row", "like": "dumbbell_row_retraction", "muscles": {"latissimus_dorsi": 0.5}}
    found = audited("Mon: zorb row 4x8", exercises=[tags])
    rows = next(line for line in found.certificate if line.rule == "row.retraction")
    assert rows.measured["led"] == 4
    assert next(muscle.sets for muscle in found.volume if muscle.muscle == "latissimus_dorsi") == 2


@pytest.mark.parametrize(
    ("tags", "at", "code"),
    [
        ({"name": "Zorb"}, "/exercises/0/pattern", "required"),
        ({"name": "Zorb", "like": "zorb"}, "/exercises/0/like", "unknown_id"),
        ({"name": "Zorb", "like": "pull_up", "muscles": {"lats": 1}}, "/exercises/0/muscles/lats", "unknown_id"),
        (
            {"name": "Zorb", "like": "pull_up", "muscles": {"glutes": 2}},
            "/exercises/0/muscles/glutes",
            "out_of_range",
        ),
        (
            {"name": "Zorb", "pattern": "horizontal_push", "push_pull": "pull", "muscles": {"glutes": 1}},
            "/exercises/0/push_pull",
            "contradiction",
        ),
        ({"name": "---", "like": "pull_up"}, "/exercises/0/name", "malformed"),
    ],
)
def test_tags_that_make_no_sense_are_refused(tags: dict[str, Any], at: str, code: str) -> None:
    assert faults_of({"exercises": [tags]}).get(at) == code


def test_an_exercise_cannot_be_tagged_twice() -> None:
    twice = [{"name": "Zorb", "like": "pull_up"}, {"name": "zorbs", "like": "chin_up"}]
    assert faults_of({"exercises": twice}) == {"/exercises/1/name": "duplicate"}


@pytest.mark.parametrize(
    ("body", "at", "code"),
    [
        ({"programme": {}}, "/programme/sessions", "required"),
        ({"programme": {"text": "x", "csv": "y"}}, "/programme/csv", "unknown_field"),
        ({"programme": {"sessions": []}}, "/programme/sessions", "wrong_size"),
        ({"programme": {"sessions": [{"entries": []}]}}, "/programme/sessions/0/entries", "wrong_size"),
        ({"programme": {"sessions": [{"entries": [{"sets": 3}]}]}}, "/programme/sessions/0/entries/0", "required"),
        (
            {"programme": {"sessions": [{"entries": [{"name": "Squat", "sets": 99}]}]}},
            "/programme/sessions/0/entries/0/sets",
            "out_of_range",
        ),
        (
            {"programme": {"sessions": [{"minutes": 60, "limit_seconds": 60, "entries": [BENCH]}]}},
            "/programme/sessions/0/limit_seconds",
            "out_of_range",
        ),
        (
            {"programme": {"sessions": [{"minutes": 60, "limit_seconds": 1800, "entries": [BENCH]}]}},
            "/programme/sessions/0/minutes",
            "contradiction",
        ),
        ({"programme": {"text": "zorb 3x8"}}, "/programme/text", "unread"),
        ({"programme": {"text": ""}}, "/programme/text", "no_exercise"),
        ({"athlete": {"ladder_stages": {"deadlift": 9}}}, "/athlete/ladder_stages/deadlift", "out_of_range"),
        ({"places": [{"id": "x", "equipment": "gymm"}]}, "/places/0/equipment", "unknown_id"),
        ({"rules": {"balance.upper_pull_push": {"ratio": 9}}}, "/rules/balance.upper_pull_push/ratio", "out_of_range"),
        ({"week": {"starts_on": "soon"}}, "/week/starts_on", "malformed"),
        ({"week": {"starts_on": "2026-02-30"}}, "/week/starts_on", "malformed"),
    ],
)
def test_what_makes_no_sense_is_refused_where_it_stands(body: dict[str, Any], at: str, code: str) -> None:
    assert faults_of(body).get(at) == code


def test_a_place_that_is_not_among_those_told_is_refused() -> None:
    here = {"sessions": [{"place": "gmy", "entries": [BENCH]}]}
    places = [{"id": "gym", "equipment": "full_gym"}]
    assert faults_of({"programme": here, "places": places}) == {"/programme/sessions/0/place": "unknown_id"}
    assert audited(here).programme.sessions[0].place == "gmy"


def test_a_programme_without_a_readable_line_says_of_each_why() -> None:
    with pytest.raises(RequestError) as caught:
        audited("Mon\nzorb 3x8\nrows 3x8")
    first, *others = caught.value.faults
    assert first.code == "no_exercise"
    assert [fault.message for fault in others] == [
        "line 2: no known exercise is called 'zorb'",
        "line 3: several exercises fit 'rows'",
    ]
    assert others[1].nearest


def test_very_large_programmes_are_refused() -> None:
    many = "\n".join(f"Day {n}\nsquat 3x5" for n in range(1, 23))
    assert faults_of({"programme": {"text": many}}) == {"/programme/text": "wrong_size"}
    names = list(default_catalog().exercises)[:41]
    long_day = "Mon\n" + "\n".join(f"{name} 3x5" for name in names)
    assert faults_of({"programme": {"text": long_day}}) == {"/programme/text": "wrong_size"}
    assert request_of({"programme": {"text": "x" * 20_000}})
    assert faults_of({"programme": {"text": "x" * 20_001}}) == {"/programme/text": "invalid"}
    assert faults_of({"programme": {"text": "squat 3x5\n" * 501}}) == {"/programme/text": "wrong_size"}


def test_a_very_long_line_is_unread_and_the_others_are_read() -> None:
    found = audited("Mon: squat 3x5\n" + "bench press 3x8, " * 40)
    assert week_of(found) == [("monday", [("barbell_back_squat", 3)])]
    assert [part.reason for part in found.programme.unread] == ["the line has more than 500 characters"]


def test_the_two_of_a_superset_are_taken_to_be_done_at_two_stations() -> None:
    pair = [
        {"exercise": "cable_fly", "sets": 3, "superset": "A"},
        {"exercise": "cable_scapular_retraction", "sets": 3, "superset": "A"},
    ]
    places = [{"id": "gym", "equipment": ["cable_machine", "resistance_band"]}]
    week = {"sessions": [{"day": "monday", "minutes": 60, "place": "gym", "entries": pair}]}
    found = audited(week, places=places)
    order = next(line for line in found.certificate if line.rule == "structure.order")
    assert order.holds, order.statement
    pair[1]["equipment"] = ["cable_machine"]
    found = audited(week, places=places)
    assert not next(line for line in found.certificate if line.rule == "structure.order").holds
