"""Where the numbers of a week come from: which entries count for a muscle or for a rule, and for how much."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from catalog.schema import QUARTERS_PER_SET
from service.errors import RequestError
from service.plans.reading import plan_of, problem_of
from service.terminal.words import number
from service.web.parts.entries import entry_key
from solver.audit.evidence import evidence
from solver.audit.followed import FollowedEntry, FollowedSession, FollowedWeek
from solver.verifier.facts import Facts, digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from catalog.catalog import Catalog
    from service.plans.schemas.response import EntryResponse, PlanResponse, SessionResponse


@dataclass(frozen=True)
class Share:
    """What one entry adds to a number."""

    key: str
    """Name of the entry on the page."""
    day: str
    name: str
    amount: float
    side: str = ""
    """Which figure of a rule it adds to, where there are several."""


@dataclass(frozen=True)
class Traced:
    """A number with the entries that it comes from; none where they cannot be told."""

    value: float
    unit: str = ""
    shares: tuple[Share, ...] = ()

    @property
    def text(self) -> str:
        """The number for a reader."""
        return number(self.value)

    @property
    def keys(self) -> str:
        """The entries for `data-entries`."""
        return " ".join(share.key for share in self.shares)

    @property
    def adds_up(self) -> bool:
        """Whether the amounts make up the number: rules that count movements count no sets."""
        return sum(share.amount for share in self.shares) == self.value


class Tracing:
    """The entries behind the numbers of a plan that has a week.

    Where the present catalog does not understand the plan any more there is nothing to tell: every trace is empty.
    """

    def __init__(self, plan: PlanResponse, catalog: Catalog) -> None:
        assert plan.week is not None
        self._sessions = plan.week.sessions
        self.facts: Facts | None = _facts(plan, catalog)
        """The week as the verifier reads it."""

    def muscle(self, muscle: str, value: float) -> Traced:
        """The weekly sets of a muscle."""
        return Traced(value, "sets", tuple(self._by_muscle.get(muscle, ())))

    def side(self, rule: str, side: str, value: float, unit: str) -> Traced:
        """One figure of a rule of the guide, as `solver.audit.evidence` calls it."""
        return Traced(value, unit, tuple(self._by_side.get((rule, side), ())))

    def rule(self, rule: str) -> tuple[Share, ...]:
        """Every entry that counts for a rule of the guide, on whichever side; none for other rules."""
        return tuple(share for (of, _), shares in self._by_side.items() if of == rule for share in shares)

    @cached_property
    def _by_muscle(self) -> Mapping[str, list[Share]]:
        found: dict[str, list[Share]] = defaultdict(list)
        if self.facts is None:
            return found
        by_id = self.facts.problem.exercise_by_id
        for key, session, entry in _placed(self._sessions):
            for muscle, quarters in by_id[entry.exercise].volume_quarters.items():
                amount = entry.sets * quarters / QUARTERS_PER_SET
                found[muscle].append(Share(key, session.day.capitalize(), entry.name, amount))
        return found

    @cached_property
    def _by_side(self) -> Mapping[tuple[str, str], list[Share]]:
        found: dict[tuple[str, str], list[Share]] = defaultdict(list)
        if self.facts is None:
            return found
        placed = list(_placed(self._sessions))
        for each in evidence(self.facts.problem, _followed(self._sessions)):
            key, session, entry = placed[each.entry.sources[0]]
            share = Share(key, session.day.capitalize(), entry.name, float(each.amount), each.side)
            found[each.rule, each.side].append(share)
        return found


def _facts(plan: PlanResponse, catalog: Catalog) -> Facts | None:
    assert plan.week is not None
    try:
        problem = problem_of(plan, catalog)
    except RequestError:
        return None
    facts = digest(problem, plan_of(plan.week))
    return None if facts.faults else facts


def _placed(sessions: list[SessionResponse]) -> Iterator[tuple[str, SessionResponse, EntryResponse]]:
    """Every entry of the week in order, with its name on the page."""
    for number_, session in enumerate(sessions):
        for position, entry in enumerate(session.entries):
            yield entry_key(number_, position), session, entry


def _followed(sessions: list[SessionResponse]) -> FollowedWeek:
    """The week with every entry marked by its number, counted from 0."""
    marks = iter(range(sum(len(session.entries) for session in sessions)))
    return FollowedWeek(
        tuple(
            FollowedSession(
                session.slot,
                tuple(
                    FollowedEntry(e.exercise, e.sets, tuple(e.equipment), e.superset, (next(marks),))
                    for e in session.entries
                ),
            )
            for session in sessions
        )
    )
