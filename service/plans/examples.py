"""Requests and answers for the documentation.

The answers are real ones: `python -m service.plans.examples` asks for them anew, which a change of a rule, of an
exercise or of an answer's form makes necessary. Tests hold them to the present catalog, verifier and presenter.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_ANSWERS = Path(__file__).parent / "examples"

REQUESTS: dict[str, dict[str, Any]] = {
    "defaults": {"summary": "Three hours a week in a full gym", "value": {}},
    "two places": {
        "summary": "A club on Mondays, a home corner on Saturdays",
        "value": {
            "athlete": {
                "experience": "intermediate",
                "ladder_stages": {"deadlift": 3},
                "priorities": {"glutes": 3},
                "avoid": {"exercises": ["barbell_shrug"], "stress": ["overhead"]},
                "favourites": ["face_pull"],
                "must_include": [{"exercise": "pull_up", "min_sets": 3}],
            },
            "places": [
                {"id": "club", "equipment": "full_gym"},
                {"id": "home", "equipment": ["dumbbells", "resistance_band"]},
            ],
            "week": {
                "starts_on": "2026-11-23",
                "timezone": "Europe/London",
                "sessions": {"min": 2, "max": 3},
                "slots": [
                    {"id": "mon", "day": "monday", "start": "18:00", "minutes": 60, "place": "club"},
                    {"id": "wed", "day": "wednesday", "start": "18:00", "minutes": 60, "place": "club"},
                    {"id": "sat", "day": "saturday", "start": "09:30", "minutes": 45, "place": "home"},
                ],
            },
            "rules": {
                "balance.upper_pull_push": {"ratio": 2.0},
                "structure.exercises": {"max": 8},
                "recovery.muscle": {"mode": "conservative", "hours": {"quadriceps": 72}},
                "volume.weekly_max": {"calves": 10},
            },
            "pins": [{"slot": "mon", "exercise": "face_pull", "sets": 3}],
            "solve": {"time_limit_seconds": 10, "gap": 0.0},
        },
    },
    "strength in a hurry": {
        "summary": "Strength in three short sessions: heavy sets, supersets where the minutes ask for them, loads told",
        "value": {
            "athlete": {
                "goal": "strength",
                "working_loads": {
                    "barbell_bench_press": {"kg": 80, "reps": 6},
                    "leg_press": {"kg": 140, "reps": 8},
                },
            },
            "week": {
                "slots": [
                    {"id": "mon", "day": "monday", "minutes": 40},
                    {"id": "wed", "day": "wednesday", "minutes": 40},
                    {"id": "fri", "day": "friday", "minutes": 40},
                ],
            },
            "supersets": True,
        },
    },
    "impossible": {
        "summary": "Asks for more than a week can hold: a finished answer that says which wishes collide",
        "value": {"rules": {"volume.weekly_min": {"calves": 12}, "volume.weekly_max": {"calves": 6}}},
    },
}


_WEEK: dict[str, Any] = {
    "week": {
        "starts_on": "2026-11-23",
        "timezone": "Europe/London",
        "slots": [
            {"id": "mon", "day": "monday", "start": "18:00", "minutes": 60},
            {"id": "thu", "day": "thursday", "start": "18:00", "minutes": 60},
        ],
    },
    "solve": {"time_limit_seconds": 30, "gap": 0.02, "workers": 2},
}

ANSWERED: dict[str, tuple[str, dict[str, Any]]] = {
    "week": ("A week with its proof", _WEEK),
    "conflict": ("Wishes that cannot all hold", REQUESTS["impossible"]["value"]),
}
"""Name of an answer -> what it shows, and the request it answers."""


@cache
def answer_examples() -> dict[str, dict[str, Any]]:
    """A week with its proof, and a conflict."""
    return {
        name: {"summary": summary, "value": json.loads(_file(name).read_text("utf-8"))}
        for name, (summary, _) in ANSWERED.items()
    }


@cache
def pending_example() -> dict[str, dict[str, Any]]:
    """A plan whose search has not begun: the example week before it was found."""
    week = answer_examples()["week"]["value"]
    empty: dict[str, Any] = {name: [] for name in ("tiers", "certificate", "volume", "suggestions")}
    nothing = dict.fromkeys(("score", "week", "conflict", "conflict_minimal", "suggestions_untried", "failure"))
    effort = {name: type(value)() for name, value in week["solver"].items() if not isinstance(value, str)}
    kept = {name: week["solver"][name] for name in ("version", "seed", "workers")}
    solver = {**week["solver"], **effort, "first_plan_seconds": None, **kept}
    value = {**week, **empty, **nothing, "status": "queued", "solver": solver}
    return {"queued": {"summary": "A search that waits for its turn", "value": value}}


def _file(name: str) -> Path:
    return _ANSWERS / f"{name}.json"


def renew() -> None:
    """Answer every request anew and write the answers over the old ones. Takes as long as their searches."""
    # The service imports this module for the documentation; only here it needs the solver.
    from catalog.catalog import default_catalog
    from service.plans.schemas import PlanRequest
    from service.plans.service import answer, ask
    from service.validation.parsing import parse

    for name, (_, request) in ANSWERED.items():
        finished = answer(ask(parse(PlanRequest, json.dumps(request).encode()), default_catalog()))
        _file(name).write_text(finished.model_dump_json(indent=1) + "\n", "utf-8")
        print(f"{_file(name).name}: {finished.status} after {finished.solver.seconds:.1f} s")


if __name__ == "__main__":
    renew()
