"""`counterpull audit`, from files of every form to its exit code."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from service.audits.schemas import AuditResponse
from service.plans.examples import answer_examples
from tests.service.audits.asking import audited
from tests.service.cli.commands import at_once, counterpull

if TYPE_CHECKING:
    from pathlib import Path

LINES = "Mon: bench press 4x8, pull-ups 3x6\nThu: squat 5x5, rows 3x10, leg pres 3x12\nSat: rest\n"
TABLE = "day,exercise,sets,reps\nmon,Bench press,4,8\nthu,Squat,5,5\n"


def written(folder: Path, name: str, content: str | dict[str, Any] | list[Any]) -> str:
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return str(file)


def test_lines_become_a_readable_report(tmp_path: Path) -> None:
    done = counterpull("audit", written(tmp_path, "week.txt", LINES))

    assert done.returncode == 5
    assert done.stderr == ""
    for expected in (
        "6 mistakes are made",
        "2  Pushing outweighs pulling: MADE",
        "pull 6 < 2 x push 8",
        "barbell bench press, line 1 (8)",
        "5  Rows are led by the arms: MADE, uncertain",
        "line 2, Thu: squat 5x5, rows 3x10, leg pres 3x12: several exercises fit 'rows'; nearest:",
        "leg pres: taken for Leg press",
        "line 3, Sat: rest: a rest day",
        "Equipment on hand: not judged, no places are given.",
        "Taken for granted",
    ):
        assert expected in " ".join(done.stdout.split()) or expected in done.stdout
    assert "\x1b[" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_a_pipe_becomes_the_json_of_the_api() -> None:
    done = counterpull("audit", "-", "--json", request=LINES)

    assert done.returncode == 5
    found = AuditResponse.model_validate_json(done.stdout)
    assert found == audited(LINES)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("week.txt", "monday: bench press 4x8\nthursday: squat 5x5"),
        ("week.csv", TABLE),
        ("week.json", {"sessions": [{"day": "monday", "entries": [{"name": "bench press", "sets": 4}]}]}),
        ("list.json", [{"day": "monday", "entries": [{"name": "bench press", "sets": 4}]}]),
        ("request.json", {"programme": {"text": "monday: bench press 4x8"}}),
    ],
)
def test_the_form_of_a_file_is_found_out(tmp_path: Path, name: str, content: str | dict[str, Any]) -> None:
    done = at_once("audit", written(tmp_path, name, content), "--json")
    found = AuditResponse.model_validate_json(done.stdout)
    assert found.programme.sessions[0].entries[0].exercise == "barbell_bench_press"


def test_a_form_that_is_named_is_taken(tmp_path: Path) -> None:
    file = written(tmp_path, "odd.txt", TABLE)
    assert at_once("audit", file, "--format", "csv").exit_code == 5
    assert at_once("audit", file, "--format", "json").exit_code == 2
    assert at_once("audit", file, "--format", "xml").exit_code == 2


def test_the_answer_of_the_plan_command_is_audited_with_its_own_request(tmp_path: Path) -> None:
    plan = answer_examples()["week"]["value"]
    done = at_once("audit", written(tmp_path, "plan.json", plan))
    assert done.exit_code == 0, done.stdout
    assert "None of the 6 mistakes is made." in done.stdout
    assert "Balance 100 of 100" in done.stdout


def test_a_plan_without_a_week_has_nothing_to_audit(tmp_path: Path) -> None:
    plan = answer_examples()["conflict"]["value"]
    done = at_once("audit", written(tmp_path, "plan.json", plan))
    assert done.exit_code == 2
    assert "there is nothing to audit" in done.stderr


def test_a_request_tells_of_the_athlete(tmp_path: Path) -> None:
    file = written(tmp_path, "week.txt", "Mon: wall hip hinge 2x10, deadlift 3x5")
    about = written(
        tmp_path,
        "me.json",
        {
            "athlete": {"experience": "advanced", "ladder_stages": {"deadlift": 6}},
            "places": [{"id": "club", "equipment": "full_gym"}],
            "solve": {"time_limit_seconds": 3},
            "week": {"repeats": False, "slots": [{"id": "mon", "day": "monday"}]},
        },
    )
    found = AuditResponse.model_validate_json(at_once("audit", file, "--request", about, "--json").stdout)
    assert 6 in found.summary.not_made
    assert 6 in AuditResponse.model_validate_json(at_once("audit", file, "--json").stdout).summary.made


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["audit", "/nowhere/week.txt"], "Cannot read /nowhere/week.txt"),
        (["audit"], "Missing argument"),
    ],
)
def test_what_cannot_be_used_is_said(arguments: list[str], said: str) -> None:
    done = at_once(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_programme_that_nobody_can_read_lists_every_line(tmp_path: Path) -> None:
    done = at_once("audit", written(tmp_path, "week.txt", "Mon\nzorb 3x8\nrows 3x10"))
    assert done.exit_code == 2
    for expected in ("no exercise of the programme could be read", "line 2: no known exercise", "line 3: several"):
        assert expected in done.stderr


def test_the_exit_code_is_documented() -> None:
    assert "5  an audited programme makes at least one of the six mistakes" in at_once("audit", "--help").stdout
