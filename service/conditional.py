"""`ETag` and `If-None-Match` (RFC 9110, 13.1.2) for every GET under /v1 and of calendars: who has the answer already is
told so. And `If-Match` (13.1.1): who has read what is no longer so changes nothing."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers, MutableHeaders

from service.errors import ApiError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TAGGED = ("/v1/", "/calendars/")
"""Paths whose answers have tags begin so."""
IF_MATCH: dict[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "The `ETag` that a GET of this address has told, or `*`: nothing is changed unless it is so still.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 1000, "pattern": r"^[!-~]+( +[!-~]+)*$"},
    "example": "*",
}
"""Parameter of operations that call `require_match`."""
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


def tag_of(media_type: bytes, body: bytes) -> str:
    """The tag of an answer to a GET."""
    return f'"{hashlib.sha256(media_type + b" " + body).hexdigest()[:32]}"'


def require_match(request: Request, now: bytes | None) -> None:
    """`now`: the JSON that a GET would answer with, None where there is nothing yet.

    Raises ApiError `changed-meanwhile` when a caller who says what he has read has read something else.
    """
    given = _listed(request.headers.getlist("if-match"))
    if given and (now is None or not given & {"*", tag_of(b"application/json", now)}):
        detail = "It is not as If-Match says: read it again, and send the change anew if it is still wanted."
        raise ApiError("changed-meanwhile", detail)


def _listed(headers: list[str]) -> set[str]:
    return {part.strip() for part in ",".join(headers).split(",") if part.strip()}


def _tagged(scope: Scope, start: Message, body: Message) -> tuple[Message, Message]:
    """The answer with its tag, or only the tag for who has it."""
    headers = MutableHeaders(scope=start)
    kind = headers.get("content-type", "").encode()
    tag = tag_of(kind, body.get("body", b""))
    headers["ETag"] = tag
    headers.setdefault("Cache-Control", "private, no-cache")
    headers.setdefault("Vary", "Accept, Authorization")
    if not _has(scope, tag):
        return start, body
    for name in _OF_THE_BODY:
        del headers[name]
    return {**start, "status": 304}, {**body, "body": b""}


def _has(scope: Scope, tag: str) -> bool:
    known = {tag.removeprefix("W/") for tag in _listed(Headers(scope=scope).getlist("if-none-match"))}
    return tag in known or "*" in known
