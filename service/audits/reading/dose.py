"""Sets and repetitions in the many ways people write them: `4x8-12`, `3 sets of 10`, `3x30s`, `12/10/8`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.audits.limits import MAX_SETS
from service.audits.reading.programme import Dose

if TYPE_CHECKING:
    from collections.abc import Iterable

_NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), start=1
    )
} | {"fifteen": "15", "twenty": "20", "thirty": "30"}
_WORD_NUMBER = re.compile(
    rf"\b({'|'.join(_NUMBER_WORDS)})\b(?=\s+(?:sets?|reps?|repetitions|rounds?|x)\b)"
    rf"|(?<=sets of )({'|'.join(_NUMBER_WORDS)})\b",
    re.IGNORECASE,
)
_SAME_SIGN = str.maketrans({"×": "x", "✕": "x", "✖": "x", "X": "x", "–": "-", "—": "-", "−": "-", "″": '"', "”": '"'})

_RANGE = r"\d{1,3}(?:\s*(?:-|to)\s*\d{1,3})?"
_LOAD = r"(?:kgs?|kilos?|lbs?|pounds?|%|#)"
_LOADED = rf"\d{{1,3}}(?:[.,]\d+)?\s*{_LOAD}(?![a-z])"
_NO_LOAD = rf"(?![\d.]|\s*{_LOAD}|\s*rm\b)"
_ALL_OUT = r"(?:amrap|max(?:imum)?(?:\s+reps)?|(?:to\s+)?fail(?:ure)?)\b"
_REPS = rf"(?:{_ALL_OUT}|{_RANGE}\+?(?:\s*[/,]\s*\d{{1,3}}\+?(?!\s*x|\s*sets?))*{_NO_LOAD})"
_SECONDS = r"(?:s|secs?|seconds?|\"|'')(?![a-z])"
_MINUTES = r"min(?:ute)?s?\b"
_SETS_WORD = r"(?:work(?:ing)?\s+|hard\s+)?(?:sets?|rounds?)\b"
_REPS_WORD = r"(?:reps?|repetitions?|times)\b"


def _unit(form: str) -> str:
    """What the number of a set counts: seconds, minutes, or something that is counted like repetitions."""
    counted = r"(?:reps?|repetitions?|times|breaths?|steps?|m|met(?:er|re)s?|y(?:ar)?ds?)\b"
    held = rf"(?P<seconds_{form}>{_SECONDS}(?:\s+holds?)?)|(?P<minutes_{form}>{_MINUTES})"
    return rf"(?:\s*(?:{held}|{counted}))?"


_FORMS = (
    # 100 kg x 5 x 3: a load, then repetitions, then sets
    rf"{_LOADED}\s*(?:x|for)\s*(?P<reps_a>{_RANGE})(?:\s*x\s*(?P<sets_a>\d{{1,2}})\b)?",
    # 5 x 100 kg: repetitions with a load
    rf"(?<![\w./])(?P<reps_i>\d{{1,2}})\s*(?:x|@)\s*{_LOADED}",
    # 4x8-12, 3 x 30 s, 3xAMRAP, 2 x 5 x 5 s, 5x5x100kg
    rf"(?<![\w./])(?P<sets_b>\d{{1,3}})(?:\s*-\s*(?P<upto_b>\d{{1,2}}))?\s*(?:sets?)?\s*[x*]\s*(?P<reps_b>{_REPS})"
    rf"{_unit('b')}(?:\s*x\s*(?P<third>\d{{1,3}}(?:\.\d+)?)\s*(?:(?P<third_seconds>{_SECONDS})|{_LOAD}|\b))?",
    # 8-10 reps x 3 sets
    rf"(?<![\w./])(?P<reps_c>{_RANGE})\s*{_REPS_WORD}\s*(?:x|,|for)?\s*(?P<sets_c>\d{{1,2}})\s*{_SETS_WORD}",
    # 4 sets of 8, 3 sets to failure, 3 sets
    rf"(?<![\w./])(?P<sets_d>\d{{1,2}})(?:\s*(?:-|to)\s*(?P<upto_d>\d{{1,2}}))?\s*{_SETS_WORD}"
    rf"(?:\s*(?:of|for|x|@|at|,|:|-)?\s*(?P<reps_d>{_REPS}){_unit('d')})?",
    # 12/10/8, 5,5,5+, 10-8-6
    rf"(?<![\w./-])(?P<ladder>\d{{1,2}}\+?(?:\s*[/,-]\s*\d{{1,2}}\+?){{2,}}){_NO_LOAD}(?!\w)(?:\s*reps?\b)?",
    # x20, 20 reps, 45 s, AMRAP
    rf"(?<!\w)x\s*(?P<reps_e>{_REPS}){_unit('e')}",
    rf"(?<![\w./])(?P<reps_f>{_RANGE})\s*{_REPS_WORD}",
    rf"(?<![\w./@])(?P<reps_g>{_RANGE})\s*(?:(?P<seconds_g>{_SECONDS}(?:\s+holds?)?)|(?P<minutes_g>{_MINUTES}))",
    rf"\b(?P<reps_h>{_ALL_OUT})",
)
_DOSE = re.compile("|".join(_FORMS), re.IGNORECASE)

_DURATION = r"\d+(?::\d\d)?(?:\s*-\s*\d+(?::\d\d)?)?\s*(?:s|secs?|seconds?|m|mins?|minutes?|\"|'+)?(?![a-z])"
_EFFORT = r"\d+(?:[.,]\d)?(?:\s*-\s*\d+(?:[.,]\d)?)?"
_REST_AFTER = r"(?:\s*(?:rest|between(?: sets)?|breaks?))?"
_TEMPO = r"[\dx](?:\s*-?\s*[\dx]){2,3}"
MANNER = re.compile(
    "|".join(
        (
            rf"(?:with\s+)?\b(?:rest|breaks?)(?:\s+(?:for|of|between sets))?\s*[:=]?\s*{_DURATION}{_REST_AFTER}",
            rf"\b{_DURATION}\s*(?:of\s+)?(?:rest|breaks?|between sets)\b",
            rf"\btempo\s*:?\s*{_TEMPO}\b|@?\s*\b(?:\d{{4}}|\d-\d-[\dx](?:-[\dx])?)\s*tempo\b",
            rf"@?\s*\brpe\s*[:=]?\s*{_EFFORT}",
            rf"@?\s*\b{_EFFORT}\s*rir\b|@?\s*\brir\s*[:=]?\s*{_EFFORT}",
            rf"@\s*{_EFFORT}(?!\d|\s*{_LOAD})",
        )
    ),
    re.IGNORECASE,
)
"""Rests, tempo and effort: taken out before sets and repetitions are looked for. No rule asks for them."""

_SIDES = r"(?:sides?|legs?|arms?|hands?|way|direction|sd)\b"
LOADS_AND_SIDES = re.compile(
    "|".join(
        (
            rf"(?:@|\bat\b|\bwith\b|\+)?\s*(?<!\w)\d+(?:[.,]\d+)?(?:\s*-\s*\d+(?:[.,]\d+)?)?\s*{_LOAD}(?![a-z])"
            r"(?:\s*(?:of\s+)?(?:1\s*rm|e1rm|tm|max|training max))?",
            r"\b\d+\s*rm\b",
            r"@\s*(?:bw|bodyweight)\b",
            rf"(?:\b(?:each|per|ea\.?|both|every)|/)\s*{_SIDES}|\b[ep]/s\b|/\s*s\b|\bl\s*/\s*r\b",
            r"\balternating sides\b|\b(?:each|total)\b",
            r"\b(?:with|w/)\s*(?:a\s+)?(?:belt|straps?|chalk|wraps?|sleeves?)\b",
        )
    ),
    re.IGNORECASE,
)
"""Loads and sides: no part of a name either."""


@dataclass(frozen=True)
class FoundDose:
    """A dose and where it stands in the text."""

    start: int
    end: int
    dose: Dose


def plain_signs(text: str) -> str:
    """One sign for every kind of times and dash, digits for number words before sets and repetitions."""
    return _WORD_NUMBER.sub(
        lambda m: _NUMBER_WORDS[(m.group(1) or m.group(2)).lower()], re.sub(r"(?<=\d)\s*X\s*(?=\d)", "x", _signs(text))
    )


def _signs(text: str) -> str:
    kept = {ord("X"): "X"}
    return text.translate({**_SAME_SIGN, **kept})


def find_doses(text: str) -> list[FoundDose]:
    """Every dose in `text` (see `plain_signs`), from left to right."""
    return [FoundDose(m.start(), m.end(), _dose(m)) for m in _DOSE.finditer(text)]


def together(doses: Iterable[Dose]) -> Dose:
    """Several doses of one exercise in a row: a top set and its back-off sets, or every set by itself."""
    all_doses = list(doses)
    if len(all_doses) == 1:
        return all_doses[0]
    counted = [dose.sets or 1 for dose in all_doses if not _only_tells_the_set(dose, all_doses)]
    reps = [bound for dose in all_doses if dose.reps for bound in dose.reps]
    holds = [dose.hold_seconds for dose in all_doses if dose.hold_seconds]
    return Dose(
        sets=sum(counted) or None,
        reps=(min(reps), max(reps)) if reps else None,
        hold_seconds=max(holds, default=None),
        remarks=tuple(dict.fromkeys(remark for dose in all_doses for remark in dose.remarks)),
    )


def _only_tells_the_set(dose: Dose, others: list[Dose]) -> bool:
    """`4 sets, 8 reps`: a dose without sets beside one with sets says how long its sets are."""
    return dose.sets is None and any(other.sets is not None for other in others)


def _dose(found: re.Match[str]) -> Dose:
    named = {name: value for name, value in found.groupdict().items() if value is not None}
    if "ladder" in named:
        steps = [int(step) for step in re.findall(r"\d+", named["ladder"])]
        return Dose(sets=len(steps), reps=(min(steps), max(steps)))
    form = next((key.rpartition("_")[2] for key in named if key.startswith(("reps_", "sets_"))), "")
    sets, upto = named.get(f"sets_{form}"), named.get(f"upto_{form}")
    reps = _span(named.get(f"reps_{form}"))
    remarks = []
    count = None if sets is None else int(sets)
    if upto is not None and count is not None and int(upto) > count:
        remarks.append(f"{count}-{upto} sets counted as {upto}")
        count = int(upto)
    if count is not None and count > MAX_SETS and form == "b":
        remarks.append(f"{count} taken for a load: one set of {named['reps_b']}")
        count = 1
    hold = _hold(named, form, reps)
    if "third_seconds" in named:
        hold = int(float(named["third"]))
    elif hold is not None:
        reps = (1, 1)
    return Dose(count, reps, hold, tuple(remarks))


def _span(reps: str | None) -> tuple[int, int] | None:
    numbers = [int(number) for number in re.findall(r"\d+", reps or "")]
    return (min(numbers), max(numbers)) if numbers and min(numbers) > 0 else None


def _hold(named: dict[str, str], form: str, reps: tuple[int, int] | None) -> int | None:
    if reps is None:
        return None
    if f"seconds_{form}" in named:
        return reps[1]
    return 60 * reps[1] if f"minutes_{form}" in named else None
