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

ANSWERED: dict[str, tuple[str, dict[str, Any]]] = {
    "text": ("A week with most of the mistakes", REQUESTS["text"]["value"])
}
"""Name of an answer -> what it shows, and the request it answers."""


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


if __name__ == "__main__":
    renew()
