"""Plain lines: `Mon: bench press 4x8, pull-ups 3x6`, or headings with the exercises beneath them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from service.audits.limits import MAX_LINE_CHARACTERS, MAX_SETS
from service.audits.names.matching import PLAUSIBLE
from service.audits.reading.dose import find_doses, plain_signs
from service.audits.reading.fragments import Fragment, fragments
from service.audits.reading.headings import Heading, heading_of, week_of
from service.audits.reading.lines_without_dose import (
    is_endurance,
    is_only_a_title,
    is_part,
    is_rest,
    is_title,
)
from service.audits.reading.programme import Dose, IgnoredLine, ReadEntry, Source
from service.audits.reading.sessions import Draft, Drafts, Missed

if TYPE_CHECKING:
    from service.audits.names.index import NameIndex
    from service.audits.reading.programme import ReadProgramme

NOT_COUNTED = "endurance or stretching at large, which no rule counts"
USUAL_SETS = 3
"""Sets of an exercise for which the programme has no number."""

_BULLET = re.compile(r"^(?:[-*•–—·▪◦‣>]+|\[[ xX]?\])\s+|^[•·▪◦‣]\s*|^\d{1,2}[.)]\s+|^[A-Za-z][.)]\s+")
_MARKED = re.compile(r"^(?:(?P<letter>[A-Ha-h])\s?\d|(?P<digit>\d)[a-d])\s*[.):-]?\s+(?=[A-Za-z\d])")
_REMARK = re.compile(
    r"^(?:note|notes|nb|tip|tips|goal|comment|remember|focus|warning)\b\s*[:!-]|^//|^\(.*\)$|^>", re.IGNORECASE
)
_EMPHASIS = re.compile(r"\*\*|__|`|^#+\s*|\s*#+$|^=+\s*|\s*=+$|^-{2,}\s*|\s*-{2,}$")
_ROUNDS = re.compile(
    r"^(?:(?:circuit|superset|giant set|tri-?set|complete)\b\s*[-:,(]*\s*)?(?:x\s*)?(?P<rounds>\d{1,2})\s*"
    r"(?:rounds?|times(?: through)?|x|sets)(?:\s+(?:of|through))?\s*[:)]*$"
    r"|^(?:[a-z ]+\s)?circuit\s*\(?x\s*(?P<times>\d{1,2})\s*[:)]*$",
    re.IGNORECASE,
)
_WORDS_OF_PROSE = 7


@dataclass
class _Reader:
    """What has been read so far. `pointer` leads to the text in the request."""

    index: NameIndex
    pointer: str
    drafts: Drafts = field(default_factory=Drafts)
    rounds: int | None = None
    first_week: int | None = None
    in_other_week: bool = False
    seen_content: bool = False
    understood: set[int] = field(default_factory=set)
    """Lines that ended as something: no line is lost."""

    def line(self, number: int, written: str) -> None:
        """Read one line; every line ends as a heading, an entry, an ignored line or an unread one."""
        source = Source(number, self.pointer, written.strip()[:MAX_LINE_CHARACTERS])
        if len(written.strip()) > MAX_LINE_CHARACTERS:
            reason = f"the line has more than {MAX_LINE_CHARACTERS} characters"
            self._understand(source)
            self.drafts.current(source).miss(Missed(source, reason, None))
            return
        text = plain_signs(_EMPHASIS.sub("", source.text)).strip()
        if not text:
            self.rounds = None
            return
        opening, self.seen_content = not self.seen_content, True
        week = week_of(text)
        if week is not None:
            self._week(week[0])
            self._understand(source)
            text = week[1]
        if self.in_other_week:
            self._ignore(source, "another week: an audit reads one week")
        elif _REMARK.match(text):
            self._ignore(source, "a remark")
        elif text:
            self._content(source, text, opening=opening)
        if number not in self.understood:
            self._ignore(source, "nothing to count")

    def _understand(self, source: Source) -> None:
        if source.line is not None:
            self.understood.add(source.line)

    def _week(self, number: int) -> None:
        if self.first_week is None:
            self.first_week = 1 if any(draft.entries for draft in self.drafts.all) else number
        self.in_other_week = number != self.first_week

    def _content(self, source: Source, text: str, *, opening: bool) -> None:
        bulleted = _BULLET.match(text) is not None
        heading = heading_of(_BULLET.sub("", text) if bulleted else text)
        if heading is not None and self._opens_session(heading, text):
            self._heading(source, heading)
            return
        if not bulleted and self._title(source, text, opening=opening):
            return
        if opening and not bulleted:
            self.drafts.may_be_title = source
        self._body(source, text)

    def _opens_session(self, heading: Heading, text: str) -> bool:
        """`Sun salutation` starts like a day: a name that is an exercise as a whole is no heading."""
        return not any(f.match.exercise for f in fragments(text, self.index) if f.name and not heading.rest)

    def _heading(self, source: Source, heading: Heading) -> None:
        self._understand(source)
        self.rounds = None
        rest, label = heading.rest, heading.label
        title, colon, body = rest.partition(":")
        if not rest:
            self.drafts.open(heading, label, source)
            return
        bare = rest.strip("()[]:- ")
        if _has_no_dose(rest) and not is_rest(bare) and not is_endurance(bare) and self._may_be_title(bare):
            self.drafts.open(heading, _together(label, bare), source).pending = (source, rest)
            return
        if colon and _has_no_dose(title) and not self._is_exercise(title):
            label = None if is_part(title) else _together(label, title.strip("()[]- "))
            rest = body.strip()
        elif rest.startswith("(") and ")" in rest:
            inner, _, after = rest[1:].partition(")")
            if _has_no_dose(inner) and after.strip():
                label, rest = _together(label, inner), after.strip(" :-")
        if is_rest(rest):
            self._ignore(source, "a rest day")
            return
        self.drafts.open(heading, label, source)
        self._body(source, rest)

    def _may_be_title(self, text: str) -> bool:
        return is_only_a_title(text) or not any(f.match.exercise for f in fragments(text, self.index))

    def finish(self) -> ReadProgramme:
        """The programme; headings without anything beneath them are read for what stands beside them."""
        self.rounds = None
        for draft in list(self.drafts.all):
            if draft.pending is None:
                continue
            source, text = draft.pending
            if draft.entries or draft.missed:
                if self._is_exercise(text):
                    self._ignore(source, "taken for a title, because exercises follow")
                continue
            draft.label = None
            self.drafts.resume(draft)
            self._body(source, text)
        return self.drafts.finished()

    def _title(self, source: Source, text: str, *, opening: bool) -> bool:
        """Take a line for a title, a part of a session, or rounds; False when it is none of them."""
        bare = text.rstrip(":").strip()
        rounds = _ROUNDS.match(plain_signs(text))
        if rounds is not None:
            self.rounds = int(rounds["rounds"] or rounds["times"])
            self._understand(source)
            return True
        if not _has_no_dose(bare):
            return False
        headed = text.endswith(":") or source.text.startswith(("#", "**", "==", "__"))
        known = self._is_exercise(bare)
        if is_rest(bare):
            self._ignore(source, "a rest day")
        elif is_part(bare) and not known:
            self.rounds = None
        elif (is_title(bare) and (headed or not known)) or (headed and not known):
            self.rounds = None
            self.drafts.title(bare, source)
        elif opening and not known and not is_endurance(bare):
            self._ignore(source, "the title")
        else:
            return False
        self._understand(source)
        return True

    def _is_exercise(self, text: str) -> bool:
        return any(f.match.exercise for f in fragments(text, self.index))

    def _body(self, source: Source, text: str) -> None:
        """Exercises with their sets."""
        bare = _BULLET.sub("", text)
        mark = _MARKED.match(bare)
        group = None
        if mark is not None:
            group = (mark["letter"] or mark["digit"]).upper()
            bare = bare[mark.end() :]
        prefix, colon, rest = bare.partition(":")
        if colon and rest.strip() and (is_part(prefix) or is_title(prefix)) and not self._is_exercise(prefix):
            bare = rest.strip()
        found = fragments(bare, self.index)
        draft = self.drafts.current(source)
        if found and not found[0].name and found[0].dose is not None:
            dose = self._dose(found[0].dose)
            fault = too_many_or_few(dose)
            if fault is None and draft.add_dose(dose):
                self._understand(source)
            else:
                self._miss(draft, source, fault or "a number of sets without an exercise", found[0])
            found = found[1:]
        self._fragments(draft, source, found, group)

    def _fragments(self, draft: Draft, source: Source, found: list[Fragment], group: str | None) -> None:
        for position, fragment in enumerate(found):
            if fragment.paired and position:
                draft.pair_with_last(source)
            label = draft.pairing if fragment.paired else group
            dose = self._dose(fragment.dose)
            fault = too_many_or_few(dose)
            if fragment.match.exercise is not None and fault is None:
                draft.add(ReadEntry(source, fragment.name, fragment.match, dose, label))
                self._understand(source)
            elif fragment.match.exercise is not None:
                self._miss(draft, source, fault or "", Fragment(fragment.name, fragment.match, None))
            elif is_endurance(fragment.name):
                self._ignore(source, NOT_COUNTED)
            elif is_rest(fragment.name):
                self._ignore(source, "rest")
            elif is_part(fragment.name) and (fragment.dose is None or fragment.dose.sets is None):
                self._ignore(source, "a part of the session without an exercise")
            elif _reads_as_prose(fragment, source):
                self._ignore(source, "a remark")
            else:
                self._miss(draft, source, why_unmatched(fragment), fragment)

    def _dose(self, dose: Dose | None) -> Dose:
        """The dose with a number of sets, and a remark where the programme has none."""
        found = dose or Dose()
        if found.sets is not None:
            return found
        if self.rounds is not None:
            return replace(found, sets=self.rounds)
        return with_usual_sets(found)

    def _miss(self, draft: Draft, source: Source, reason: str, fragment: Fragment) -> None:
        self._understand(source)
        sets = None if fragment.dose is None else fragment.dose.sets or self.rounds
        draft.miss(Missed(source, reason, sets, fragment.match.candidates))

    def _ignore(self, source: Source, reason: str) -> None:
        self._understand(source)
        ignored = IgnoredLine(source, reason)
        if ignored not in self.drafts.ignored:
            self.drafts.ignored.append(ignored)


def with_usual_sets(dose: Dose) -> Dose:
    """One set where only its repetitions are told, the usual number where nothing is."""
    told = dose.reps is not None or dose.hold_seconds is not None
    sets = 1 if told else USUAL_SETS
    remark = "no number of sets is given: 1 taken" if told else f"no number of sets is given: {USUAL_SETS} taken"
    return replace(dose, sets=sets, remarks=(*dose.remarks, remark))


def too_many_or_few(dose: Dose) -> str | None:
    """Why the number of sets is none that anyone does; None when it is one."""
    if dose.sets is not None and not 1 <= dose.sets <= MAX_SETS:
        return f"{dose.sets} sets: an exercise has 1 to {MAX_SETS} sets"
    return None


def why_unmatched(fragment: Fragment) -> str:
    """Why a name is not counted, in words."""
    shown = fragment.name if len(fragment.name) <= 60 else fragment.name[:57] + "..."
    if fragment.match.ambiguous:
        return f"several exercises fit {shown!r}"
    return f"no known exercise is called {shown!r}"


def _reads_as_prose(fragment: Fragment, source: Source) -> bool:
    """A sentence, or words without sets that are near no exercise."""
    nearest = fragment.match.candidates[0].score if fragment.match.candidates else 0.0
    if fragment.dose is None:
        return nearest < PLAUSIBLE or len(fragment.name.split()) >= _WORDS_OF_PROSE
    return fragment.dose.sets is None and nearest < PLAUSIBLE and len(source.text.split()) >= _WORDS_OF_PROSE


def _has_no_dose(text: str) -> bool:
    return not find_doses(plain_signs(text))


def _together(first: str | None, second: str | None) -> str | None:
    return ": ".join(part for part in (first, second) if part) or None


def read_text(text: str, index: NameIndex, pointer: str) -> ReadProgramme:
    """Read a programme of plain lines. Never raises: what cannot be read is reported line by line."""
    reader = _Reader(index, pointer)
    for number, line in enumerate(text.splitlines(), start=1):
        reader.line(number, line)
    return reader.finish()
