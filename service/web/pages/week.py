"""The week: sessions as columns, entries in order of doing, minutes used against allowed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.plans.formats.report import dose_of
from service.terminal.alternation import Step, steps
from service.terminal.words import effort, short_rule
from service.web.parts.entries import entry_key
from service.web.parts.figures import Figures, figures_of

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from service.plans.schemas import PlanResponse
    from service.plans.schemas.response import EntryResponse, SessionResponse

_ENDINGS = {
    "optimal": "Proven best: no other week does better.",
    "feasible": "Keeps every rule. Time ran out before it was proven best.",
    "cancelled": "Keeps every rule. The search was stopped before its end.",
}
_NEVER_SEARCHED = "Keeps every rule. No better week was looked for."
_SCORE_PROVEN = "Keeps every rule, and no week scores more. Time ran out over finer preferences."


@dataclass(frozen=True)
class EntryView:
    """One line of a session."""

    key: str
    """Name of the entry on the page, as `data-entries` gives it."""
    mark: str
    """`3`, or `A1` and `A2` in a superset."""
    position: str
    """Of a superset `first` and `last`, else empty."""
    name: str
    dose: str
    effort: str
    rest: str
    """What follows each set: `90 s`, `to A2`, or `-`."""
    equipment: str
    cue: str
    serves: tuple[str, ...]
    entry: EntryResponse


@dataclass(frozen=True)
class SessionView:
    """One column."""

    key: str
    slot: str
    day: str
    date: str | None
    """RFC 3339 start; None in a week without dates."""
    start: str
    place: str
    seconds: int
    limit_seconds: int
    entries: tuple[EntryView, ...]

    @property
    def keys(self) -> str:
        """Its entries for `data-entries`."""
        return " ".join(line.key for line in self.entries)

    @property
    def between_seconds(self) -> int:
        """What is no entry's own: warm-up, ramp-up sets and changes of exercise, less what supersets save."""
        return self.seconds - sum(line.entry.seconds for line in self.entries)


@dataclass(frozen=True)
class WeekPage:
    """A plan that has a week."""

    plan: PlanResponse
    ending: str
    sessions: tuple[SessionView, ...]
    starts_on: str | None
    figures: Figures

    @property
    def sets(self) -> int:
        """All sets of the week."""
        return sum(entry.entry.sets for session in self.sessions for entry in session.entries)

    @property
    def seconds(self) -> int:
        """All sessions together."""
        return sum(session.seconds for session in self.sessions)


def week_page(plan: PlanResponse, catalog: Catalog) -> WeekPage:
    """The page of a plan that has a week."""
    assert plan.week is not None
    asked: Any = plan.resolved["week"]
    return WeekPage(
        plan=plan,
        ending=_ending(plan),
        sessions=tuple(_session(number, session, catalog) for number, session in enumerate(plan.week.sessions)),
        starts_on=asked["starts_on"],
        figures=figures_of(plan, catalog),
    )


def _ending(plan: PlanResponse) -> str:
    """How the search ended, if there was one. With its score proven, what was left to prove are finer preferences."""
    if plan.origin is not None and plan.origin.kind == "audit":
        return _NEVER_SEARCHED
    proven = plan.status == "feasible" and plan.score is not None and plan.score.gap == 0
    return _SCORE_PROVEN if proven else _ENDINGS[plan.status]


def typeset(text: str) -> str:
    """A dose as print has it: `3 × 8–12` for `3 x 8-12`."""
    return re.sub(r"(?<=\d)-(?=\d)", "–", text.replace(" x ", " × "))


def _rest(text: str) -> str:
    """What follows a set, long rests in minutes: `2 min 30 s` for `150 s`."""
    found = re.fullmatch(r"(\d+) s", text)
    seconds = int(found[1]) if found else 0
    return text if seconds < 120 else f"{seconds // 60} min {seconds % 60} s"


def _session(number: int, session: SessionResponse, catalog: Catalog) -> SessionView:
    return SessionView(
        key=f"s{number}",
        slot=session.slot,
        day=session.day.capitalize(),
        date=session.starts_at,
        start=session.start,
        place=session.place,
        seconds=session.seconds,
        limit_seconds=session.limit_seconds,
        entries=tuple(
            _entry(entry_key(number, position), step, catalog) for position, step in enumerate(steps(session.entries))
        ),
    )


def _entry(key: str, step: Step, catalog: Catalog) -> EntryView:
    entry = step.entry
    items = [catalog.equipment[item].name for item in entry.equipment if item != "none" and item in catalog.equipment]
    paired = not step.mark.isdigit()
    return EntryView(
        key=key,
        mark=step.mark,
        position=("first" if step.mark.endswith("1") else "last") if paired else "",
        name=entry.name,
        dose=typeset(dose_of(entry, catalog)),
        effort=typeset(effort(entry)),
        rest=_rest(step.rest),
        equipment=", ".join(items),
        cue=entry.cue,
        serves=tuple(short_rule(rule) for rule in entry.serves),
        entry=entry,
    )
