"""Small words for rules: names, ratios and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.domain.phrases import counted as counted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

SMALL = ("no", "one", "two", "three", "four")


def name_of(id_: str) -> str:
    """An id as words."""
    return id_.replace("_", " ")


def ratio_of(ratio: Fraction) -> str:
    """A ratio as a decimal number."""
    return f"{float(ratio):g}"


def sets_of(number: int) -> str:
    """`1 set`, `2 sets`."""
    return counted(number, "set")


def listed(words: Sequence[str], last: str) -> str:
    """`a`, `a and b`, `a, b and c`, with `last` before the last one."""
    *first, end = words
    return f"{', '.join(first)} {last} {end}" if first else end


def with_article(name: str) -> str:
    """The name of a thing inside a sentence: `a pull-up bar`, `an ab wheel`, `dumbbells`."""
    word = name if name[:2].isupper() else name[:1].lower() + name[1:]
    if name.split()[0].endswith("s") or name.endswith(("bars", "blocks")):
        return word
    return f"{'an' if word[0] in 'aeiouAEIOU' else 'a'} {word}"
