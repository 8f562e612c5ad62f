"""Pages and their files packed for the way (gzip), where the browser takes it: a week weighs a fifth."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.responses import Response

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

_LEVEL = 6
_WORTH_IT = 1000
"""Bytes below which nothing is packed."""
_REFUSED = re.compile(r"q\s*=\s*0(\.0*)?")
_KEPT = 64
"""Packed contents that are kept in memory; files of the page come again and again."""


def packed(request: Request, content: bytes, status: int, headers: Mapping[str, str], media_type: str) -> Response:
    """The answer, packed where that is welcome and worth it.

    The sizes of packed pages tell nothing to other sites: what they make a browser ask for comes without its key.
    """
    vary = ", ".join(filter(None, (headers.get("Vary"), "Accept-Encoding")))
    told = {**headers, "Vary": vary}
    if len(content) < _WORTH_IT or not takes_gzip(request.headers.get("accept-encoding", "")):
        return Response(content, status, told, media_type=media_type)
    return Response(_gzip(content), status, {**told, "Content-Encoding": "gzip"}, media_type=media_type)


def takes_gzip(accept_encoding: str) -> bool:
    """Whether the header (RFC 9110, 12.5.3) names gzip and does not refuse it."""
    for part in accept_encoding.lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() == "gzip":
            return _REFUSED.fullmatch(weight.strip()) is None
    return False


@lru_cache(_KEPT)
def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, _LEVEL, mtime=0)
