"""What must hold between the records of a catalog. Each check yields every fault it finds and raises nothing."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from catalog.checks.defaults import check_defaults
from catalog.checks.exercises import check_exercises
from catalog.checks.goals import check_goals
from catalog.checks.identity import check_identity
from catalog.checks.ladders import check_ladders
from catalog.checks.references import check_references
from catalog.checks.vocabulary import check_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from catalog.faults import Fault
    from catalog.records import Records

CHECKS: tuple[Callable[[Records], Iterator[Fault]], ...] = (
    check_identity,
    check_references,
    check_exercises,
    check_ladders,
    check_vocabulary,
    check_defaults,
    check_goals,
)


def check_records(records: Records) -> Iterator[Fault]:
    """Every fault that all checks find in `records`."""
    return chain.from_iterable(check(records) for check in CHECKS)
