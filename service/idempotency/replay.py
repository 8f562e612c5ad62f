"""Answering a POST once, however often it is sent."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import anyio
import anyio.to_thread
from starlette.responses import Response

from service.db.engine import DATABASE_AWAY
from service.errors import ApiError
from service.idempotency.repository import Begun, IdempotencyRepository, Kept, Repeatable
from service.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

    from service.db.session import SessionFactory

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
MOST_LETTERS = 255

_log = logging.getLogger("service.idempotency")
_KEY = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
_OF_THE_FIRST = ("location", "preference-applied", "retry-after", "content-type")
"""Headers that a repetition gets as well."""

PARAMETER: dict[str, Any] = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "Any name of this request. Sent again with the same body within 24 hours, it gets the answer of the "
    "first and makes nothing new.",
    "schema": {"type": "string", "minLength": 1, "maxLength": MOST_LETTERS, "pattern": r"^[!-~]+( +[!-~]+)*$"},
    "example": "week-48-anna",
}


async def once(
    request: Request,
    sessions: SessionFactory,
    tenant: str,
    body: object,
    make: Callable[[str], Awaitable[Response]],
    holds: Callable[[Kept], bool] | None = None,
) -> Response:
    """The response of `make`, which is handed the id of what it makes, or the one kept under the request's key.

    `body` is the request's content as JSON values. A kept answer that no longer `holds` is made anew. Raises ApiError
    `bad-request` for a key that cannot be used, `idempotency-mismatch`, `in-flight`, and whatever `make` raises.
    """
    given = request.headers.get(HEADER)
    if given is None:
        return await make(new_id())
    repeatable = Repeatable(tenant, _checked(given), _fingerprint(request, body))
    kept = IdempotencyRepository(sessions)
    found = await anyio.to_thread.run_sync(kept.begin, repeatable, new_id(), datetime.now(UTC))
    if isinstance(found, Kept) and holds is not None and not await anyio.to_thread.run_sync(holds, found):
        await anyio.to_thread.run_sync(kept.drop, repeatable, found)
        found = await anyio.to_thread.run_sync(kept.begin, repeatable, new_id(), datetime.now(UTC))
    if isinstance(found, Kept):
        return Response(found.body, found.status, {**found.headers, REPLAYED: "true"})
    return await _first(repeatable, kept, found, make)


async def _first(
    repeatable: Repeatable, kept: IdempotencyRepository, begun: Begun, make: Callable[[str], Awaitable[Response]]
) -> Response:
    try:
        response = await make(begun.resource_id)
    except BaseException as error:
        # A refused request has made nothing; after any other end a repetition looks for what there is under the id.
        refused = isinstance(error, ApiError) and error.kind.status < 500
        with anyio.CancelScope(shield=True):
            if refused:
                await anyio.to_thread.run_sync(kept.release, repeatable, begun.resource_id)
            else:
                await anyio.to_thread.run_sync(kept.unlock, repeatable)
        raise
    headers = {name: response.headers[name] for name in _OF_THE_FIRST if name in response.headers}
    answer = Kept(response.status_code, headers, bytes(response.body).decode())
    with anyio.CancelScope(shield=True):
        try:
            await anyio.to_thread.run_sync(kept.keep, repeatable, answer)
        except DATABASE_AWAY as error:
            # It was made all the same; a repetition finds it under its id.
            _log.warning("an answer could not be kept", extra={"fields": {"error": type(error).__name__}})
    return response


def _checked(key: str) -> str:
    if len(key) > MOST_LETTERS or not _KEY.fullmatch(key):
        raise ApiError("bad-request", f"{HEADER} is 1 to {MOST_LETTERS} printable ASCII characters.")
    return key


def _fingerprint(request: Request, body: object) -> str:
    asked = [request.method, request.url.path, body]
    return hashlib.sha256(json.dumps(asked, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
