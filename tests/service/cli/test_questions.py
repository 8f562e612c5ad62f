"""`counterpull swaps` and `counterpull what-if`: questions about a plan in a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from service.plans.schemas import PlanResponse
from service.studies.examples import documented_week
from service.swaps.schemas import SwapsResponse
from service.whatif.schemas import WhatIfResponse
from tests.service.cli.commands import at_once

if TYPE_CHECKING:
    from pathlib import Path

IDLE = {"op": "add", "path": "/athlete", "value": {"experience": "intermediate"}}
"""States what is the default."""


@pytest.fixture
def plan(tmp_path: Path) -> str:
    file = tmp_path / "plan.json"
    file.write_text(documented_week().response.model_dump_json(), encoding="utf-8")
    return str(file)


def test_swaps_are_shown_and_taken(plan: str, tmp_path: Path) -> None:
    printed = at_once("swaps", plan, "mon", "leg_extension", "--repairs", "0", "--json")
    assert printed.exit_code == 0, printed.output
    study = SwapsResponse.model_validate(json.loads(printed.stdout)["answer"])
    assert study.answer is not None
    best = study.answer.alternatives[0]
    taken = at_once("swaps", plan, "mon", "leg_extension", "--take", best.exercise, "--json")
    week = PlanResponse.model_validate_json(taken.stdout)
    assert week.score is not None
    assert week.score.value == best.worth.score
    after = tmp_path / "after.json"
    after.write_text(taken.stdout, encoding="utf-8")
    shown = at_once("swaps", str(after), "mon", best.exercise, "--repairs", "0")
    assert shown.exit_code == 0, shown.output
    assert "Leg extension" in shown.output, "the way back is an alternative"
    assert "All else can stay" in shown.output
    assert max(map(len, shown.output.splitlines())) <= 80


def test_a_swap_that_breaks_a_rule_is_refused(plan: str) -> None:
    refused = at_once("swaps", plan, "mon", "rack_pull_knee", "--take", "back_extension_45")
    assert refused.exit_code == 2
    assert "progression.deadlift" in refused.output
    unknown = at_once("swaps", plan, "sun", "rack_pull_knee")
    assert unknown.exit_code == 2
    assert "/slot" in unknown.output


def test_what_changes_would_buy_is_shown(plan: str, tmp_path: Path) -> None:
    idle = {"equipment": [], "days": [], "stages": [], "changes": [{"change": [IDLE]}]}
    changes, nothing = tmp_path / "changes.json", tmp_path / "nothing.json"
    changes.write_text(json.dumps({**idle, "minutes": [10]}), "utf-8")
    nothing.write_text(json.dumps({**idle, "minutes": []}), "utf-8")
    shown = at_once("what-if", plan, str(changes), "--time-limit", "3")
    assert shown.exit_code in (0, 4), shown.output
    for expected in ("Without a change: score 93.", "give 'mon' 70 minutes", "Proven to change nothing of the score"):
        assert expected in shown.output
    printed = at_once("what-if", plan, str(nothing), "--json")
    study = WhatIfResponse.model_validate(json.loads(printed.stdout)["answer"])
    assert study.answer is not None
    assert [(one.verdict, one.searched) for one in study.answer.options] == [("none", False)]
