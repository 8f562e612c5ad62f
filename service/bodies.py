"""Reading JSON bodies: media type, size, then shape."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

import anyio.to_thread

from service.errors import ApiError, MalformedJsonError, RequestError
from service.validation.parsing import MAX_FAULTS, parse
from service.validation.walk import marker_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pydantic import BaseModel
    from starlette.requests import Request

    from service.dependencies import Parts
    from service.errors import Fault

Model = TypeVar("Model", bound="BaseModel")


async def read_body(request: Request, model: type[Model], max_bytes: int) -> Model:
    """Read the body as `model`.

    Raises ApiError (`unsupported-media-type`, `too-large`), MalformedJsonError or RequestError.
    """
    raw = await read_raw(request, "application/json", max_bytes)
    if not raw.strip():
        raise MalformedJsonError("The body is empty; send {} to accept every default.")
    # In a thread, because a large body with many faults takes a while to describe.
    return await anyio.to_thread.run_sync(parse, model, raw)


async def read_marked(
    request: Request, model: type[Model], parts: Parts, also: Callable[[Model], Iterable[Fault]] = lambda _: ()
) -> Model:
    """Read the body as `model`, and judge it by the marks of its fields; `also` finds what else is wrong with it.

    Raises what `read_body` does.
    """
    body = await read_body(request, model, parts.settings.max_body_bytes)
    faults = list(islice(chain(marker_faults(body, parts.catalog), also(body)), MAX_FAULTS))
    if faults:
        raise RequestError(faults)
    return body


async def read_raw(request: Request, expected: str, max_bytes: int) -> bytes:
    """The body of this media type as it was sent. Raises ApiError `unsupported-media-type`, `too-large`."""
    _require_media_type(request, expected)
    return await _read_limited(request, max_bytes)


def _require_media_type(request: Request, expected: str) -> None:
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if media_type.strip().lower() != expected or charset not in ("", "utf-8", "utf8"):
        detail = f"The body is sent as {expected} in UTF-8; set the Content-Type header accordingly."
        raise ApiError("unsupported-media-type", detail, (), {"Accept-Post": expected})
    if encoding != "identity":
        raise ApiError("unsupported-media-type", "The body is sent without Content-Encoding.")


async def _read_limited(request: Request, max_bytes: int) -> bytes:
    too_large = ApiError("too-large", f"The body is larger than {max_bytes} bytes.")
    announced = request.headers.get("content-length", "")
    if announced.isascii() and announced.isdigit() and int(announced[:18]) > max_bytes:
        raise too_large
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > max_bytes:
            raise too_large
    return bytes(raw)
