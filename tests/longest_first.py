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
    "solver/test_search.py",
    "service/test_schema.py",
    "solver/explain/test_cases.py",
    "solver/test_loopholes.py",
    "service/plans/suggestions/test_suite.py",
    "service/cli/test_serve.py",
    "properties/test_random_requests.py",
    "service/cli/test_plan.py",
    "service/cli/test_fleet.py",
    "service/jobs/test_workers.py",
    "service/webhooks/test_webhooks.py",
    "service/booking/test_guide.py",
    "service/cli/test_beside.py",
    "solver/pareto/test_goldens.py",
    "solver/variants/test_goldens.py",
    "solver/repair/test_repair.py",
    "service/booking/test_week.py",
    "service/clients/test_clients.py",
    "solver/gym/test_brute_force.py",
    "solver/test_pipeline.py",
)
"""Files that take about twenty seconds or more, those of minutes first; the order of all others does not matter."""

_RANK = {HERE / file: rank for rank, file in enumerate(LONGEST)}


def longest_first(items: list[pytest.Item]) -> None:
    """Sort tests by their files. Raises FileNotFoundError for a file of the list that is not there any more."""
    for file in _RANK:
        file.stat()
    items.sort(key=lambda item: _RANK.get(item.path, len(_RANK)))
