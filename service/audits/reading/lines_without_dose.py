"""What a line is that has no sets and names no exercise: a title, a part of a session, a rest day, endurance work."""

from __future__ import annotations

import re

# fmt: off
_TITLE_WORDS = frozenset({
    "a", "abs", "accessory", "and", "anterior", "arm", "arms", "b", "back", "biceps", "bodybuilding", "body", "c",
    "calves", "chain", "chest", "conditioning", "core", "d", "day", "days", "deadlift", "deload", "delts", "dominant",
    "e", "f", "focus", "focused", "full", "glute", "glutes", "gym", "hamstrings", "heavy", "hinge", "hip", "home",
    "horizontal", "hypertrophy", "knee", "leg", "legs", "light", "limbs", "lower", "max", "medium", "mobility",
    "power", "posterior", "press", "program", "programme", "pull", "pulling", "push", "pushing", "quad", "quads",
    "rehab", "routine", "session", "shoulder", "shoulders", "speed", "split", "squat", "strength", "technique", "the",
    "torso", "total", "training", "traps", "tri", "triceps", "upper", "vertical", "volume", "whole", "workout",
    "bench", "effort", "dynamic", "lats", "recovery", "active", "bis", "tris", "bi", "weights",
})
_PART_WORDS = frozenset({
    "a", "accessories", "accessory", "activation", "assistance", "b", "block", "c", "cardio", "circuit", "conditioning",
    "cool", "cooldown", "core", "d", "down", "drills", "exercises", "finisher", "finishers", "giant", "lift", "lifts",
    "main", "metcon", "mobility", "movement", "optional", "part", "power", "prehab", "prep", "primary", "rehab",
    "secondary", "section", "series", "set", "skill", "strength", "stretch", "stretching", "super", "superset",
    "supersets", "trunk", "up", "warm", "warmup", "work", "abs", "isolation", "compound", "compounds", "the",
})
_REST_WORDS = frozenset({
    "rest", "off", "day", "days", "recovery", "active", "free", "none", "nothing", "no", "training", "complete", "full",
    "or", "and", "sleep", "rest/off",
})
_ENDURANCE = frozenset({
    "aerobic", "aerobics", "airdyne", "assault", "bike", "biking", "boxing", "cardio", "climbing", "cross", "cycle",
    "cycling", "elliptical", "erg", "football", "hiit", "hike", "hiking", "intervals", "jog", "jogging", "jump",
    "jumping", "jacks", "liss", "pilates", "ride", "rope", "rowing", "rower", "run", "runs", "running", "sauna", "skip",
    "skipping", "soccer", "spin", "spinning", "sport", "sports", "sprint", "sprints", "stairmaster", "stair",
    "stretching", "swim", "swimming", "tennis", "trainer", "treadmill", "walk", "walking", "walks", "yoga", "foam",
    "rolling",
})
_ENDURANCE_COMPANY = frozenset({
    "a", "and", "at", "brisk", "class", "easy", "fast", "for", "in", "incline", "incl", "km", "light", "long", "m",
    "machine", "mile", "miles", "min", "mins", "minute", "minutes", "moderate", "hour", "hours", "hr", "of", "on",
    "or", "outside", "outdoor", "pace", "park", "rounds", "short", "some", "state", "static", "steady", "the", "then",
    "to", "training", "up", "warm", "warmup", "x", "zone", "h", "k", "session", "interval", "slow", "with", "dog",
    "general", "cool", "down", "cooldown", "full", "body", "rest", "day", "off", "active", "recovery", "optional",
    "low", "intensity", "high", "work", "if", "you", "want",
})
# fmt: on
_WORD = re.compile(r"[a-z]+")


def is_title(text: str) -> bool:
    """Whether a text is what people call sessions: `Push`, `Upper body A`, `Chest & triceps`, `Legs 2`."""
    found = _WORD.findall(text.lower())
    return 0 < len(found) <= 6 and all(word in _TITLE_WORDS for word in found)


def is_part(text: str) -> bool:
    """Whether a text is what people call parts of a session: `Warm-up`, `Main lifts`, `Accessories`."""
    found = _WORD.findall(text.lower())
    return 0 < len(found) <= 4 and all(word in _PART_WORDS for word in found)


def is_rest(text: str) -> bool:
    """Whether a text says that there is no training."""
    found = _WORD.findall(text.lower())
    return (bool(found) and all(word in _REST_WORDS for word in found) and found != ["full"]) or text.strip() in (
        "-",
        "x",
    )


def is_endurance(text: str) -> bool:
    """Whether a text is endurance, sport or stretching at large, which no rule counts."""
    found = _WORD.findall(text.lower())
    return any(word in _ENDURANCE for word in found) and all(
        word in _ENDURANCE or word in _ENDURANCE_COMPANY for word in found
    )
