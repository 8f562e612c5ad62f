"""`counterpull block`: one small block as JSON, and the same as people read it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from service.blocks.schemas import BlockAnswer
from service.plans.schemas import PlanResponse
from service.terminal.block_report import report
from tests.service.cli.commands import at_once

if TYPE_CHECKING:
    from pathlib import Path

    from catalog.catalog import Catalog

QUESTION = {
    "plan": {
        "athlete": {"ladder_stages": {"deadlift": 1}},
        "places": [{"id": "shed", "equipment": ["barbell", "rack", "flat_bench", "dumbbells", "pull_up_bar"]}],
        "week": {
            "starts_on": "2026-11-23",
            "slots": [{"id": "mon", "day": "monday"}, {"id": "thu", "day": "thursday"}],
        },
    },
    "mesocycle": {"loading_weeks": 1},
    "solve": {"gap": 0.5, "workers": 1},
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    asked = tmp_path_factory.mktemp("block") / "request.json"
    asked.write_text(json.dumps(QUESTION), "utf-8")
    ended = at_once("block", str(asked), "--weeks", "2", "--json")
    assert ended.exit_code == 0, ended.output
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_json_has_the_answer_and_the_plans_that_it_names(printed: dict[str, Any]) -> None:
    weeks = printed["answer"]["answer"]["weeks"]
    assert printed["answer"]["request"]["weeks"] == 2
    assert [week["percent"] for week in weeks] == [105, 60]
    assert [week["plan"] for week in weeks] == [plan["id"] for plan in printed["plans"]]


def test_people_see_sets_week_by_week_with_reasons(printed: dict[str, Any], catalog: Catalog) -> None:
    answer = BlockAnswer.model_validate(printed["answer"]["answer"])
    plans = [PlanResponse.model_validate(plan) for plan in printed["plans"]]
    console = Console(width=160, color_system=None)
    with console.capture() as taken:
        console.print(report(answer, plans, catalog))
    lines = [" ".join(line.split()) for line in taken.get().splitlines()]
    first, second = (
        {(s["slot"], e["name"]): e["sets"] for s in p["week"]["sessions"] for e in s["entries"]}
        for p in printed["plans"]
    )
    for slot, name in first.keys() | second.keys():
        row = f"{name} {first.get((slot, name), '.')} {second.get((slot, name), '.')}"
        assert row in lines, row
    assert "Monday 18:00 1 2" in lines
    assert all(line.title in taken.get() for line in answer.certificate)
    for change in answer.weeks[1].changes:
        entry = change.after or change.before
        assert entry is not None
        assert entry.name in taken.get()


def test_a_wrong_request_is_refused_with_its_faults(tmp_path: Path) -> None:
    asked = tmp_path / "request.json"
    asked.write_text(json.dumps({"plan": {"athlete": {"favourites": ["barbel_row"]}}}), "utf-8")
    ended = at_once("block", str(asked), "--weeks", "40")
    assert ended.exit_code == 2
    assert "/weeks" in ended.stderr
    assert "/plan/athlete/favourites/0" in ended.stderr
