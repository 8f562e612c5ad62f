"""One POST to a judged address, without redirects, in limited time; of the answer only the status counts."""

from __future__ import annotations

import http.client
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.outbound.connecting import JudgedConnection, in_words
from service.outbound.targets import TargetError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from service.outbound.targets import TargetRules

SECONDS = 15.0
"""For everything but looking the name up."""


@dataclass(frozen=True)
class Reply:
    """What came of it."""

    status: int | None
    error: str | None
    """What was wrong, in words that tell nothing of what was sent; None after an answer of 200 to 299."""
    milliseconds: int


def post(url: str, body: bytes, headers: Mapping[str, str], rules: TargetRules, seconds: float = SECONDS) -> Reply:
    """Send a body and wait for the status of the answer; the rest of the answer is not read. Never raises."""
    started = time.monotonic()
    status, error = _post(url, body, headers, rules, seconds)
    return Reply(status, error, round((time.monotonic() - started) * 1000))


def _post(
    url: str, body: bytes, headers: Mapping[str, str], rules: TargetRules, seconds: float
) -> tuple[int | None, str | None]:
    try:
        target = rules.target_of(url)
        connection = JudgedConnection(target, rules.addresses(target), seconds)
    except TargetError as error:
        return None, f"Not sent: {error}."
    try:
        connection.request("POST", target.path, body, dict(headers))
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        return None, "No answer in time." if connection.late else in_words(error)
    finally:
        connection.close()
    if connection.late:  # what was cut off may look like the end of the headers
        return None, "No answer in time."
    if 200 <= status <= 299:
        return status, None
    redirected = "; redirects are not followed" if 300 <= status <= 399 else ""
    return status, f"Answered {status}{redirected}."
