"""`counterpull plan`, from a file and from a pipe to its exit code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from service.plans.schemas import PlanResponse
from tests.service.cli.commands import TOO_MANY_GLUTE_SETS, TWO_SESSIONS_WITH_BANDS, counterpull

if TYPE_CHECKING:
    from pathlib import Path


def test_a_request_from_a_file_becomes_a_readable_week(tmp_path: Path) -> None:
    file = tmp_path / "request.json"
    file.write_text(json.dumps(TWO_SESSIONS_WITH_BANDS), encoding="utf-8")

    done = counterpull("plan", str(file), "--time-limit", "3")

    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for expected in ("Monday 2026-11-23 18:00  home", "Thursday 2026-11-26 18:00  home", "of 40 min", "of at most"):
        assert expected in done.stdout
    assert "\x1b[" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_request_from_a_pipe_becomes_the_json_of_the_api() -> None:
    done = counterpull(
        "plan", "-", "--json", "--time-limit", "2", "--workers", "1", "--seed", "7", request=TWO_SESSIONS_WITH_BANDS
    )

    assert done.returncode == 0, done.stderr
    response = PlanResponse.model_validate_json(done.stdout)
    assert json.loads(done.stdout) == json.loads(response.model_dump_json())
    assert json.dumps(response.request["solve"]) == '{"time_limit_seconds": 2, "workers": 1, "seed": 7}'
    assert (response.solver.workers, response.solver.seed) == (1, 7)
    assert response.week is not None
    assert {session.slot for session in response.week.sessions} == {"mon", "thu"}


def test_the_command_line_wins_over_the_request_and_leaves_the_rest_of_it() -> None:
    asked = {**TWO_SESSIONS_WITH_BANDS, "solve": {"time_limit_seconds": 60, "gap": 0.01}}

    done = counterpull("plan", "-", "--json", "--time-limit", "1.5", request=asked)

    answered = json.loads(done.stdout)
    assert answered["request"]["solve"] == {"time_limit_seconds": 1.5, "gap": 0.01}
    assert answered["solver"]["seconds"] < 20


def test_every_fault_of_a_request_is_named_with_its_field() -> None:
    wrong = {"athlete": {"priorities": {"glute": 3}, "favourites": ["facepul"]}, "solve": {"gap": 3}}

    done = counterpull("plan", "-", "--seed", "-1", request=wrong)

    assert done.returncode == 2
    assert done.stdout == ""
    assert "4 faults" in done.stderr
    for expected in (
        "/athlete/priorities/glute",
        "glutes",
        "/athlete/favourites/0",
        "face_pull",
        "/solve/gap",
        "/solve/seed",
    ):
        assert expected in done.stderr


@pytest.mark.parametrize(
    ("body", "said"), [('{"athlete"', "not valid JSON"), ("[]", "an object"), ("", "not valid JSON")]
)
def test_what_is_no_request_at_all_is_refused(body: str, said: str) -> None:
    done = counterpull("plan", "-", request=body)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())


def test_a_missing_file_is_wrong_use() -> None:
    done = counterpull("plan", "there-is-no-such-file.json")
    assert done.returncode == 2
    assert "Cannot read there-is-no-such-file.json" in done.stderr


def test_a_week_that_cannot_be_ends_with_its_conflict() -> None:
    done = counterpull("plan", "-", "--time-limit", "30", request=TOO_MANY_GLUTE_SETS)
    assert done.returncode == 3, done.stderr
    assert "There is no such week; this is proven." in done.stdout
    assert "volume.weekly_min, glutes" in done.stdout
    assert "/rules/volume.weekly_min/glutes" in done.stdout


def test_a_conflict_is_json_too() -> None:
    done = counterpull("plan", "-", "--json", "--time-limit", "30", request=TOO_MANY_GLUTE_SETS)
    response = PlanResponse.model_validate_json(done.stdout)
    assert done.returncode == 3
    assert response.status == "infeasible"
    assert any(element.rule == "volume.weekly_min" for element in response.conflict or [])


def test_without_a_request_the_usage_is_shown() -> None:
    done = counterpull("plan")
    assert done.returncode == 2
    assert "Usage: counterpull plan" in done.stderr
