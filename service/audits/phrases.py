"""Lists in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence


def joined(words: Sequence[str], by: Literal["and", "or"] = "and") -> str:
    """`a, b and c`; empty for nothing."""
    *first, last = words or [""]
    return f"{', '.join(first)} {by} {last}" if first else last


def inside_a_sentence(name: str) -> str:
    """A name without its capital: `Prone I raise` -> `prone I raise`."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
