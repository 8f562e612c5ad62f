"""Requests and an answer for the documentation.

The answer is a real one: `python -m service.audits.examples` makes it anew, which a change of a rule, of an exercise or
of the answer's form makes necessary. Tests hold it to the present catalog, verifier and presenter.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_ANSWERS = Path(__file__).parent / "examples"

REQUESTS: dict[str, dict[str, Any]] = {
    "text": {
        "summary": "A week in plain lines",
        "value": {
            "programme": {
                "text": "Mon: bench press 4x8, lat pulldown 3x10, lateral raise 3x15\n"
                "Thu: squat 5x5, Romanian deadlift 3x8, dumbbell row 3x10"
            }
        },
    },
    "table": {
        "summary": "A week as CSV, with the athlete and the place",
        "value": {
            "programme": {
                "csv": "day,exercise,sets,reps,minutes\n"
                "monday,Bench press,4,8,60\n"
                "monday,Barbell row,4,8,60\n"
                "friday,Jefferson curl,3,10,45\n"
                "friday,Leg press,3,12,45\n"
            },
            "athlete": {"experience": "intermediate", "ladder_stages": {"deadlift": 4}},
            "places": [{"id": "club", "equipment": "full_gym"}],
            "exercises": [{"name": "Jefferson curl", "like": "romanian_deadlift", "equipment": ["barbell"]}],
        },
    },
    "sessions": {
        "summary": "A week in the form of a plan's week",
        "value": {
            "programme": {
                "sessions": [
                    {
                        "day": "monday",
                        "start": "18:00",
                        "minutes": 60,
                        "entries": [
                            {"exercise": "bird_dog", "sets": 2},
                            {"name": "Bench press", "sets": 4, "reps": 8},
                            {"name": "Pull-ups", "sets": 4, "reps": "6-8"},
                        ],
                    },
                    {"day": "thursday", "entries": [{"exercise": "goblet_squat", "sets": 3}]},
                ]
            },
            "week": {"repeats": True},
        },
    },
}

_KEEP, _KEPT = "keep", "kept"

ANSWERED: dict[str, tuple[str, dict[str, Any]]] = {
    "text": ("A week with most of the mistakes", REQUESTS["text"]["value"])
}
"""Name of an answer -> what it shows, and the request it answers."""


def keep_requests() -> dict[str, dict[str, Any]]:
    """A week that keeps every rule, as a repair tells it."""
    return {"mended": {"summary": "The week of a repair", "value": json.loads(_file(_KEEP).read_text("utf-8"))}}


def kept_examples() -> dict[str, dict[str, Any]]:
    """The plan that it becomes."""
    return {"mended": {"summary": "The same week as a plan", "value": json.loads(_file(_KEPT).read_text("utf-8"))}}


@cache
def answer_examples() -> dict[str, dict[str, Any]]:
    """An audited week."""
    return {
        name: {"summary": summary, "value": json.loads(_file(name).read_text("utf-8"))}
        for name, (summary, _) in ANSWERED.items()
    }


def _file(name: str) -> Path:
    return _ANSWERS / f"{name}.json"


def renew() -> None:
    """Answer every request anew and write the answers over the old ones."""
    # The service imports this module for the documentation; only here it needs everything else.
    from catalog.catalog import default_catalog
    from service.audits.schemas import AuditRequest
    from service.audits.service import answer
    from service.validation.parsing import parse

    for name, (_, request) in ANSWERED.items():
        found = answer(parse(AuditRequest, json.dumps(request).encode()), default_catalog())
        _file(name).parent.mkdir(exist_ok=True)
        _file(name).write_text(found.model_dump_json(indent=1) + "\n", "utf-8")
        print(f"{_file(name).name}: {found.summary.statement}")
    _renew_kept()


def _renew_kept() -> None:
    from catalog.catalog import default_catalog
    from service.audits.keeping import as_programme, plan_from
    from service.audits.schemas import KeepRequest
    from service.plans.examples import answer_examples as weeks
    from service.plans.schemas.response import WeekResponse
    from service.validation.parsing import parse

    documented = weeks()["week"]["value"]
    calendar = {name: documented["request"]["week"][name] for name in ("starts_on", "timezone")}
    places = [{"id": "gym", "equipment": "full_gym"}]
    programme = as_programme(WeekResponse.model_validate(documented["week"]))
    request = {"programme": programme, "places": places, "week": calendar}
    plan = plan_from(parse(KeepRequest, json.dumps(request).encode()), documented["id"], default_catalog())
    told = plan.model_copy(update={"created_at": documented["created_at"]})
    _file(_KEEP).write_text(json.dumps(request, indent=1) + "\n", "utf-8")
    _file(_KEPT).write_text(told.model_dump_json(indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    renew()
