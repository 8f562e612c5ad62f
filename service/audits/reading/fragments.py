"""One line taken apart: exercises with their doses, whichever comes first, one or several on the line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from service.audits.names.matching import MANNERS, Candidate, Match, match
from service.audits.names.normal import words
from service.audits.reading.dose import LOADS_AND_SIDES, MANNER, find_doses, plain_signs, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from service.audits.names.index import NameIndex
    from service.audits.reading.programme import Dose

_SEPARATOR = re.compile(
    r"\s*(?:;|,|\|)\s*|\s+(?P<pair>\+|superset(?:ted)? with|ss with|s/s)\s+|(?<=[a-z])(?P<close>\+)(?=[a-z])",
    re.IGNORECASE,
)
_PARENTHESES = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_LETTER = re.compile(r"[A-Za-z]{2,}|\b[A-Za-z]\b")
_LEADING_COUNT = re.compile(r"^(?P<reps>\d{1,3})\s+(?=[A-Za-z])")
_ALTERNATIVES = re.compile(r"\s+or\s+|\s*/\s*", re.IGNORECASE)
_ASIDE = re.compile(r"\s+-\s+|:\s+|\.\s+|\s+with\s+|\s+w/\s*")
_EDGES = " \t.,:;-+*&/|@x_~=>()[]"


@dataclass(frozen=True)
class Fragment:
    """A name with everything that is said of its sets."""

    name: str
    match: Match
    dose: Dose | None
    paired: bool = False
    """Joined to the fragment before it as a superset."""


@dataclass
class _Raw:
    name: str
    doses: list[Dose] = field(default_factory=list)
    tail: str = ""
    paired: bool = False


def fragments(line: str, index: NameIndex) -> list[Fragment]:
    """The exercises on a line from left to right; an empty name means that the line only tells a dose."""
    raw: list[_Raw] = []
    for text, paired in _parts(plain_signs(line)):
        found = list(_raw_fragments(text, index))
        if raw and found and not found[0].name:
            raw[-1].doses += found[0].doses
            found = found[1:]
        if found and paired:
            found[0].paired = True
            if raw and not raw[-1].doses:
                # `curls + pushdowns 3x12`: what is said once holds for both.
                raw[-1].doses = list(found[0].doses)
        raw += found
    return [_resolved(one, index) for one in _joined(raw, index)]


def _parts(line: str) -> Iterator[tuple[str, bool]]:
    """The line cut at commas and the like outside parentheses; True for a part that is paired with the one before."""
    hidden = _PARENTHESES.sub(lambda m: "_" * len(m[0]), line)
    start, paired = 0, False
    for cut in _SEPARATOR.finditer(hidden):
        yield line[start : cut.start()], paired
        start, paired = cut.end(), (cut["pair"] or cut["close"]) is not None
    yield line[start:], paired


def _raw_fragments(text: str, index: NameIndex) -> Iterator[_Raw]:
    calm = _blanked(MANNER, text)
    counted = _LEADING_COUNT.match(calm)
    if counted is not None and not find_doses(calm) and match(calm[counted.end() :], index).exercise:
        calm = f"{counted['reps']} reps {calm[counted.end() :]}"
    doses = find_doses(calm)
    edges = [0, *(edge for dose in doses for edge in (dose.start, dose.end)), len(calm)]
    chunks = [_plain(calm[a:b]) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if not doses:
        if chunks[0]:
            yield _Raw(chunks[0])
        return
    current = _Raw(chunks[0])
    for found, chunk in zip(doses, chunks[1:], strict=True):
        current.doses.append(found.dose)
        if not chunk:
            continue
        if not current.name:
            current.name = chunk
        elif found is not doses[-1] and match(chunk, index).exercise:
            yield current
            current = _Raw(chunk)
        else:
            current.tail = f"{current.tail} {chunk}".strip()
    yield current


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda m: " " * len(m[0]), text)


def _plain(chunk: str) -> str:
    """A chunk without loads and sides; empty when no word is left."""
    text = re.sub(r"\(\s*[-,;.]*\s*\)|\[\s*\]", " ", _blanked(LOADS_AND_SIDES, chunk))
    text = re.sub(r"\s+", " ", text).strip(" \t.,:;-+*&/|@_~=>")
    if text.count("(") != text.count(")"):
        text = text.strip("()").strip() if text.startswith(")") or text.endswith("(") else text
    return text if _LETTER.search(text) else ""


def _joined(raw: list[_Raw], index: NameIndex) -> Iterator[_Raw]:
    """Commas belong to some names and split remarks from others: put together what only together is a name."""
    waiting: _Raw | None = None
    for one in raw:
        if waiting is not None:
            both = f"{waiting.name} {one.name}"
            alone = match(waiting.name, index).exercise and match(one.name, index).exercise
            if one.doses and not waiting.doses and not alone and match(both, index).exercise:
                waiting = replace(one, name=both, paired=waiting.paired)
                continue
            if _is_remark(one, waiting, index):
                waiting.tail = f"{waiting.tail} {one.name}".strip()
                continue
            yield waiting
        waiting = one
    if waiting is not None:
        yield waiting


def _is_remark(one: _Raw, before: _Raw, index: NameIndex) -> bool:
    """A part without sets that follows sets and is no exercise: `slow on the way down`."""
    return not one.doses and bool(before.doses) and match(one.name, index).exercise is None


def _resolved(raw: _Raw, index: NameIndex) -> Fragment:
    name, found = _named(raw.name, raw.tail, index)
    return Fragment(name, found, together(raw.doses) if raw.doses else None, raw.paired)


def _named(name: str, tail: str, index: NameIndex) -> tuple[str, Match]:
    """The name as far as it is one, and its match: first with everything, then without what is said in passing."""
    first: Match | None = None
    for attempt in _attempts(name, tail, index):
        found = match(attempt, index)
        if found.exercise is not None:
            return attempt, found
        if attempt == name:
            first = found
    options = [match(option, index) for option in _ALTERNATIVES.split(name)]
    if len(options) > 1 and all(option.exercise for option in options):
        return name, _either(option.exercise for option in options if option.exercise)
    return name, first or match(name, index)


def _either(exercises: Iterable[str]) -> Match:
    """`squat or leg press`: one exercise when both are the same, else the two of them to choose from."""
    different = list(dict.fromkeys(exercises))
    if len(different) == 1:
        return Match(different[0], "name", 100.0)
    return Match(None, None, 100.0, tuple(Candidate(e, 100.0) for e in different), ambiguous=True)


def _attempts(name: str, tail: str, index: NameIndex) -> Iterator[str]:
    if tail:
        yield f"{name} {tail}"
    yield name
    bare = _PARENTHESES.sub(" ", name).strip()
    if (
        bare
        and bare != name
        and _says_nothing(" ".join(m[1] or m[2] or "" for m in _PARENTHESES.finditer(name)), index)
    ):
        yield bare
    for cut in _ASIDE.finditer(bare):
        before, after = bare[: cut.start()], bare[cut.end() :]
        if before and _says_nothing(after, index):
            yield before
        if after and _says_nothing(before, index):
            yield after


def _says_nothing(text: str, index: NameIndex) -> bool:
    """Whether no word of a text could be part of an exercise's name."""
    return all(word in MANNERS or not index.knows(word) for word in words(text))
