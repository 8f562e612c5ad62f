"""Requests drawn from a seed: sessions x minutes x equipment x level x exclusions x priorities."""

from __future__ import annotations

import random
from typing import Any

from catalog.catalog import default_catalog

DAYS_OF = {
    2: ("monday", "thursday"),
    3: ("monday", "wednesday", "friday"),
    4: ("monday", "tuesday", "thursday", "saturday"),
    5: ("monday", "tuesday", "wednesday", "friday", "saturday"),
    6: ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
}
MINUTES = (30, 40, 45, 60, 75, 90)
STARTS = ("06:30", "12:15", "18:00")
PRESETS = ("full_gym", "full_gym", "home_dumbbells", "hotel", "bands_only", "bodyweight")
"""The full gym twice: it has the most choices and is asked for most."""
LEVELS = ("beginner", "intermediate", "intermediate", "advanced")
STRESSES = ("overhead", "spinal_load", "deep_knee_flexion", "wrist_extension", "impact")
PATTERNS = ("lunge", "vertical_push", "squat")
MOST_PRIORITIES = 4


def drawn(seed: int) -> tuple[str, dict[str, Any]]:
    """A name that says what was drawn, and the request's body. Sessions run through 2 to 6 with the seed."""
    draw = random.Random(f"week {seed}")
    sessions = min(DAYS_OF) + seed % len(DAYS_OF)
    minutes = draw.choice(MINUTES)
    preset, level = draw.choice(PRESETS), draw.choice(LEVELS)
    body = {
        "athlete": {"experience": level, "priorities": _priorities(draw), "avoid": _avoided(draw)},
        "places": [{"id": "here", "equipment": preset}],
        "week": {"slots": _slots(draw, sessions, minutes)},
    }
    return f"drawn_{seed:02}_{sessions}x{minutes}_{preset}_{level}", body


def _slots(draw: random.Random, sessions: int, minutes: int) -> list[dict[str, Any]]:
    """One time of day for the week; one session, now and then, is a quarter of an hour longer than the others."""
    start, longer = draw.choice(STARTS), draw.choice([None, *DAYS_OF[sessions]])
    return [
        {"id": day[:3], "day": day, "start": start, "minutes": minutes + (15 if day == longer else 0)}
        for day in DAYS_OF[sessions]
    ]


def _priorities(draw: random.Random) -> dict[str, int]:
    muscles = draw.sample(sorted(default_catalog().muscles), draw.randint(0, MOST_PRIORITIES))
    return {muscle: draw.randint(0, 3) for muscle in muscles}


def _avoided(draw: random.Random) -> dict[str, list[str]]:
    """In every second week a stress, in every third a pattern, in every second some exercises."""
    return {
        "stress": draw.sample(STRESSES, 1) if draw.random() < 1 / 2 else [],
        "patterns": draw.sample(PATTERNS, 1) if draw.random() < 1 / 3 else [],
        "exercises": draw.sample(sorted(default_catalog().exercises), 5) if draw.random() < 1 / 2 else [],
    }
