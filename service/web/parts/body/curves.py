"""Smooth closed curves through a few points, as SVG path data."""

from __future__ import annotations

from dataclasses import dataclass

_SHARE = 6
"""A handle is a sixth of the way between a point's neighbours, as in a uniform Catmull-Rom spline."""


@dataclass(frozen=True)
class _Point:
    x: float
    y: float
    corner: bool = False
    """Whether the curve turns sharply here."""

    def from_(self, origin: _Point) -> str:
        """The way from `origin` as path data, to a tenth."""
        return f"{_short(self.x - origin.x)},{_short(self.y - origin.y)}"

    @property
    def rounded(self) -> _Point:
        return _Point(round(self.x, 1), round(self.y, 1))


def closed(points: str) -> str:
    """Path data of the curve through points like `3,96 31,94! 44,104`, of which those with a mark are corners."""
    read = [_read(word) for word in points.split()]
    count = len(read)
    pieces = []
    for i, start in enumerate(read):
        before, end, after = read[i - 1], read[(i + 1) % count], read[(i + 2) % count]
        second, end_at, origin = _handle(end, after, start).rounded, end.rounded, start.rounded
        # Where the curve goes on smoothly, the first handle is the former one's mirror image, which `s` implies.
        smooth = i > 0 and not start.corner
        first = "s" if smooth else f"c{_handle(start, before, end).rounded.from_(origin)} "
        pieces.append(f"{first}{second.from_(origin)} {end_at.from_(origin)}")
    return f"M{_short(read[0].x)},{_short(read[0].y)}{''.join(pieces)}z".replace(" -", "-").replace(",-", "-")


def _read(word: str) -> _Point:
    x, y = word.rstrip("!").split(",")
    return _Point(float(x), float(y), word.endswith("!"))


def _handle(at: _Point, behind: _Point, ahead: _Point) -> _Point:
    """The handle at a point on the way to `ahead`; at a corner it points straight there."""
    if at.corner:
        return _Point(at.x + (ahead.x - at.x) / 3, at.y + (ahead.y - at.y) / 3)
    return _Point(at.x + (ahead.x - behind.x) / _SHARE, at.y + (ahead.y - behind.y) / _SHARE)


def _short(value: float) -> str:
    text = f"{round(value, 1):g}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text
