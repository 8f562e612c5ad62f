"""The door to the pages: whose browser it is, and whether the request comes from a page of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Request

from service.dependencies import Parts, parts_of
from service.errors import ApiError
from service.tenants.access import Caller, identified, scope_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.responses import Response

KEY_COOKIE = "counterpull_key"
_SAFE = ("GET", "HEAD")
_YEAR_SECONDS = 365 * 24 * 3600


def require_same_site(request: Request) -> None:
    """Refuse what another site's page has sent: browsers say where a form comes from.

    Raises ApiError `forbidden`. What says neither is no browser, and so carries no cookies it does not know of.
    """
    if request.method in _SAFE:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        foreign = site not in ("same-origin", "none")
    else:
        foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    if foreign:
        raise ApiError("forbidden", "This form was sent from another site. Open the page here and send it again.")


def _visitor(request: Request) -> Caller:
    """The tenant of the key in the cookie. Raises ApiError `unauthorized` or `forbidden`."""
    return identified(request, request.cookies.get(KEY_COOKIE), scope_of(request))


PageCaller = Annotated[Caller, Depends(_visitor)]


async def admitted(caller: PageCaller, parts: Annotated[Parts, Depends(parts_of)]) -> AsyncIterator[None]:
    """Count the request in its tenant's share as long as its answer takes. Raises ApiError `rate-limited`."""
    with parts.shares.request(caller.tenant):
        yield


def keep_cookie(request: Request, response: Response, name: str, value: str) -> None:
    """Keep a value in the browser for a year: out of reach of scripts, and sent to us alone."""
    response.set_cookie(
        name,
        value,
        max_age=_YEAR_SECONDS,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )


def own_address(text: str) -> str:
    """A path of this service to go back to; the start page for anything else."""
    parts = urlsplit(text)
    safe = text.startswith("/") and not text.startswith(("//", "/\\")) and not parts.netloc and text.isprintable()
    return text if safe else "/"
