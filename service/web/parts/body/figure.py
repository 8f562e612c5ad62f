"""The figure from both sides, ready to be drawn: one path for the body, one for each muscle."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from service.web.parts.body import shapes
from service.web.parts.body.curves import closed

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Side:
    """The figure from one side. Paths are SVG path data around x = 0."""

    name: str
    body: str
    muscles: Mapping[str, str]
    """Muscle id -> its pieces on both sides of the body."""
    width: int = shapes.WIDTH
    height: int = shapes.HEIGHT


@cache
def sides() -> tuple[Side, Side]:
    """From the front and from behind."""
    return _side("Front", shapes.OUTLINE_FRONT, shapes.FRONT), _side("Back", shapes.OUTLINE_BACK, shapes.BACK)


def _side(name: str, outline: str, muscles: Mapping[str, tuple[str, ...]]) -> Side:
    body = closed(_whole(shapes.HEAD)) + closed(_whole(outline))
    return Side(name, body, {muscle: _both(pieces) for muscle, pieces in muscles.items()})


def _both(pieces: tuple[str, ...]) -> str:
    return "".join(closed(piece, mirrored=mirrored) for piece in pieces for mirrored in (False, True))


def _whole(half: str) -> str:
    """A half outline from the middle to the middle, with its mirror image."""
    points = half.split()
    return " ".join([*points, *(f"-{point}" for point in reversed(points) if not point.startswith("0,"))])
