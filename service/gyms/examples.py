"""Requests for the documentation. The documented schedule is made by `python -m service.studies.examples schedules`."""

from __future__ import annotations

from typing import Any

from service.gyms.kind import SCHEDULES
from service.gyms.schemas import GYM, MEMBER

_THREE = SCHEDULES.examples["three"].request

GYMS: dict[str, dict[str, Any]] = {
    "racks": {"summary": "Two racks and a cable tower", "value": GYM},
    "bar": {"summary": "A bar and a bench for all", "value": _THREE["gym"]},
}
NEW_MEMBERS: dict[str, dict[str, Any]] = {
    "anna": {"summary": "Comes on Mondays and Thursdays", "value": MEMBER},
    "default": {"summary": "Whenever it is open", "value": {"id": "bert"}},
}
MEMBERS: dict[str, dict[str, Any]] = {
    name: {**example, "value": {key: value for key, value in example["value"].items() if key != "id"}}
    for name, example in NEW_MEMBERS.items()
}
STATION_CHANGES: dict[str, dict[str, Any]] = {"broken": {"summary": "One of two is broken", "value": {"count": 1}}}
WISHES: dict[str, dict[str, Any]] = {
    "default": {"summary": "Change as little as can be", "value": {}},
    "booked": {"summary": "Anna's week is booked", "value": {"booked": ["anna"]}},
    "anew": {"summary": "From the beginning", "value": {"keep": False, "solve": {"time_limit_seconds": 600}}},
}
