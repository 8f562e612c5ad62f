"""Fetching pages of feeds over HTTP, within limits and without following anybody elsewhere."""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from service import __version__
from service.booking.openactive.page import FeedError

if TYPE_CHECKING:
    from email.message import Message

SECONDS = 30.0
"""How long a feed may be silent."""
MOST_BYTES = 32 * 1024 * 1024


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Message, newurl: str) -> None:
        """Not followed: a feed says where it goes on in its pages."""


_OPENER = urllib.request.build_opener(_NoRedirects)


def fetch(url: str) -> bytes:
    """What is at an address of the web. Raises FeedError."""
    request = urllib.request.Request(
        url, headers={"Accept": "application/json", "User-Agent": f"counterpull/{__version__}"}
    )
    if request.type not in ("http", "https"):
        raise FeedError(f"{url} is not an address on the web")
    try:
        with _OPENER.open(request, timeout=SECONDS) as answer:
            body: bytes = answer.read(MOST_BYTES + 1)
    except urllib.error.HTTPError as error:
        raise FeedError(f"{url} was answered with {error.code}") from None
    except (OSError, HTTPException, ValueError) as error:
        raise FeedError(f"{url} cannot be reached: {error}") from None
    if len(body) > MOST_BYTES:
        raise FeedError(f"{url} is larger than {MOST_BYTES} bytes")
    return body
