"""How a job gets on, as Server-Sent Events: numbered, so that who was cut off goes on where it was."""

from __future__ import annotations

import json
import logging
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio.to_thread
from starlette.responses import Response, StreamingResponse

from service.accept import preferred
from service.db.engine import DATABASE_AWAY
from service.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from service.dependencies import Parts
    from service.jobs.job import Event

EVENT_STREAM = "text/event-stream"
KEEP_ALIVE_SECONDS = 15.0
"""A comment is sent after so long a silence: proxies cut quiet connections, and hang-ups show only when sending."""
RECONNECT_MILLISECONDS = 1_000
_HEADER = "Last-Event-ID"
_MOST_DIGITS = 9

PARAMETER: dict[str, Any] = {
    "name": _HEADER,
    "in": "header",
    "required": False,
    "description": "Number of the last event that arrived; the stream goes on with the one after it.",
    "schema": {"type": "string", "pattern": r"^[0-9]{1,9}$"},
    "example": "3",
}
CONTENT: dict[str, Any] = {
    EVENT_STREAM: {
        # One event; OpenAPI 3.2 says so with this word, which 3.1 lets pass.
        "itemSchema": {
            "type": "object",
            "properties": {
                "id": {"type": "string"},
                "event": {"type": "string", "enum": ["queued", "running", "progress", "ended"]},
                "data": {"type": "string", "contentMediaType": "application/json"},
                "retry": {"type": "integer", "minimum": 0},
            },
        },
        "example": "retry: 1000\n\nid: 1\nevent: queued\ndata: {}\n\nid: 2\nevent: running\n"
        'data: {"attempt": 1}\n\nid: 3\nevent: progress\ndata: {"seconds": 1.2, "tier": 2, "score": 91.2, '
        '"bound": 95.0, "gap": 0.04}\n\nid: 4\nevent: ended\ndata: {"state": "done", "status": "optimal", '
        '"reason": null}\n\n',
    }
}

_log = logging.getLogger("service.jobs")


def last_event(request: Request) -> int:
    """The number that the stream is to go on after, 0 for all of it. Raises ApiError `bad-request`."""
    text = request.headers.get(_HEADER, "0").strip()
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise ApiError("bad-request", f"{_HEADER} is the id of an event: a whole number.")
    return int(text)


async def told(request: Request, job_id: str, tenant: str, parts: Parts) -> Response:
    """The events of a tenant's job, or 204 when nothing more will happen after the last that the caller has.

    Raises ApiError `not-acceptable`, `bad-request`.
    """
    if preferred(request, [EVENT_STREAM]) is None:
        raise ApiError("not-acceptable", f"Events are offered as {EVENT_STREAM}.")
    after = last_event(request)
    job = await anyio.to_thread.run_sync(parts.jobs.find, job_id, tenant)
    if job is None or (job.ended and job.last_seq <= after):
        return Response(status_code=204)
    # Told to proxies that hold answers back until they are whole.
    headers = {"X-Accel-Buffering": "no"}
    return StreamingResponse(stream(job_id, tenant, after, parts), 200, headers, media_type=EVENT_STREAM)


async def stream(job_id: str, tenant: str, after: int, parts: Parts) -> AsyncIterator[str]:
    """The events after a number, as they happen, until the last.

    Reads only what its reader takes, so that a slow one costs no memory. Ends early when the service goes down or the
    database is away: whoever listens comes back by itself.
    """
    yield f"retry: {RECONNECT_MILLISECONDS}\n\n"
    while not parts.closing.begun:
        try:
            found = await anyio.to_thread.run_sync(partial(parts.jobs.events, job_id, tenant, after=after))
        except DATABASE_AWAY as error:
            _log.warning("a stream ended: the database is away", extra={"fields": {"error": type(error).__name__}})
            return
        for event in found:
            yield written(event)
            after = event.seq
        if found and found[-1].kind == "ended":
            return
        if not found:
            more = parts.jobs.wait_for_event(job_id, after=after, seconds=KEEP_ALIVE_SECONDS)
            if await parts.closing.unless(more) is False:
                yield ": still there\n\n"


def written(event: Event) -> str:
    """An event as it goes over the wire."""
    return f"id: {event.seq}\nevent: {event.kind}\ndata: {json.dumps(event.data)}\n\n"
