"""The real command, in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.testing import CliRunner

from service.cli import app

if TYPE_CHECKING:
    from typer.testing import Result

ROOT = Path(__file__).parents[3]
COMMAND = (sys.executable, "-m", "service")
PLAIN = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80", "PYTHONHASHSEED": "random"}
PLAIN.pop("FORCE_COLOR", None)

TWO_SESSIONS_WITH_BANDS: dict[str, Any] = {
    "week": {
        "starts_on": "2026-11-23",
        "slots": [{"id": "mon", "day": "monday", "minutes": 40}, {"id": "thu", "day": "thursday", "minutes": 40}],
    },
    "places": [{"id": "home", "equipment": "bands_only"}],
}
TOO_MANY_GLUTE_SETS: dict[str, Any] = {
    "athlete": {"experience": "beginner"},
    "week": {"slots": [{"id": "mon", "day": "monday", "minutes": 20}]},
    "rules": {"volume.weekly_min": {"glutes": 20}},
}


def at_once(*arguments: str) -> Result:
    """Run the command in this process: the same, but without the time it takes to start."""
    return CliRunner().invoke(app, list(arguments), env={"COLUMNS": "80"})


def counterpull(*arguments: str, request: object = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command with `request` as its standard input, 80 columns wide."""
    body = None if request is None else request if isinstance(request, str) else json.dumps(request)
    return subprocess.run(
        [*COMMAND, *arguments],
        input=body,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**PLAIN, **environment},
        timeout=90,
        check=False,
    )
