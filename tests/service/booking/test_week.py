"""A short week at a booking system that never rests, with a worker killed, a feed in trouble and no receiver."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.booking_week import run

if TYPE_CHECKING:
    from pathlib import Path


def test_nobody_holds_a_place_that_is_not_there_and_nothing_is_lost(tmp_path: Path) -> None:
    """What is asserted is in `tests.bench.booking_week`; a longer one is `python -m tests.bench.booking_week`."""
    outcome = run(f"sqlite:///{tmp_path / 'plans.db'}", members=2, bursts=3, slots=6, seed=3)
    assert outcome.killed == 1
    assert outcome.replanned + outcome.failed >= 1
    assert outcome.messages >= outcome.events
