"""Fetching pages of feeds over HTTP: from public addresses, within limits and without following anybody elsewhere."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service import __version__
from service.booking.openactive.page import FeedError
from service.outbound.connecting import JudgedConnection, in_words
from service.outbound.targets import TargetError

if TYPE_CHECKING:
    from service.outbound.targets import TargetRules

SECONDS = 30.0
"""For a page, from the connection to its last byte."""
MOST_BYTES = 16 * 1024 * 1024
MOST_RETRY_SECONDS = 24 * 3600.0
_LATE = "No answer in time."
_HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": f"counterpull/{__version__}"}


@dataclass(frozen=True)
class Fetcher:
    """What is at an address that the rules allow: `service.booking.following.Fetch`."""

    rules: TargetRules
    seconds: float = SECONDS
    most_bytes: int = MOST_BYTES

    def __call__(self, url: str) -> bytes:
        """The body of the answer. Raises FeedError."""
        try:
            target = self.rules.target_of(url)
            connection = JudgedConnection(target, self.rules.addresses(target), self.seconds)
        except TargetError as error:
            raise FeedError(f"{url:.200} is not read: {error}") from None
        try:
            connection.request("GET", target.path, headers=_HEADERS)
            answer = connection.getresponse()
            _require_ok(url, answer)
            body = answer.read(self.most_bytes + 1)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise _unreached(url, _LATE if connection.late else in_words(error)) from None
        finally:
            connection.close()
        if connection.late:  # what was cut off may look like the end of the body
            raise _unreached(url, _LATE)
        if len(body) > self.most_bytes:
            raise FeedError(f"{url:.200} is larger than {self.most_bytes} bytes")
        return body


def _unreached(url: str, words: str) -> FeedError:
    return FeedError(f"{url:.200} cannot be reached: {words[0].lower()}{words[1:].rstrip('.')}")


def _require_ok(url: str, answer: http.client.HTTPResponse) -> None:
    if answer.status == 200:
        return
    redirected = "; redirects are not followed" if 300 <= answer.status <= 399 else ""
    asked = answer.headers.get("Retry-After", "")
    seconds = min(float(asked), MOST_RETRY_SECONDS) if re.fullmatch(r"\d{1,9}", asked) else None
    raise FeedError(f"{url:.200} was answered with {answer.status}{redirected}", seconds)
