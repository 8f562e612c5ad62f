"""Requests and answers for the documentation; tests solve the requests and read the answers."""

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
    "impossible": {
        "summary": "Asks for more than a week can hold: a finished answer that says which wishes collide",
        "value": {"rules": {"volume.weekly_min": {"calves": 12}, "volume.weekly_max": {"calves": 6}}},
    },
}


@cache
def answer_examples() -> dict[str, dict[str, Any]]:
    """A week with its proof, and a conflict."""
    named = {"week": "A week with its proof", "conflict": "Wishes that cannot all hold"}
    return {
        name: {"summary": summary, "value": json.loads((_ANSWERS / f"{name}.json").read_text("utf-8"))}
        for name, summary in named.items()
    }
