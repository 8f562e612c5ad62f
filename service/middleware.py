"""Around every request: an id, safe headers, one log line, and an answer even when we fail."""

from __future__ import annotations

import logging
import re
import time
from typing import TYPE_CHECKING

from opentelemetry import trace
from starlette.datastructures import Headers, MutableHeaders

from service import logs, metrics
from service.errors import ApiError
from service.ids import new_id
from service.problems import internal_error, problem_response

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Set where the endpoint has not chosen its own."""

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_log = logging.getLogger("service.access")


class Envelope:
    """ASGI middleware; the outermost of ours, so that no response leaves without it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; everything but HTTP passes through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        # HEAD is GET without the body, wherever GET is possible.
        bodiless, scope["method"] = scope["method"] == "HEAD", _as_get(scope["method"])
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else new_id()
        logs.request_id.set(request_id)
        # The span of the request is the framework's; it exists only where traces are sent somewhere.
        trace.get_current_span().set_attribute("counterpull.request_id", request_id)
        status = 0

        async def send_safely(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in SAFE_HEADERS.items():
                    headers.setdefault(name, value)
                headers["X-Request-Id"] = request_id
            elif bodiless and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        try:
            refused = _refused(scope)
            if refused is None:
                await self._app(scope, receive, send_safely)
            else:
                await problem_response(refused, scope["path"])(scope, receive, send_safely)
        except Exception:
            _log.exception("unhandled error", extra={"fields": {"route": _route(scope)}})
            if status:
                raise
            await problem_response(internal_error(), scope["path"])(scope, receive, send_safely)
        finally:
            scope["method"] = "HEAD" if bodiless else scope["method"]
            seconds = time.perf_counter() - started
            _log_access(scope, status, seconds)
            metrics.count_request(scope["method"], _route(scope), status, seconds)


def _refused(scope: Scope) -> ApiError | None:
    """What is wrong with an address that no text of a database can hold; None for any other."""
    if "\x00" in scope["path"]:
        return ApiError("not-found", "There is nothing at this address.")
    if b"%00" in scope["query_string"]:
        return ApiError("invalid-request", "A query holds no NUL character (%00).")
    return None


def _as_get(method: str) -> str:
    return "GET" if method == "HEAD" else method


def _route(scope: Scope) -> str:
    """The pattern of the path; unknown paths are all one, or anybody could make us keep any number of them."""
    return getattr(scope.get("route"), "path", "unknown")


def _log_access(scope: Scope, status: int, seconds: float) -> None:
    """One line per request: never bodies, queries, addresses or secrets."""
    route, caller = scope.get("route"), scope.get("state", {}).get("caller")
    fields = {
        "method": scope["method"],
        "route": getattr(route, "path", None),
        "status": status,
        "milliseconds": round(seconds * 1000, 1),
        "tenant": getattr(caller, "tenant", None),
        "key": getattr(caller, "key_id", None),
    }
    _log.info("request", extra={"fields": fields})
