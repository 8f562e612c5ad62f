"""The end of the process, for answers that wait: nobody is to be kept waiting by a service that goes down."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from starlette.requests import Request

T = TypeVar("T")


class Closing:
    """Whether the service is going down. Belongs to the application's loop."""

    def __init__(self) -> None:
        self._begun = asyncio.Event()

    def begin(self) -> None:
        """Let everybody who waits go."""
        self._begun.set()

    @property
    def begun(self) -> bool:
        """Whether nothing is waited for any more."""
        return self._begun.is_set()

    async def unless(self, work: Coroutine[Any, Any, T], request: Request | None = None) -> T | None:
        """What comes of `work`; None when the service goes down first, or the caller of `request` hangs up.

        The body of that request has been read, so that its end is the only message left.
        """
        wanted = asyncio.ensure_future(work)
        others: list[asyncio.Future[Any]] = [asyncio.ensure_future(self._begun.wait())]
        if request is not None:
            others.append(asyncio.ensure_future(_gone(request)))
        try:
            await asyncio.wait([wanted, *others], return_when=asyncio.FIRST_COMPLETED)
            return wanted.result() if wanted.done() else None
        finally:
            for task in (wanted, *others):
                task.cancel()
            with contextlib.suppress(BaseException):
                await asyncio.gather(wanted, *others, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
