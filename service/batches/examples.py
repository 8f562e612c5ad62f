"""Requests and answers for the documentation."""

from __future__ import annotations

import json
from typing import Any

from service.batches.schemas import ID

LINES: tuple[dict[str, Any], ...] = (
    {"ref": "member-17", "week": {"starts_on": "2026-11-23"}},
    {"ref": "member-18", "athlete": {"experience": "beginner"}, "places": [{"id": "home", "equipment": "bands_only"}]},
    {"ref": "member-19", "athlete": {"priorities": {"glutes": 9}}},
)
BODY = "".join(json.dumps(line) + "\n" for line in LINES)
RESULTS = (
    '{"line": 1, "ref": "member-17", "status": "optimal", "plan": "0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1", '
    '"answer": {"id": "0199f4a2-7c3e-7d10-9a51-3c2f7be0a4d1", "status": "optimal"}, "problem": null}\n'
)
"""Abridged: the answer is the whole plan."""


def _batch(status: str, **counts: int) -> dict[str, Any]:
    names = ("refused", "waiting", "queued", "running", "optimal", "feasible", "infeasible", "timed_out", "cancelled")
    every = {**dict.fromkeys((*names, "failed", "deleted"), 0), **counts}
    left = every["waiting"] + every["queued"] + every["running"]
    return {
        "id": ID,
        "status": status,
        "created_at": "2026-11-20T09:15:00.000+00:00",
        "lines": len(LINES),
        "finished": len(LINES) - left,
        "counts": every,
    }


def batch_examples() -> tuple[dict[str, Any], dict[str, Any]]:
    """The batch of `BODY` when it is over, and when it was just sent."""
    over = {"done": {"summary": "A batch that is over", "value": _batch("done", refused=1, optimal=2)}}
    begun = {"sent": {"summary": "A batch that was just sent", "value": _batch("running", refused=1, waiting=2)}}
    return over, begun
