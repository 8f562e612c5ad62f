"""`counterpull variants`: weeks to choose from as a table, as JSON and as files."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from service.plans.schemas import PlanResponse
from service.variants.schemas import VariantsResponse
from tests.service.cli.commands import TOO_MANY_GLUTE_SETS, at_once, counterpull

if TYPE_CHECKING:
    from pathlib import Path

SMALL = {
    "places": [{"id": "home", "equipment": "bodyweight"}],
    "week": {"slots": [{"id": "mon", "day": "monday", "minutes": 30}, {"id": "thu", "day": "thursday", "minutes": 30}]},
}


def test_different_weeks_are_told_side_by_side_and_saved(tmp_path: Path) -> None:
    options = ("-k", "2", "--difference", "0.3", "--loss", "40", "--time-limit", "6", "--save", str(tmp_path))
    done = counterpull("variants", "-", *options, request=SMALL)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "2 weeks, all that were asked for."
    assert lines[1].split()[:2] == ["score", "at"]
    assert " % different: " in done.stdout
    assert max(map(len, lines)) <= 80
    weeks = [PlanResponse.model_validate_json((tmp_path / f"week-{n}.json").read_text("utf-8")) for n in (1, 2)]
    assert all(week.week is not None for week in weeks)
    compared = at_once("compare", str(tmp_path / "week-1.json"), str(tmp_path / "week-2.json"))
    assert compared.exit_code == 0, compared.output


def test_a_front_is_told_as_the_service_tells_it(tmp_path: Path) -> None:
    file = tmp_path / "request.json"
    file.write_text(json.dumps(SMALL), "utf-8")
    done = at_once("variants", str(file), "--goal", "minutes", "--goal", "equipment", "--time-limit", "2", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    answer = VariantsResponse.model_validate(told["answer"]).answer
    assert answer is not None
    assert [week.plan for week in answer.weeks] == [plan["id"] for plan in told["plans"]]
    assert answer.front is not None
    assert answer.front.goals == ["minutes", "equipment"]


def test_what_cannot_be_asked_for_says_so(tmp_path: Path) -> None:
    file = tmp_path / "request.json"
    file.write_text(json.dumps(SMALL), "utf-8")
    wrong = at_once("variants", str(file), "-k", "9")
    assert wrong.exit_code == 2
    assert "k is between 2 and 8 weeks, not 9" in wrong.output
    unknown = at_once("variants", str(file), "--goal", "speed", "--goal", "minutes")
    assert unknown.exit_code == 2
    assert "each of goals is one of stimulus, minutes, sessions, fatigue, equipment" in unknown.output
    file.write_text(json.dumps({"athlete": {"favourites": ["face_pul"]}}), "utf-8")
    typo = at_once("variants", str(file))
    assert typo.exit_code == 2
    assert "/athlete/favourites/0" in typo.output
    file.write_text(json.dumps(TOO_MANY_GLUTE_SETS), "utf-8")
    impossible = at_once("variants", str(file))
    assert impossible.exit_code == 3
    assert impossible.stdout.startswith("There is no such week; this is proven.")
