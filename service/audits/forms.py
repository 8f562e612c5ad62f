"""The forms that a programme in a file may have."""

from __future__ import annotations

from enum import StrEnum


class Form(StrEnum):
    """How a programme is written; `auto` finds out."""

    AUTO = "auto"
    JSON = "json"
    CSV = "csv"
    TEXT = "text"
