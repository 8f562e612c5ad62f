"""`counterpull batch`: a result for every line, in their order, and no line twice after an interruption."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.service.cli.commands import at_once, counterpull

if TYPE_CHECKING:
    from pathlib import Path

WEEK: dict[str, Any] = {
    "places": [{"id": "home", "equipment": "bands_only"}],
    "week": {"slots": [{"id": "mon", "day": "monday", "minutes": 60}]},
    "solve": {"time_limit_seconds": 30, "gap": 0.5, "workers": 1},
}
LINES = [
    {"ref": "anna", **WEEK},
    {"ref": "ben", "week": {"slots": [{"id": "mon", "day": "mon", "minutes": 60}]}},
    {"ref": "cleo", **WEEK},
]


def test_every_line_has_its_result_and_those_that_have_one_are_not_planned_again(tmp_path: Path) -> None:
    requests, results = tmp_path / "members.ndjson", tmp_path / "weeks.ndjson"
    requests.write_text("\n".join(map(json.dumps, LINES[:2])) + "\n", "utf-8")
    first = at_once("batch", str(requests), "--results", str(results))
    assert first.exit_code == 2, first.output
    told = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
    assert [(one["line"], one["ref"], one["status"]) for one in told] == [
        (1, "anna", told[0]["status"]),
        (2, "ben", "refused"),
    ]
    assert all(line["holds"] for line in told[0]["answer"]["certificate"])
    assert told[1]["problem"]["errors"][0]["pointer"] == "/week/slots/0/day"

    requests.write_text("\n".join(map(json.dumps, LINES)) + "\n", "utf-8")
    with results.open("ab") as file:
        file.write(b'{"line": 3, "ref": "cl')  # the power was cut
    assert at_once("batch", str(requests), "--results", str(results)).exit_code == 2
    again = [json.loads(line) for line in results.read_text("utf-8").splitlines()]
    assert again[:2] == told
    assert (again[2]["line"], again[2]["ref"], again[2]["status"]) == (3, "cleo", told[0]["status"])

    requests.write_text(json.dumps({**LINES[0], "ref": "dora"}), "utf-8")
    other = at_once("batch", str(requests), "--results", str(results))
    assert (other.exit_code, "has not the results of this batch" in " ".join(other.output.split())) == (2, True)


def test_equal_lines_share_a_plan_and_standard_input_is_read() -> None:
    done = counterpull("batch", "-", "--at-once", "2", request="\n".join(map(json.dumps, (LINES[0], LINES[2]))))
    assert done.returncode == 0, done.stderr
    first, second = map(json.loads, done.stdout.splitlines())
    assert (first["ref"], second["ref"], first["plan"]) == ("anna", "cleo", second["plan"])
    assert "2 of 2 lines with a result" in done.stderr
    assert counterpull("batch", "-", request="\n").returncode == 2
