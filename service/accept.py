"""Which formats a caller takes: the `Accept` header (RFC 9110, 12.5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

JSON = "application/json"


def require_json_accepted(request: Request) -> None:
    """Raises ApiError `not-acceptable` when the caller says that JSON is not welcome."""
    if not accepts(",".join(request.headers.getlist("accept")), JSON):
        raise ApiError("not-acceptable", f"This is offered as {JSON} only.")


def accepts(header: str, offered: str) -> bool:
    """Whether a header takes the media type `offered`; an empty one takes everything."""
    return _welcome(header, offered) > 0


def preferred(request: Request, offered: Sequence[str]) -> str | None:
    """The media type that the caller likes best of those on offer, the first of equals; None when it takes none."""
    header = ",".join(request.headers.getlist("accept"))
    best = max(offered, key=lambda media: _welcome(header, media))
    return best if accepts(header, best) else None


def _welcome(header: str, offered: str) -> float:
    """Weight of a media type, 0 to 1.

    The most specific range that fits decides, and a weight that cannot be read counts as 1.
    """
    ranges = [part.split(";") for part in header.split(",") if part.strip()]
    if not ranges:
        return 1.0
    weights = {media.strip().lower(): _weight(parameters) for media, *parameters in ranges}
    family = offered.partition("/")[0] + "/*"
    return next((weights[wanted] for wanted in (offered, family, "*/*") if wanted in weights), 0.0)


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return float(value)
            except ValueError:
                return 1.0
    return 1.0
