"""Sessions while they are being read, line by line or row by row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from service.audits.reading.dose import together
from service.audits.reading.headings import Heading
from service.audits.reading.programme import IgnoredLine, ReadProgramme, ReadSession, UnreadPart

if TYPE_CHECKING:
    from service.audits.names.matching import Candidate
    from service.audits.reading.programme import Dose, ReadEntry, Source

PAIR = 2


@dataclass(frozen=True)
class Missed:
    """A part of the programme that may be training and was not understood."""

    source: Source
    reason: str
    sets: int | None
    candidates: tuple[Candidate, ...] = ()


@dataclass
class Draft:
    """A session that is still being read; it may stand for the same session on several days."""

    heading: Heading
    label: str | None
    pointer: str
    titled: bool = False
    """Opened by a title alone, without a weekday or a number."""
    place: str | None = None
    entries: list[ReadEntry] = field(default_factory=list)
    missed: list[tuple[int, Missed]] = field(default_factory=list)
    pairs: int = 0
    pending: tuple[Source, str] | None = None
    """What stands beside the heading without sets: a title when exercises follow, else an exercise itself."""

    def add(self, entry: ReadEntry) -> None:
        """The next entry."""
        self.entries.append(entry)

    def add_dose(self, dose: Dose) -> bool:
        """A dose on a line of its own belongs to the entry before it; False when there is none."""
        if not self.entries:
            return False
        last = self.entries[-1]
        taken = any("no number of sets" in remark for remark in last.dose.remarks)
        self.entries[-1] = replace(last, dose=dose if taken else together([last.dose, dose]))
        return True

    def miss(self, missed: Missed) -> None:
        """Something that counts in nothing, after the entries so far."""
        self.missed.append((len(self.entries), missed))

    @property
    def pairing(self) -> str:
        """The label of the latest pair made by a plus sign."""
        return f"pair {self.pairs}"

    def pair_with_last(self, source: Source) -> None:
        """Make a superset of the last entry and the next one."""
        self.pairs += 1
        if self.entries and self.entries[-1].source == source:
            self.entries[-1] = replace(self.entries[-1], superset=self.pairing)


@dataclass
class Drafts:
    """All sessions of a programme that is being read."""

    all: list[Draft] = field(default_factory=list)
    ignored: list[IgnoredLine] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    may_be_title: Source | None = None
    """A first line that reads like an exercise nobody knows: `Strong and simple 5x5` above the first heading."""
    _current: Draft | None = None

    def current(self, source: Source) -> Draft:
        """The session that is open; a new one without a heading when none is."""
        if self._current is None:
            self._current = self._new(Draft(Heading(), None, source.pointer))
        return self._current

    def resume(self, draft: Draft) -> None:
        """Go on with a session that was opened before."""
        self._current = draft

    def open(self, heading: Heading, label: str | None, source: Source) -> Draft:
        """The session of a heading: a new one, or the one with the same days, time and label."""
        for draft in self.all:
            same = (draft.heading.days, draft.heading.start) == (heading.days, heading.start)
            if same and (heading.days or draft.heading.label == heading.label) and label in (None, draft.label):
                self._current = draft
                return draft
        self._current = self._new(Draft(heading, label, source.pointer))
        return self._current

    def title(self, label: str, source: Source) -> None:
        """A title names the session just opened, opens the next one, or is a part of a session with its own day."""
        draft = self._current
        if draft is not None and not draft.entries and not draft.missed and draft.label is None:
            draft.label = label
        elif draft is None or draft.titled or not (draft.heading.days or draft.heading.label):
            self._current = self._new(Draft(Heading(label=label), label, source.pointer, titled=True))

    def _new(self, draft: Draft) -> Draft:
        self.all.append(draft)
        return draft

    def finished(self) -> ReadProgramme:
        """The programme as it was read. Sessions of several days are written out; those without entries are dropped."""
        self._put_title_aside()
        sessions: list[ReadSession] = []
        unread: list[UnreadPart] = []
        for draft in self.all:
            for heading in _per_day(draft.heading):
                where = len(sessions) if draft.entries else None
                unread += [
                    UnreadPart(m.source, m.reason, where, before, m.sets, m.candidates) for before, m in draft.missed
                ]
                if draft.entries:
                    sessions.append(_session(draft, heading))
                elif draft.missed:
                    break
        return ReadProgramme(tuple(sessions), tuple(unread), tuple(self.ignored), tuple(self.assumptions))

    def _put_title_aside(self) -> None:
        if len(self.all) < 2 or self.all[0].entries or self.all[0].label is not None or self.all[0].heading.days:
            return
        missed = self.all[0].missed
        if len(missed) == 1 and missed[0][1].source == self.may_be_title:
            self.ignored.insert(0, IgnoredLine(missed[0][1].source, "the title"))
            self.all.pop(0)


def _per_day(heading: Heading) -> list[Heading]:
    return [replace(heading, days=(day,)) for day in heading.days] or [heading]


def _session(draft: Draft, heading: Heading) -> ReadSession:
    pairs = Counter(entry.superset for entry in draft.entries)
    entries = tuple(
        entry if entry.superset is None or pairs[entry.superset] == PAIR else replace(entry, superset=None)
        for entry in draft.entries
    )
    return ReadSession(
        pointer=draft.pointer,
        entries=entries,
        label=draft.label,
        day=heading.days[0] if heading.days else None,
        start=heading.start,
        minutes=heading.minutes,
        place=draft.place,
    )
