"""Answering with what is there, or waiting as long as the caller likes (`Prefer: wait=N`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import anyio.to_thread
from starlette.responses import Response

from service.prefer import APPLIED, wait_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from service.dependencies import Parts
    from service.kept.repository import Kept

RETRY = {"Retry-After": "1"}


async def now_or_later(
    request: Request, kept: Kept, find: Callable[[], Kept], address: str, parts: Parts, tenant: str
) -> Response:
    """200 with a finished answer, 202 with any other; waits as long as the caller likes. `address` is its own."""
    kept, headers = await waited_for(request, kept, find, parts, tenant)
    headers["Location"] = address
    return Response(kept.answer_json, 200 if kept.finished else 202, headers, media_type="application/json")


async def waited_for(
    request: Request, kept: Kept, find: Callable[[], Kept], parts: Parts, tenant: str
) -> tuple[Kept, dict[str, str]]:
    """The answer after the wait that the caller asked for, and the headers that tell of it.

    `find` looks for the answer anew; it may block on the database.
    """
    seconds = wait_seconds(request)
    if seconds and not kept.finished:
        await parts.closing.unless(parts.jobs.wait_for_end(kept.id, tenant, seconds), request)
        kept = await anyio.to_thread.run_sync(find)
    applied = {} if seconds is None else {APPLIED: f"wait={seconds}"}
    return kept, applied if kept.finished else {**applied, **RETRY}
