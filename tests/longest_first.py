"""The order in which files of tests are shared out among processes: the longest first, so that none is left to the end.

A process that has a long file to itself when the others have nothing left is all that the run still waits for.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

HERE = Path(__file__).parent
LONGEST = (
    "golden/test_golden.py",
    "service/test_schema.py",
    "service/jobs/test_workers.py",
    "solver/test_search.py",
    "service/cli/test_fleet.py",
    "solver/repair/test_repair.py",
    "service/webhooks/test_webhooks.py",
    "solver/test_loopholes.py",
    "service/cli/test_serve.py",
    "service/plans/suggestions/test_suite.py",
    "service/cli/test_beside.py",
    "properties/test_random_requests.py",
    "service/booking/test_week.py",
    "solver/test_pipeline.py",
    "service/plans/test_jobs.py",
    "solver/explain/test_cases.py",
    "service/cli/test_plan.py",
    "solver/test_brute_force_supersets.py",
    "service/batches/test_batches.py",
    "service/booking/test_guide.py",
    "service/clients/test_clients.py",
    "solver/test_explain.py",
    "service/replans/test_events.py",
)
"""Files that take about twenty seconds or more, those of minutes first. Those that compute and those that mostly wait
for other processes stand in turn, so that what runs at a time is of both kinds; the order of all others is free."""

_RANK = {HERE / file: rank for rank, file in enumerate(LONGEST)}


def longest_first(items: list[pytest.Item]) -> None:
    """Sort tests by their files. Raises FileNotFoundError for a file of the list that is not there any more."""
    for file in _RANK:
        file.stat()
    items.sort(key=lambda item: _RANK.get(item.path, len(_RANK)))
