"""`counterpull gym`: a small gym as JSON, gone on from, and the same as people read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.service.cli.commands import at_once

if TYPE_CHECKING:
    from pathlib import Path

GYM = {
    "gym": {
        "places": [
            {
                "id": "hall",
                "equipment": ["pull_up_bar", "resistance_band"],
                "stations": [{"id": "pull_up_bar", "count": 1}],
            }
        ],
        "week": {"slots": [{"id": day, "day": day, "minutes": 30} for day in ("monday", "thursday")]},
    },
    "members": [{"id": "anna"}, {"id": "bert"}],
    "solve": {"gap": 0.5, "workers": 2},
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `gym.json` and its `schedule.json`."""
    place = tmp_path_factory.mktemp("gym")
    (place / "gym.json").write_text(json.dumps(GYM), "utf-8")
    ended = at_once("gym", "schedule", str(place / "gym.json"), "--effort", "0.02", "--json")
    assert ended.exit_code == 0, ended.output
    (place / "schedule.json").write_text(ended.stdout, "utf-8")
    return place


def _answer(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)["answer"]["answer"]
    return found


def test_json_has_the_schedule_and_its_plans_and_can_be_gone_on_from(files: Path) -> None:
    text = (files / "schedule.json").read_text("utf-8")
    answer = _answer(text)
    assert {one["plan"] for one in answer["members"]} == {plan["id"] for plan in json.loads(text)["plans"]}
    (files / "more.json").write_text(json.dumps({**GYM, "members": [*GYM["members"], {"id": "cleo"}]}), "utf-8")  # type: ignore[misc]
    ended = at_once(
        "gym",
        "schedule",
        str(files / "more.json"),
        "--before",
        str(files / "schedule.json"),
        "--effort",
        "0.02",
        "--json",
    )
    assert ended.exit_code == 0, ended.output
    diff = _answer(ended.stdout)["diff"]
    assert diff["before"] == json.loads(text)["answer"]["id"]
    assert {one["member"]: one["change"] for one in diff["changed"]}.get("cleo") == "new"


def test_people_see_members_stations_and_a_week_by_the_clock(files: Path) -> None:
    source = str(files / "schedule.json")
    answer = _answer((files / "schedule.json").read_text("utf-8"))
    whole = " ".join(at_once("gym", "show", source).stdout.split())
    assert answer["statement"] in whole
    assert answer["check"]["statement"] in whole
    assert "pull_up_bar, hall 1 1" in whole
    anna = at_once("gym", "show", source, "anna").stdout
    session = answer["members"][0]["sessions"][0]
    first = session["entries"][0]
    assert f"Monday {session['start']}" in anna
    assert f"18:05:00  18:{first['end_second'] // 60:02}:{first['end_second'] % 60:02}" in anna
    held = [e for s in answer["members"][0]["sessions"] for e in s["entries"] if e["stations"]]
    assert anna.count("pull_up_bar") == len(held) > 0


def test_what_is_no_schedule_and_who_is_no_member_is_said(files: Path) -> None:
    wrong = at_once("gym", "show", str(files / "gym.json"))
    assert (wrong.exit_code, "is not a schedule" in wrong.output) == (2, True)
    unknown = at_once("gym", "show", str(files / "schedule.json"), "ana")
    assert (unknown.exit_code, "Did you mean anna" in unknown.output) == (2, True)
