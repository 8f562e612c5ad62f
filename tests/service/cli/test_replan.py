"""`counterpull replan`: a plan from a file and what has become of it from a pipe."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from service.plans.schemas import PlanResponse
from service.replans.schemas import ReplanResponse
from service.studies.examples import documented_week
from tests.service.cli.commands import at_once, counterpull

if TYPE_CHECKING:
    from pathlib import Path

MISSED = {"missed": ["mon"], "solve": {"workers": 1}}


def _plan(folder: Path) -> str:
    file = folder / "plan.json"
    file.write_text(documented_week().response.model_dump_json(), encoding="utf-8")
    return str(file)


def test_the_rest_is_shown_with_its_changes_and_can_be_replanned_again(tmp_path: Path) -> None:
    done = counterpull("replan", _plan(tmp_path), "-", "--json", request=MISSED)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    study = ReplanResponse.model_validate(told["answer"])
    (week,) = [PlanResponse.model_validate(plan) for plan in told["plans"]]
    assert study.answer is not None
    assert study.answer.plan == week.id
    after, events = tmp_path / "after.json", tmp_path / "events.json"
    after.write_text(done.stdout, encoding="utf-8")
    events.write_text(json.dumps({"shortened": [{"slot": "thu", "minutes": 50}], **MISSED}), encoding="utf-8")
    again = at_once("replan", str(after), str(events))
    assert again.exit_code == 0, again.output
    for expected in ("proven nearest", "Changes", "thu: ", "of 50 min", "Balance: the six mistakes"):
        assert expected in again.output
    assert "Not done" not in again.output, "Monday is history by now"
    assert max(map(len, again.output.splitlines())) <= 80


def test_events_that_make_no_sense_are_named_with_their_field(tmp_path: Path) -> None:
    events = tmp_path / "events.json"
    events.write_text('{"missed": ["sun"]}', encoding="utf-8")
    wrong = at_once("replan", _plan(tmp_path), str(events))
    assert wrong.exit_code == 2
    assert "/missed/0" in wrong.output
    no_plan = at_once("replan", str(events), str(events))
    assert no_plan.exit_code == 2
    assert "not the answer to a plan's request" in no_plan.output
