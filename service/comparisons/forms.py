"""How a comparison may be printed."""

from __future__ import annotations

from enum import StrEnum


class Shown(StrEnum):
    """The formats of `counterpull compare`."""

    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"
    SVG = "svg"


class Drawn(StrEnum):
    """The pictures, by their names in the API."""

    ALL = "all"
    SCORE = "score"
    SLACK = "slack"
    VOLUME = "volume"
