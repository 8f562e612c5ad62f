"""What a session costs in time: one price list for the model, the verifier and the response (rule `time.session`)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from catalog.schema import Exercise

SUPERSET_SAVING_PERCENT = 35
"""A superset never saves more than this share of its two entries' time (SUP-RCT: 36 % less time)."""


@dataclass(frozen=True)
class EntryPrice:
    """Seconds of an entry as a line: `fixed + per_set * sets`."""

    fixed_seconds: int
    seconds_per_set: int

    def seconds(self, sets: int) -> int:
        """Price of `sets` sets (1 or more)."""
        return self.fixed_seconds + self.seconds_per_set * sets


def entry_price(exercise: Exercise) -> EntryPrice:
    """Setup, work and the rests between sets; no rest after the last one."""
    return EntryPrice(
        fixed_seconds=exercise.setup_seconds - exercise.rest_seconds,
        seconds_per_set=exercise.seconds_per_set + exercise.rest_seconds,
    )


@dataclass(frozen=True)
class PricedEntry:
    """An exercise with its sets, as priced: two entries with the same `superset` label share their rests.

    A label that one entry has alone, or three have together, is no pair and saves nothing.
    """

    exercise: Exercise
    sets: int
    superset: str | None = None


def superset_saving_seconds(a: PricedEntry, b: PricedEntry) -> int:
    """Rest shared by alternating `a` and `b`, capped at a share of their time; the changeover inside the pair stays."""
    shared = min(a.exercise.rest_seconds, b.exercise.rest_seconds) * (min(a.sets, b.sets) - 1)
    together = entry_price(a.exercise).seconds(a.sets) + entry_price(b.exercise).seconds(b.sets)
    return min(shared, SUPERSET_SAVING_PERCENT * together // 100)


def session_seconds(entries: Sequence[PricedEntry], *, warmup_seconds: int, changeover_seconds: int) -> int:
    """Length of a session in seconds, from the general warm-up to the last set.

    Ramp-up sets (`warmup_seconds`) are paid once per pattern, at the dearest of its entries.
    """
    if not entries:
        return 0
    work = sum(entry_price(e.exercise).seconds(e.sets) for e in entries)
    by_pattern = groupby(sorted(entries, key=lambda e: e.exercise.pattern), key=lambda e: e.exercise.pattern)
    ramp_up = sum(max(e.exercise.warmup_seconds for e in group) for _, group in by_pattern)
    changeovers = changeover_seconds * (len(entries) - 1)
    labels = {e.superset for e in entries if e.superset is not None}
    pairs = ([e for e in entries if e.superset == label] for label in sorted(labels))
    savings = sum(superset_saving_seconds(*pair) for pair in pairs if len(pair) == 2)
    return warmup_seconds + work + ramp_up + changeovers - savings
