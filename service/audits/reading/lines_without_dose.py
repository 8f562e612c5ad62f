"""What a line is that has no sets and names no exercise: a title, a part of a session, a rest day, endurance work."""

from __future__ import annotations

import re

# fmt: off
_TITLE_WORDS = frozenset({
    "a", "abs", "accessory", "active", "and", "anterior", "arm", "arms", "assistance", "b", "back", "basics", "bench",
    "bi", "biceps", "big", "bis", "body", "bodybuilding", "c", "calves", "chain", "chest", "conditioning", "core",
    "d", "day", "days", "deadlift", "deadlifts", "deload", "delts", "dominant", "dynamic", "e", "effort", "f",
    "focus", "focused", "full", "glute", "glutes", "gym", "hamstrings", "heavy", "hinge", "hinges", "hip", "home",
    "horizontal", "hypertrophy", "knee", "lats", "leg", "legs", "lifts", "light", "limbs", "lower", "machines", "max",
    "medium", "mobility", "posterior", "power", "press", "presses", "program", "programme", "pull", "pulling",
    "pulls", "push", "pushing", "quad", "quads", "recovery", "rehab", "routine", "rows", "session", "shoulder",
    "shoulders", "speed", "split", "squat", "squats", "strength", "technique", "the", "torso", "total", "training",
    "traps", "tri", "triceps", "tris", "upper", "variation", "variations", "vertical", "volume", "weights", "whole",
    "work", "workout",
})
_NEVER_AN_EXERCISE = frozenset({
    "and", "basics", "big", "day", "days", "dynamic", "effort", "focus", "focused", "heavy", "light", "medium",
    "session", "speed", "split", "technique", "training", "volume", "work", "workout",
})
_PART_WORDS = frozenset({
    "a", "abs", "accessories", "accessory", "activation", "assistance", "b", "block", "c", "cardio", "circuit",
    "compound", "compounds", "conditioning", "cool", "cooldown", "core", "d", "down", "drills", "exercises",
    "finisher", "finishers", "giant", "isolation", "lift", "lifts", "main", "metcon", "mobility", "movement",
    "optional", "part", "power", "prehab", "prep", "primary", "rehab", "secondary", "section", "series", "set",
    "skill", "strength", "stretch", "stretching", "super", "superset", "supersets", "the", "trunk", "up", "warm",
    "warmup", "work",
})
_REST_WORDS = frozenset({
    "active", "and", "complete", "day", "days", "free", "full", "no", "none", "nothing", "off", "or", "recovery",
    "rest", "rest/off", "sleep", "training",
})
_ENDURANCE = frozenset({
    "aerobic", "aerobics", "airdyne", "assault", "bike", "biking", "boxing", "cardio", "climbing", "cross", "cycle",
    "cycling", "elliptical", "erg", "foam", "football", "hiit", "hike", "hiking", "intervals", "jacks", "jog",
    "jogging", "jump", "jumping", "liss", "pilates", "ride", "rolling", "rope", "rower", "rowing", "run", "running",
    "runs", "sauna", "skip", "skipping", "soccer", "spin", "spinning", "sport", "sports", "sprint", "sprints",
    "stair", "stairmaster", "stretching", "swim", "swimming", "tennis", "trainer", "treadmill", "walk", "walking",
    "walks", "yoga",
})
_ENDURANCE_COMPANY = frozenset({
    "a", "active", "and", "at", "body", "brisk", "class", "cool", "cooldown", "day", "dog", "down", "easy", "fast",
    "for", "full", "general", "h", "high", "hour", "hours", "hr", "if", "in", "incl", "incline", "intensity",
    "interval", "k", "km", "light", "long", "low", "m", "machine", "mile", "miles", "min", "mins", "minute",
    "minutes", "moderate", "of", "off", "on", "optional", "or", "outdoor", "outside", "pace", "park", "recovery",
    "rest", "rounds", "session", "short", "slow", "some", "state", "static", "steady", "the", "then", "to",
    "training", "up", "want", "warm", "warmup", "with", "work", "x", "you", "zone",
})
# fmt: on
_WORD = re.compile(r"[a-z]+")


def is_title(text: str) -> bool:
    """Whether a text is what people call sessions: `Push`, `Upper body A`, `Chest & triceps`, `Legs 2`."""
    found = _WORD.findall(text.lower())
    return 0 < len(found) <= 6 and all(word in _TITLE_WORDS for word in found)


def is_only_a_title(text: str) -> bool:
    """Whether a title has a word that no exercise has: `speed and squats`, but not `squats`."""
    return is_title(text) and any(word in _NEVER_AN_EXERCISE for word in _WORD.findall(text.lower()))


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
