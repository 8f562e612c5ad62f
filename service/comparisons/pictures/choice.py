"""Which pictures there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from service.comparisons.pictures.scores import score_picture
from service.comparisons.pictures.slack import slack_picture
from service.comparisons.pictures.svg import document, stacked
from service.comparisons.pictures.volume import volume_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from service.comparisons.pictures.svg import Picture
    from service.comparisons.schemas import ComparisonResponse

PictureName = Literal["all", "score", "slack", "volume"]

PICTURES: Mapping[str, Callable[[ComparisonResponse], Picture]] = {
    "score": score_picture,
    "volume": volume_picture,
    "slack": slack_picture,
}
"""Name of a picture -> how it is drawn, in the order of showing."""
assert {*PICTURES, "all"} == set(get_args(PictureName))


def drawn(found: ComparisonResponse, name: PictureName) -> str:
    """A picture as an SVG document; `all` has every picture below the other."""
    if name == "all":
        return stacked("Comparison of training weeks", [draw(found) for draw in PICTURES.values()])
    return document(PICTURES[name](found))
