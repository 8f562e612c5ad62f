"""What a caller would like of the answer: the `Prefer` header (RFC 7240)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_WAIT_SECONDS = 100
"""Longer than any search may take; longer wishes are cut to it."""

PARAMETER: dict[str, Any] = {
    "name": "Prefer",
    "in": "header",
    "required": False,
    "description": f"`wait=N` holds the answer until the search is over, for N seconds at most and never more than "
    f"{MOST_WAIT_SECONDS} (RFC 7240).",
    "schema": {"type": "string"},
    "example": "wait=20",
}
APPLIED = "Preference-Applied"
APPLIED_HEADER: dict[str, Any] = {
    APPLIED: {"description": "The wait that was granted (RFC 7240).", "schema": {"type": "string"}}
}


def wait_seconds(request: Request) -> int | None:
    """For how long the caller would like to wait, at most `MOST_WAIT_SECONDS`; None without such a wish.

    Of several wishes the first counts, and one that cannot be read is none.
    """
    for part in ",".join(request.headers.getlist("prefer")).split(","):
        name, _, value = part.partition(";")[0].partition("=")
        if name.strip().lower() != "wait":
            continue
        text = value.strip().strip('"')
        return min(int(text[:9]), MOST_WAIT_SECONDS) if text.isascii() and text.isdigit() else None
    return None
