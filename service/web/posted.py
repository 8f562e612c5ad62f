"""What a form has sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request

from service.bodies import read_raw
from service.dependencies import parts_of
from service.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Iterable

_MEDIA_TYPE = "application/x-www-form-urlencoded"
_MOST_FIELDS = 2_000
_MOST_DIGITS = 9


class Posted:
    """Fields of a form; each may occur several times, as ticked boxes of one name do."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for name, value in pairs:
            self._values.setdefault(name, []).append(value)

    def text(self, name: str, default: str = "") -> str:
        """The last value of a field without space around it, or the default where it was not sent."""
        return self._values[name][-1].strip() if name in self._values else default

    def all(self, name: str) -> list[str]:
        """Every value of a field that is not empty."""
        return [text for value in self._values.get(name, []) if (text := value.strip())]

    def names(self) -> list[str]:
        """Names of all fields, in the order in which they came first."""
        return list(self._values)

    def __contains__(self, name: object) -> bool:
        return name in self._values


async def _posted(request: Request) -> Posted:
    """The fields of the form. Raises ApiError `unsupported-media-type`, `too-large`, `bad-request`."""
    raw = await read_raw(request, _MEDIA_TYPE, parts_of(request).settings.max_body_bytes)
    try:
        if b"%00" in raw or b"\x00" in raw:
            raise ValueError("no text of a database can hold NUL")
        return Posted(
            parse_qsl(raw.decode("ascii"), keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
        )
    except ValueError:
        raise ApiError("bad-request", "The form cannot be read.") from None


def whole(text: str) -> int | str:
    """The whole number that was typed; what is none, or longer than any that could be meant, stays text."""
    return int(text) if len(text) <= _MOST_DIGITS and text.isascii() and text.isdigit() else text


Sent = Annotated[Posted, Depends(_posted)]
"""The form that was sent with a request."""
