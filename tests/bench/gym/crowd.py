"""A gym and its members, drawn from a seed: as crowded with 6 as with 200, so that size alone is what grows.

There are so many stations to a member. Racks are scarce: at the hours that most come at, the weeks that everybody would
have alone want several times as many at once as there are.
"""

from __future__ import annotations

import json
import random
from functools import cache
from math import ceil
from typing import TYPE_CHECKING, Any

from solver.gym import GymProblem, Member, Station
from tests.golden.asking import problem_of

if TYPE_CHECKING:
    from solver.domain.problem import Problem

PLACE, RACK = "gym", "rack"
DAYS = (
    ("monday", "wednesday", "friday"),
    ("tuesday", "thursday", "saturday"),
    ("monday", "wednesday", "friday"),
    ("monday", "thursday", "saturday"),
)
STARTS = ("06:30", "12:00", "17:00", "17:30", "18:00", "18:30", "19:00")
CROWDS = (2, 1, 3, 3, 5, 3, 3)
"""How many come at each of these hours, of 20."""
MINUTES = (45, 60, 60, 75)
LEVELS = ("beginner", "intermediate", "intermediate", "advanced")
GOALS = ("general", "hypertrophy", "strength")
WISHES: tuple[dict[str, Any], ...] = (
    {},
    {},
    {"priorities": {"glutes": 3, "latissimus_dorsi": 3}},
    {"avoid": {"stress": ["overhead"]}},
    {"avoid": {"patterns": ["lunge"]}},
)
STATIONS: tuple[tuple[str, tuple[str, ...], int], ...] = (
    (RACK, ("rack", "barbell"), 30),
    ("platform", ("barbell",), 30),
    ("flat bench", ("flat_bench",), 15),
    ("bench", ("adjustable_bench", "flat_bench"), 15),
    ("cables", ("cable_machine",), 15),
    ("bar", ("pull_up_bar",), 15),
    ("pulldown", ("lat_pulldown_machine",), 30),
    ("row", ("seated_row_machine",), 30),
    ("leg press", ("leg_press_machine",), 30),
    ("leg curl", ("leg_curl_machine",), 30),
    ("leg extension", ("leg_extension_machine",), 30),
    ("calf raise", ("calf_raise_machine",), 30),
    ("back extension", ("back_extension_bench", "glute_ham_bench"), 30),
    ("smith machine", ("smith_machine",), 30),
)
"""Stations, what they provide, and how many members there are to each; of every kind there is one at least."""


def gym_of(members: int, seed: int = 1, racks: int | None = None) -> GymProblem:
    """A gym of so many members; the first ones of a larger gym are those of a smaller one.

    `racks`: how many, where not in proportion to the members.
    """
    counts = {name: ceil(members / each) for name, _, each in STATIONS}
    if racks is not None:
        counts[RACK] = racks
    stations = tuple(Station(name, frozenset(items), counts[name]) for name, items, _ in STATIONS)
    return GymProblem({PLACE: stations}, tuple(member_of(number, seed) for number in range(members)))


def member_of(number: int, seed: int = 1) -> Member:
    """Three sessions a week at an hour of his own."""
    draw = random.Random(f"member {seed} {number}")
    start, minutes, days = draw.choices(STARTS, CROWDS)[0], draw.choice(MINUTES), draw.choice(DAYS)
    athlete = {"experience": draw.choice(LEVELS), "goal": draw.choice(GOALS), **draw.choice(WISHES)}
    slots = [{"id": day[:3], "day": day, "start": start, "minutes": minutes, "place": PLACE} for day in days]
    body = {"athlete": athlete, "places": [{"id": PLACE, "equipment": "full_gym"}], "week": {"slots": slots}}
    return Member(f"member {number + 1}", _resolved(json.dumps(body)))


@cache
def _resolved(body: str) -> Problem:
    return problem_of(json.loads(body))
