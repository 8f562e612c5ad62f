"""The figure from both sides, and the file of its shapes, which every page of a browser shares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from service.web.parts.body import shapes
from service.web.parts.body.curves import closed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FILE = "body.svg"
"""Shapes by their names, without colours: whoever uses one (`<use href="body.svg#back-glutes">`) gives it its own."""


@dataclass(frozen=True)
class Side:
    """The figure from one side, drawn around x = 0."""

    name: str
    muscles: Mapping[str, str]
    """Muscle -> name of its shape in the file."""
    width: int = shapes.WIDTH
    height: int = shapes.HEIGHT

    @property
    def skin(self) -> str:
        """Name of the shape of the whole body in the file."""
        return self.name.lower()


@cache
def sides() -> tuple[Side, Side]:
    """From the front and from behind."""
    return _side("Front", shapes.FRONT), _side("Back", shapes.BACK)


def _side(name: str, muscles: Mapping[str, tuple[str, ...]]) -> Side:
    return Side(name, {muscle: f"{name.lower()}-{muscle}" for muscle in muscles})


def file() -> str:
    """The file of all shapes as SVG."""
    front, back = sides()
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg"><defs>',
        *_drawn(front, shapes.OUTLINE_FRONT, shapes.FRONT),
        *_drawn(back, shapes.OUTLINE_BACK, shapes.BACK),
        "</defs></svg>",
    ]
    return "\n".join(lines)


def _drawn(side: Side, outline: str, muscles: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    yield f'<path id="{side.skin}" d="{closed(_whole(shapes.HEAD))}{closed(_whole(outline))}"/>'
    for number, (muscle, shape) in enumerate(side.muscles.items()):
        half = f"{side.skin[0]}{number}"
        path = "".join(closed(piece) for piece in muscles[muscle])
        yield f'<g id="{shape}"><path id="{half}" d="{path}"/><use href="#{half}" transform="scale(-1,1)"/></g>'


def _whole(half: str) -> str:
    """A half outline from the middle to the middle, with its mirror image."""
    points = half.split()
    return " ".join([*points, *(f"-{point}" for point in reversed(points) if not point.startswith("0,"))])
