"""What a week costs its athlete, as whole numbers: time, sessions, work, fatigue and equipment. Less is cheaper.

Pure functions of a problem and a plan of it. Every exercise and slot of the plan must be known (KeyError).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from solver.domain.pricing import PricedEntry, session_seconds
from solver.domain.supersets import waited_for

if TYPE_CHECKING:
    from collections.abc import Collection

    from catalog.schema import Exercise
    from solver.domain.plan import Plan, Session
    from solver.domain.problem import Problem

NO_EQUIPMENT = "none"
"""The item that stands everywhere and is no equipment."""
FREE_ITEMS = 6
"""So many different pieces of equipment in a session are no trouble."""


def seconds_of_session(problem: Problem, session: Session) -> int:
    """Length of a session in seconds (`time.session`); an empty one takes none."""
    rules = problem.rules
    # A label that does not stand on exactly two entries is no pair and saves nothing.
    labels = Counter(entry.superset for entry in session.entries)
    priced = [
        PricedEntry(
            problem.exercise_by_id[entry.exercise], entry.sets, entry.superset if labels[entry.superset] == 2 else None
        )
        for entry in session.entries
    ]
    return session_seconds(priced, warmup_seconds=rules.warmup_seconds, changeover_seconds=rules.changeover_seconds)


def total_seconds(problem: Problem, plan: Plan) -> int:
    """Length of all sessions together, in seconds."""
    return sum(seconds_of_session(problem, session) for session in plan.sessions)


def session_count(plan: Plan) -> int:
    """How many sessions the week has."""
    return len(plan.sessions)


def total_sets(plan: Plan) -> int:
    """Sets of the week, drills included."""
    return sum(entry.sets for session in plan.sessions for entry in session.entries)


def exercises_used(plan: Plan) -> frozenset[str]:
    """Ids of the different exercises of the week."""
    return frozenset(entry.exercise for session in plan.sessions for entry in session.entries)


def fatigue_per_set(exercise: Exercise) -> int:
    """Fatigue points of one set: how much it tires the whole body, 0 to 3 (`systemic_fatigue` of the catalog)."""
    return exercise.systemic_fatigue


def systemic_fatigue(problem: Problem, plan: Plan) -> int:
    """Fatigue points of the week: over all entries, sets times `fatigue_per_set`."""
    return sum(
        entry.sets * fatigue_per_set(problem.exercise_by_id[entry.exercise])
        for session in plan.sessions
        for entry in session.entries
    )


def equipment_used(plan: Plan) -> frozenset[str]:
    """The different items that the week's entries are done with, wherever they stand; `none` is no item."""
    items = {item for session in plan.sessions for entry in session.entries for item in entry.equipment}
    return frozenset(items - {NO_EQUIPMENT})


def items_beyond(used: Collection[str]) -> int:
    """How many of the items that a session uses are more than the free ones."""
    return max(0, len(waited_for(used)) - FREE_ITEMS)
