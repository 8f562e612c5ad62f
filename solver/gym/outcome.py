"""What comes out of scheduling a gym: everybody's week with its times, and what sharing costs each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from solver.objective.score import relative_gap

if TYPE_CHECKING:
    from fractions import Fraction

    from solver.domain.plan import Plan
    from solver.gym.domain import GymProblem, Timetable


@dataclass(frozen=True)
class Alone:
    """A member's best week with the gym to himself: its score, and what no week as good at the minima scores above."""

    plan: Plan
    score: float
    bound: float
    shortfall: int
    """Below minima and targets together."""
    minima: int
    """Below the minima."""


@dataclass(frozen=True)
class MemberWeek:
    """A member's week in the schedule. `pinned`: it stood, and counts as his week alone too."""

    member: str
    plan: Plan
    score: float
    minima: int
    alone: Alone
    pinned: bool = False

    @property
    def lost(self) -> float:
        """The share of the score alone that sharing costs; 0 where it costs nothing."""
        return max(0.0, round(1 - self.score / self.alone.score, 6)) if self.alone.score else 0.0


Reason = Literal["infeasible", "timed_out", "no_room"]


@dataclass(frozen=True)
class Unplaced:
    """A member without a week. `infeasible`: proven that he has none, whoever else trains; `timed_out`: none was found
    in the budget; `no_room`: none was found beside the others, which is no proof that there is none."""

    member: str
    reason: Reason


WhyMoved = Literal["no_station", "not_possible"]


@dataclass(frozen=True)
class Moved:
    """A pinned session that does not keep the times that its member was told.

    `no_station`: with all that is pinned there are too few stations for it; `not_possible`: the session cannot be done
    at those times, or at those stations, whoever else trains.
    """

    member: str
    slot: str
    reason: WhyMoved


@dataclass(frozen=True)
class GymStats:
    """How the schedule was found."""

    seconds: float
    alone_seconds: float
    """Of them, for everybody's week alone."""
    rounds: int
    solves: int
    """Weeks searched, those alone included."""


@dataclass(frozen=True)
class Scheduled:
    """Weeks that were checked with their times: each keeps its member's rules, and all together the stations' counts.

    `score` and `bound` sum over the members that have a week. The bound is that of everybody alone: no weeks that are
    as good at everybody's minima sum up to more, whatever they share.
    """

    gym: GymProblem
    weeks: tuple[MemberWeek, ...]
    timetable: Timetable
    unplaced: tuple[Unplaced, ...]
    stats: GymStats
    moved: tuple[Moved, ...] = ()
    """Of the sessions whose times were told, those that have others now."""

    @property
    def score(self) -> float:
        return round(sum(week.score for week in self.weeks), 4)

    @property
    def bound(self) -> float:
        return round(sum(week.alone.bound for week in self.weeks), 4)

    @property
    def gap(self) -> float:
        """|bound - score| / max(|bound|, |score|)."""
        return relative_gap(self.score, self.bound)

    @property
    def alone(self) -> float:
        """What the members come to, each alone."""
        return round(sum(week.alone.score for week in self.weeks), 4)

    @property
    def most_lost(self) -> float:
        """The largest share that anybody loses against training alone."""
        return max((week.lost for week in self.weeks), default=0.0)

    @property
    def is_fair(self) -> bool:
        """Whether nobody loses more than the gym allows."""
        limit: Fraction = self.gym.most_lost
        return all(week.lost <= float(limit) + 1e-6 for week in self.weeks)


@dataclass(frozen=True)
class PinnedClash:
    """For sessions that share a place at one time (member, slot) no times were found in which the pinned ones stand."""

    place: str
    sessions: tuple[tuple[str, str], ...]


class BrokenPinError(ValueError):
    """A pinned week breaks a rule of its member: nothing can be booked around it."""

    def __init__(self, member: str, statements: tuple[str, ...]) -> None:
        super().__init__(f"the pinned week of '{member}' breaks its rules: {' '.join(statements)}")
        self.member, self.statements = member, statements
