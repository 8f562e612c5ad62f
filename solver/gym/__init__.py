"""A gym to be shared by many: weeks and times for its members, so that no more stations are in use than exist.

`schedule` finds them, `check_schedule` checks any, `station_use` says how full the stations get.
"""

from __future__ import annotations

from solver.gym.domain import (
    GymProblem,
    Member,
    Station,
    TimedEntry,
    TimedSession,
    Timetable,
    ToldEntry,
    ToldSession,
)
from solver.gym.outcome import Alone, BrokenPinError, GymStats, MemberWeek, Moved, PinnedClash, Scheduled, Unplaced
from solver.gym.roster import GymBudget
from solver.gym.scheduling import schedule
from solver.gym.verifier import Fault, StationUse, check_schedule, station_use

__all__ = [
    "Alone",
    "BrokenPinError",
    "Fault",
    "GymBudget",
    "GymProblem",
    "GymStats",
    "Member",
    "MemberWeek",
    "Moved",
    "PinnedClash",
    "Scheduled",
    "Station",
    "StationUse",
    "TimedEntry",
    "TimedSession",
    "Timetable",
    "ToldEntry",
    "ToldSession",
    "Unplaced",
    "check_schedule",
    "schedule",
    "station_use",
]
