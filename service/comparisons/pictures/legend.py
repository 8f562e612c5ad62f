"""Which key stands for which plan: the same letters, colours and shapes in every picture."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from service.comparisons.pictures.svg import MARGIN, WIDTH, element, fitted, text, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.comparisons.schemas.response import ComparedPlanResponse

LINE = 18
_COLUMNS = 2
_SHAPES = (
    "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "M-4.5-4.5h9v9h-9z",
    "M0-5.5L5.5 4.5h-11z",
    "M0-6L6 0L0 6L-6 0z",
    "M0 5.5L5.5-4.5h-11z",
    "M-6-2h4v-4h4v4h4v4h-4v4h-4v-4h-4z",
    "M-3-5.5h6l3 5.5l-3 5.5h-6l-3-5.5z",
    "M-5-5L0-2L5-5L2 0L5 5L0 2L-5 5L-2 0z",
)


def key_of(index: int) -> str:
    """The letter of a plan."""
    return ascii_uppercase[index]


def marker(x: float, y: float, index: int) -> str:
    """The shape of a plan."""
    return element("path", d=_SHAPES[index], transform=f"translate({round(x, 2):g} {round(y, 2):g})", cls=f"p{index}")


def called(index: int, plan: ComparedPlanResponse) -> str:
    """Letter and label of a plan; the letter alone where the label is no more than that."""
    key = key_of(index)
    return key if plan.label == key else f"{key}: {plan.label}"


def legend(y: float, plans: Sequence[ComparedPlanResponse], notes: Sequence[str] = ()) -> tuple[str, float]:
    """A line for every plan, its letter and label, from `y` on, and where it ends. `notes` tell of one plan each."""
    parts, width = [], (WIDTH - 2 * MARGIN) / _COLUMNS
    for index, plan in enumerate(plans):
        row, column = divmod(index, _COLUMNS)
        x, base = MARGIN + column * width, y + row * LINE
        note = f", {notes[index]}" if notes else ""
        said = fitted(called(index, plan), width - 30 - width_of(note)) + note
        parts += [marker(x + 7, base - 4, index), text(x + 20, base, said)]
    return "".join(parts), y + -(-len(plans) // _COLUMNS) * LINE
