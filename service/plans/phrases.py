"""Small words for rules: names, ratios and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

SMALL = ("no", "one", "two", "three", "four")


def name_of(id_: str) -> str:
    """An id as words."""
    return id_.replace("_", " ")


def ratio_of(ratio: Fraction) -> str:
    """A ratio as a decimal number."""
    return f"{float(ratio):g}"


def counted(number: int, thing: str) -> str:
    """`1 set`, `2 sets`."""
    return f"{number} {thing}{'s' * (number != 1)}"


def sets_of(number: int) -> str:
    """`1 set`, `2 sets`."""
    return counted(number, "set")
