"""Styles, scripts and pictures of the page. Their addresses carry a hash of them all, so browsers may keep them."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from service.errors import ApiError
from service.web.parts.body import figure

if TYPE_CHECKING:
    from collections.abc import Mapping

_HOME = Path(__file__).parent
_STYLE_SHEET = "page.css"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"
_FOR_NOW = "no-cache"


class Asset(NamedTuple):
    """A file as it is sent."""

    content: bytes
    media_type: str


@cache
def assets() -> Mapping[str, Asset]:
    """Every file by its name. The style sheets of the parts are sent as one, in the order of their names."""
    files = {path.name: _asset(path.name, path.read_bytes()) for path in sorted((_HOME / "static").iterdir())}
    styles = "\n".join(path.read_text("utf-8") for path in sorted((_HOME / "styles").glob("*.css")))
    made = {_STYLE_SHEET: _spare(styles), figure.FILE: figure.file()}
    return {**files, **{name: _asset(name, text.encode()) for name, text in made.items()}}


def _spare(styles: str) -> str:
    """A style sheet without comments and without the space that only its readers need: a tenth less to send."""
    spare = re.sub(r"/\*.*?\*/", "", styles, flags=re.DOTALL)
    spare = re.sub(r"\s+", " ", spare)
    return re.sub(r"(?<=[:;,{}]) | (?=[{}])|;(?= ?})", "", spare)


def _asset(name: str, content: bytes) -> Asset:
    return Asset(content, _TYPES[Path(name).suffix])


@cache
def version() -> str:
    """A hash of all files: scripts load one another from the same directory."""
    everything = hashlib.sha256()
    for name, asset in assets().items():
        everything.update(name.encode() + b"\0" + asset.content + b"\0")
    return everything.hexdigest()[:16]


def address_of(name: str) -> str:
    """Where a file is found."""
    assert name in assets(), name
    return f"/static/page/{version()}/{name}"


def found(given_version: str, name: str) -> tuple[Asset, str]:
    """A file and for how long it may be kept; what an old page asks for gets today's. Raises ApiError `not-found`."""
    asset = assets().get(name)
    if asset is None:
        raise ApiError("not-found", "There is no such file.")
    return asset, _FOR_EVER if given_version == version() else _FOR_NOW
