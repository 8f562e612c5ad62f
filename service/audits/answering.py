"""Answering an audit while its caller waits: a repair takes a seat among the searches."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import anyio.to_thread

from service.audits.question import ask
from service.audits.service import answer_to

if TYPE_CHECKING:
    from starlette.requests import Request

    from service.audits.question import AuditQuestion
    from service.audits.schemas import AuditRequest, AuditResponse
    from service.dependencies import Parts
    from service.solving import Stop


async def audited(request: Request, programme: AuditRequest, parts: Parts) -> AuditResponse:
    """The answer, with the repair where one is asked for; a repair ends soon when the caller of `request` hangs up.

    Raises RequestError with everything that is wrong with the programme, ApiError `busy` and `not-ready` for a repair.
    """
    question = await anyio.to_thread.run_sync(ask, programme, parts.catalog)
    if not programme.repair:
        return await anyio.to_thread.run_sync(answer_to, question)
    async with parts.seats.seat(programme.solve.workers):
        return await parts.seats.run(request, partial(_repaired, question))


def _repaired(question: AuditQuestion, stop: Stop) -> AuditResponse:
    return answer_to(question, is_cancelled=stop)
