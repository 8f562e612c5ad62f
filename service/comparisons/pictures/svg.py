"""A small writer of SVG: elements as text, one style for light and dark, and pictures that say what they show."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from service.plans.schemas.response import Number

WIDTH = 860
"""Width of every picture, in its own units."""
MARGIN = 20

_LIGHT = ("#1f6fb2", "#b84e12", "#2c7a4b", "#84399a", "#8a6a00", "#0b7f7f", "#b02e58", "#555555")
_DARK = ("#74b8f2", "#f59b63", "#72c898", "#cd93df", "#e3c15c", "#58c9c9", "#f288a6", "#bcbcbc")
_HEAT_LIGHT = ("#ffb454", "#ffcf8f", "#ffe3bd", "#fff3e0")
_HEAT_DARK = ("#8a5208", "#63400f", "#453014", "#2d241a")
HEATS = len(_HEAT_LIGHT)
"""Steps of heat, 0 the hottest."""


def _theme(
    ink: str, soft: str, paper: str, track: str, broken: str, plans: tuple[str, ...], heats: tuple[str, ...]
) -> str:
    """Rules of one colour scheme."""
    rules = [
        f".ink{{fill:{ink}}}.soft{{fill:{soft}}}.paper{{fill:{paper}}}.track{{fill:{track}}}.broken{{fill:{broken}}}",
        f".line{{stroke:{ink}}}.halo{{stroke:{paper}}}.grid{{stroke:{track}}}.faint{{stroke:{soft}}}.edge{{stroke:{ink};fill:none}}",
    ]
    rules += [f".p{index}{{fill:{colour};stroke:{colour}}}" for index, colour in enumerate(plans)]
    rules += [f".h{index}{{fill:{colour}}}" for index, colour in enumerate(heats)]
    return "".join(rules)


STYLE = (
    "text{font:12px system-ui,-apple-system,'Segoe UI',sans-serif}.small{font-size:10.5px}.bold{font-weight:600}"
    ".title{font-size:17px;font-weight:600}"
    + _theme("#1b1b1b", "#5b5b5b", "#ffffff", "#e3e3e3", "#ff9d94", _LIGHT, _HEAT_LIGHT)
    + "@media (prefers-color-scheme:dark){"
    + _theme("#ececec", "#a9a9a9", "#17191d", "#33363c", "#8f2b22", _DARK, _HEAT_DARK)
    + "}"
)
POLICY = (
    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    + "'"
)
"""Content-Security-Policy of a picture that is shown by itself: its own style and nothing else."""

_CHARACTER = 0.53
"""Mean width of a character, in heights of the font."""
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML does not have."""


@dataclass(frozen=True)
class Picture:
    """Something drawn, with a title and what it shows in words."""

    title: str
    description: str
    height: float
    body: str


def element(name: str, content: str = "", /, **attributes: Number | str) -> str:
    """An element; `content` is markup already. Attributes: `cls` stands for class, `_` in a name for `-`."""
    named = ((key.replace("cls", "class").replace("_", "-"), value) for key, value in attributes.items())
    given = "".join(f' {key}="{_attribute(value)}"' for key, value in named)
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def text(x: float, y: float, words: str, cls: str = "ink", anchor: str = "start") -> str:
    """A line of text with its base line at `y`; the words are raw."""
    return element("text", _escaped(words), x=x, y=y, cls=cls, text_anchor=anchor)


def line(
    x1: float, y1: float, x2: float, y2: float, cls: str = "line", *, width: float = 1, dashed: bool = False
) -> str:
    """A straight line."""
    dashes = {"stroke_dasharray": "2 2"} if dashed else {}
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, cls=cls, stroke_width=width, **dashes)


def rect(x: float, y: float, width: float, height: float, cls: str, *, hint: str = "") -> str:
    """A rectangle; `hint` is its tooltip."""
    told = element("title", _escaped(hint)) if hint else ""
    return element("rect", told, x=x, y=y, width=max(0, width), height=height, cls=cls)


def width_of(words: str, size: float = 12) -> float:
    """About how wide the words are."""
    return len(words) * size * _CHARACTER


def fitted(words: str, width: float, size: float = 12) -> str:
    """The words, cut short where they would be wider than `width`."""
    most = max(1, int(width / (size * _CHARACTER)))
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def ticks(low: float, high: float, most: int = 8) -> list[float]:
    """Round numbers from at most `low` to at least `high`, not many more than `most`."""
    wanted = max(high - low, 1e-9) / most
    power = 1.0
    while power > wanted:
        power /= 10
    while power * 10 < wanted:
        power *= 10
    step = next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= wanted)
    first = int(low // step)
    count = int(-(-(high - first * step) // step))
    return [round((first + index) * step, 6) for index in range(count + 1)]


def document(picture: Picture) -> str:
    """The picture as a document of its own."""
    return _root(picture.title, picture.description, picture.height, picture.body)


def stacked(title: str, pictures: Iterable[Picture]) -> str:
    """Pictures below each other in one document."""
    height, body, described = 0.0, [], []
    for picture in pictures:
        inside = element("title", _escaped(picture.title)) + element("desc", _escaped(picture.description))
        body.append(element("g", inside + picture.body, role="group", transform=f"translate(0 {height:g})"))
        described.append(f"{picture.title}: {picture.description}")
        height += picture.height
    return _root(title, " ".join(described), height, "".join(body))


def _root(title: str, description: str, height: float, body: str) -> str:
    named = element("title", _escaped(title), id="title") + element("desc", _escaped(description), id="description")
    paper = rect(0, 0, WIDTH, height, "paper")
    size = f"{height:g}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{size}" viewBox="0 0 {WIDTH} {size}" '
        f'role="img" aria-labelledby="title description" lang="en">\n{named}\n<style>{STYLE}</style>\n'
        f"{paper}\n{body}\n</svg>\n"
    )


def _escaped(words: str) -> str:
    return escape(_UNFIT.sub("\ufffd", words))


def _attribute(value: Number | str) -> str:
    return _escaped(value) if isinstance(value, str) else f"{round(value, 2):g}"
