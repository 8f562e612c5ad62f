"""`repair: true`: the nearest week that keeps every rule, over HTTP and on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from service.audits.schemas import AuditResponse
from service.plans.examples import answer_examples
from solver.rulebook import RULES
from tests.service.audits.asking import audited, verdicts
from tests.service.cli.commands import counterpull

if TYPE_CHECKING:
    from service.audits.schemas.repair import RepairResponse
    from tests.service.running import Service

FOLDER = Path(__file__).parent / "programmes"
SOLVE = {"time_limit_seconds": 20, "workers": 1}


def repaired(programme: dict[str, Any] | str, **about: Any) -> RepairResponse:
    found = audited(programme, repair=True, solve=SOLVE, **about).repair
    assert found is not None
    return found


def test_without_the_wish_there_is_no_repair() -> None:
    assert audited("Mon: squat 3x5").repair is None


def test_a_week_that_keeps_every_rule_needs_no_change() -> None:
    plan = answer_examples()["week"]["value"]
    found = repaired(plan["week"])
    assert (found.status, found.distance, found.bound, found.changes) == ("optimal", 0, 0, [])
    assert found.statement == "The week keeps every rule as it is."


def test_the_repaired_week_makes_no_mistake_and_its_changes_lead_to_it() -> None:
    told = json.loads((FOLDER / "hotel_week.json").read_text("utf-8"))
    found = repaired(told["week"], **told["request"])
    assert found.status in ("optimal", "feasible")
    assert found.week is not None
    assert found.distance == sum(change.weight for change in found.changes)
    assert [line.rule for line in found.certificate if line.holds] == [rule.id for rule in RULES]
    again = audited(found.week.model_dump(mode="json"), **told["request"])
    assert verdicts(again) == dict.fromkeys(range(1, 7), False)
    assert again.summary.broken_rules == []
    assert [(s.day, s.slot) for s in found.week.sessions] == [("monday", "mon"), ("wednesday", "wed")]
    for change in found.changes:
        assert change.statement.startswith(f"{change.slot}: ")
        assert change.reasons or found.status == "feasible"


def test_a_week_that_begins_on_a_sunday_keeps_its_days() -> None:
    found = repaired("Sun: push-ups 3x8\nWed: push-ups 3x8", places=[{"id": "home", "equipment": "bands_only"}])
    assert found.week is not None
    assert [session.day for session in found.week.sessions] == ["sunday", "wednesday"]


def test_sessions_too_short_for_the_rules_are_a_proven_conflict() -> None:
    found = repaired("Mon (10 min): squat 3x5")
    assert found.status == "infeasible"
    assert found.week is None
    assert found.conflict
    assert "time.session" in {element.rule for element in found.conflict}


def test_what_was_not_read_is_said_not_to_be_in_it() -> None:
    found = repaired("Mon: push-ups 3x8\nzorb 3x8", places=[{"id": "home", "equipment": "bands_only"}])
    assert "Lines that could not be read are not part of this week." in found.notes


def test_it_is_answered_over_http(service: Service) -> None:
    body = {"programme": {"text": "Mon: push-ups 3x8"}, "places": [{"id": "home", "equipment": "bands_only"}]}
    response = service.post("/v1/audits", json={**body, "repair": True, "solve": SOLVE})
    assert response.status_code == 200
    found = AuditResponse.model_validate_json(response.content)
    assert found.repair is not None
    assert found.repair.status == "optimal"


def test_it_is_shown_on_the_command_line() -> None:
    about = "Mon: push-ups 3x8, band rows 3x12"
    done = counterpull("audit", "-", "--repair", "--time-limit", "20", request=about)
    assert done.returncode == 5
    assert "Repair: the nearest week that keeps every rule" in done.stdout
    assert "- mon: add " in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_the_time_limit_of_the_command_line_is_judged_like_any_other() -> None:
    done = counterpull("audit", "-", "--repair", "--time-limit", "500", request="Mon: push-ups 3x8")
    assert done.returncode == 2
    assert "/solve/time_limit_seconds" in done.stderr
