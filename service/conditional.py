"""`ETag` and `If-None-Match` (RFC 9110, 13.1.2) for every GET under /v1 and of calendars: who has the answer already is
told so."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TAGGED = ("/v1/", "/calendars/")
"""Paths whose answers have tags begin so."""
_OF_THE_BODY = ("content-length", "content-type", "content-encoding")


class Conditional:
    """ASGI middleware. Answers of one piece get a tag of their bytes; streams pass through."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(TAGGED):
            await self._app(scope, receive, send)
            return
        held: Message | None = None

        async def send_tagged(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and message["status"] == 200:
                held = message
            elif held is not None:
                start, held = held, None
                whole = not message.get("more_body", False)
                for part in _tagged(scope, start, message) if whole else (start, message):
                    await send(part)
            else:
                await send(message)

        await self._app(scope, receive, send_tagged)


def _tagged(scope: Scope, start: Message, body: Message) -> tuple[Message, Message]:
    """The answer with its tag, or only the tag for who has it."""
    headers = MutableHeaders(scope=start)
    kind = headers.get("content-type", "").encode()
    tag = f'"{hashlib.sha256(kind + b" " + body.get("body", b"")).hexdigest()[:32]}"'
    headers["ETag"] = tag
    headers.setdefault("Cache-Control", "private, no-cache")
    headers.setdefault("Vary", "Accept, Authorization")
    if not _has(scope, tag):
        return start, body
    for name in _OF_THE_BODY:
        del headers[name]
    return {**start, "status": 304}, {**body, "body": b""}


def _has(scope: Scope, tag: str) -> bool:
    given = ",".join(Headers(scope=scope).getlist("if-none-match"))
    known = [part.strip().removeprefix("W/") for part in given.split(",")]
    return tag in known or "*" in known
