"""Looks for numbers and words that do not agree, like "1 sets" and "2 session", in what a person reads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONE = (
    "alternative|change|day|drill|entry|exclusion|exercise|fault|hour|item|line|member|minute|muscle|plan|point|"
    "prerequisite|repetition|rule|second|session|set|slot|stage|station|time|unit|variant|week"
)
_MANY = "|".join("entries" if thing == "entry" else f"{thing}s" for thing in _ONE.split("|"))
_OTHER = "a|the|each|of|to|or|on|and|in|at|has|is|are|after|before|while|with"
_BETWEEN = rf"(?:(?!(?:{_ONE}|{_MANY}|{_OTHER})\b)[a-z][a-z-]* ){{0,3}}"
"""Words that may stand between a number and what it counts."""
_ONE_OF_MANY = re.compile(rf"(?<![\d.,:/-])1 {_BETWEEN}(?:{_MANY})\b")
_MANY_OF_ONE = re.compile(rf"(?<![\d.,:/-])(?:0|[2-9]|[1-9]\d+|\d+\.\d+) {_BETWEEN}(?:{_ONE})\b(?!-)")
_ONE_DOES = re.compile(r"(?<![\d.,:/-])1 (?:are|have|were|fit)\b")


def slips(text: str) -> list[str]:
    """What does not agree in a text."""
    return [found[0] for form in (_ONE_OF_MANY, _MANY_OF_ONE, _ONE_DOES) for found in form.finditer(text)]


def slips_in(document: Any) -> list[str]:
    """What does not agree in all texts of a JSON document."""
    return [slip for text in _texts(document) for slip in slips(text)]


def _texts(document: Any) -> Iterator[str]:
    if isinstance(document, str):
        yield document
    elif isinstance(document, dict):
        for value in document.values():
            yield from _texts(value)
    elif isinstance(document, list | tuple):
        for value in document:
            yield from _texts(value)
