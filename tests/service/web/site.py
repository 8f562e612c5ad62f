"""The service that the browser talks to, with plans to look at."""

from __future__ import annotations

import json
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

from service.settings import Settings
from tests.service.running import WAITING, on_a_socket

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SMALL: dict[str, Any] = {
    "places": [{"id": "home", "equipment": "bands_only"}],
    "week": {
        "starts_on": "2026-11-23",
        "timezone": "Europe/London",
        "slots": [{"id": "mon", "day": "monday", "minutes": 30}, {"id": "thu", "day": "thursday", "minutes": 30}],
    },
    "solve": {"time_limit_seconds": 60, "gap": 0.5, "workers": 1},
}
"""A request that is answered quickly."""
GYM: dict[str, Any] = {
    "places": [{"id": "gym", "equipment": "full_gym"}],
    "week": {
        "starts_on": "2026-11-23",
        "timezone": "Europe/London",
        "slots": [
            {"id": day[:3], "day": day, "start": start, "minutes": 60}
            for day, start in (("monday", "18:00"), ("wednesday", "07:00"), ("friday", "18:00"))
        ],
    },
    "supersets": True,
    "solve": {"time_limit_seconds": 10, "workers": 2},
}
"""A request for a week worth looking at; takes its ten seconds."""


@dataclass(frozen=True)
class Site:
    """A running service. Nobody's plans are in the way of anybody's: each test asks for its own, or only looks."""

    url: str
    client: httpx.Client
    database: Path
    """The file that it keeps everything in."""
    _solved: dict[str, dict[str, Any]] = field(default_factory=dict)

    def solved(self, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """The finished plan of a request, by default the small one; each request is searched for once."""
        asked = SMALL if body is None else body
        key = json.dumps(asked, sort_keys=True)
        if key not in self._solved:
            answer = self.client.post("/v1/plans", json=asked, headers=WAITING)
            assert answer.status_code == 200, answer.text
            self._solved[key] = answer.json()
        return self._solved[key]


@contextmanager
def running(folder: Path, **settings: Any) -> Iterator[Site]:
    """A service with its database in the folder; `settings` beside those of all tests."""
    usual: dict[str, Any] = {
        "database_url": f"sqlite:///{folder / 'plans.db'}",
        "max_concurrent_solves": 1,
        "requests_per_minute": 0,
        "plans_per_minute": 0,
    }
    with (
        on_a_socket(Settings(**{**usual, **settings})) as url,
        closing(httpx.Client(base_url=url, timeout=100)) as client,
    ):
        yield Site(url, client, folder / "plans.db")
