"""Numbers inside a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction


def counted(number: int | float | Fraction, thing: str, things: str | None = None) -> str:
    """`1 set`, `2 sets`, `1.5 sets`; `things` is a plural that takes more than an s: `2 entries`."""
    told = number if isinstance(number, int) else f"{float(number):g}"
    return f"{told} {thing if number == 1 else things or thing + 's'}"
