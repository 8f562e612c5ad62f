"""Changes from one week to another as a page lists them: what goes and what comes, session by session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from service.plans.phrases import counted
from service.web.parts.certificate import in_signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from service.web.pages.sessions import SlotName
    from solver.domain.change import ChangeKind

WORDS: Mapping[ChangeKind, str] = {
    "drop": "Out",
    "sets": "Sets",
    "swap": "Swap",
    "move": "Move",
    "add": "New",
    "open": "New session",
    "close": "No session",
    "order": "Order",
}
"""What happens, as the mark of a line."""


class Entry(Protocol):
    """An entry before or after a change."""

    @property
    def slot(self) -> str: ...
    @property
    def exercise(self) -> str: ...
    @property
    def sets(self) -> int: ...


class Change(Protocol):
    """A change, whichever answer tells of it."""

    @property
    def kind(self) -> ChangeKind: ...
    @property
    def slot(self) -> str: ...
    @property
    def before(self) -> Entry | None: ...
    @property
    def after(self) -> Entry | None: ...


@dataclass(frozen=True)
class ChangeLine:
    """One change. `before` and `after` are empty where nothing goes or comes."""

    kind: ChangeKind
    word: str
    before: str
    after: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class ChangedSession:
    """The changes in one session."""

    name: SlotName | None
    slot: str
    lines: tuple[ChangeLine, ...]
    given: tuple[str, ...]
    """Entries that were not done: they have happened, and were not decided."""


def changed_sessions(
    changes: Iterable[Change], names: Mapping[str, SlotName], exercises: Mapping[str, str]
) -> tuple[ChangedSession, ...]:
    """The changes by session, in the order in which they are told. `exercises` are names by id."""
    by_slot: dict[str, list[Change]] = {}
    for change in changes:
        by_slot.setdefault(change.slot, []).append(change)
    return tuple(_session(slot, told, names, exercises) for slot, told in by_slot.items())


def _session(
    slot: str, changes: Sequence[Change], names: Mapping[str, SlotName], exercises: Mapping[str, str]
) -> ChangedSession:
    given = [change for change in changes if getattr(change, "given", False)]
    return ChangedSession(
        name=names.get(slot),
        slot=slot,
        lines=tuple(_line(change, names, exercises) for change in changes if change not in given),
        given=tuple(_entry(change.before, exercises) for change in given if change.before is not None),
    )


def _line(change: Change, names: Mapping[str, SlotName], exercises: Mapping[str, str]) -> ChangeLine:
    before, after = _entry(change.before, exercises), _entry(change.after, exercises)
    if change.kind == "sets" and change.after is not None:
        after = counted(change.after.sets, "set")
    if change.kind == "move" and change.after is not None:
        to = names.get(change.after.slot)
        sets = "" if _same_sets(change) else f", {counted(change.after.sets, 'set')}"
        after = f"{change.after.slot if to is None else to.day}{sets}"
    reasons: Sequence[str] = [in_signs(reason.statement) for reason in getattr(change, "reasons", ())]
    return ChangeLine(change.kind, WORDS[change.kind], before, after, tuple(dict.fromkeys(reasons)))


def _same_sets(change: Change) -> bool:
    return change.before is not None and change.after is not None and change.before.sets == change.after.sets


def _entry(entry: Entry | None, exercises: Mapping[str, str]) -> str:
    if entry is None:
        return ""
    return f"{exercises.get(entry.exercise, entry.exercise)}, {counted(entry.sets, 'set')}"
