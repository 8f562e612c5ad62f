"""Making, finding and stopping batches, and telling their results."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from service.batches.limits import MAX_UNFED
from service.batches.reading import read_lines
from service.batches.repository import BatchRepository, KeptLine
from service.errors import ApiError
from service.problems import document_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.batches.reading import ReadLine
    from service.batches.repository import Batch, Result
    from service.db.session import SessionFactory
    from service.dependencies import Parts

RETRY_SECONDS = 60
"""When to return with another batch: they take their time."""
_LINES_AT_ONCE = 20
"""Results in memory at a time; each is some ten kilobytes."""


def accept(batch_id: str, raw: bytes, tenant: str, parts: Parts) -> Batch:
    """Keep a batch under an id, unless it is there already. Blocks for some milliseconds a line.

    Raises RequestError for a body without lines or with too many, ApiError `busy`.
    """
    with parts.sessions() as session:
        batches = BatchRepository(session)
        known, unfed = batches.find(batch_id, tenant), len(batches.unfed(tenant))
    if known is not None:
        return known
    if unfed >= MAX_UNFED:
        detail = f"At most {MAX_UNFED} batches of a tenant may have lines without a plan at a time."
        raise ApiError("busy", detail, (), {"Retry-After": str(RETRY_SECONDS)})
    lines = [_kept(batch_id, line) for line in read_lines(raw, parts.catalog)]
    with parts.sessions.begin() as session:
        batches = BatchRepository(session)
        batches.add(batch_id, tenant, lines, datetime.now(UTC))
        session.flush()
        made = batches.find(batch_id, tenant)
        assert made is not None
        return made


def _kept(batch_id: str, line: ReadLine) -> KeptLine:
    problem = None
    if line.error is not None:
        problem = document_of(line.error, f"/v1/batches/{batch_id}").model_dump_json(exclude_none=True)
    return KeptLine(line.number, line.ref, line.digest, line.request_json, problem)


def found(batch_id: str, tenant: str, sessions: SessionFactory) -> Batch:
    """A tenant's batch. Raises ApiError `not-found`, whoever else may have one under this id."""
    with sessions() as session:
        batch = BatchRepository(session).find(batch_id, tenant)
    if batch is None:
        raise ApiError("not-found", "There is no batch with this id.")
    return batch


def stop(batch_id: str, tenant: str, parts: Parts) -> Batch:
    """Give no more lines a plan and stop the searches under way. What has ended stays as it is."""
    batch = found(batch_id, tenant, parts.sessions)
    if batch.status != "running":
        return batch
    with parts.sessions.begin() as session:
        BatchRepository(session).cancel(batch_id, datetime.now(UTC))
    with parts.sessions() as session:
        plans = BatchRepository(session).unfinished_plans(batch_id)
    for plan in plans:
        parts.jobs.cancel(plan, tenant)
    return found(batch_id, tenant, parts.sessions)


def first_unfinished(batch_id: str, after: int, sessions: SessionFactory) -> int | None:
    """Number of the first line after a line that has no result yet; None when all have one."""
    with sessions() as session:
        return BatchRepository(session).finished_until(batch_id, after)


def told(batch_id: str, after: int, before: int | None, sessions: SessionFactory) -> Iterator[str]:
    """The results between two lines, both left out, as NDJSON, a few at a time."""
    while True:
        with sessions() as session:
            results = BatchRepository(session).results(batch_id, after, before, _LINES_AT_ONCE)
        yield "".join(written(result) for result in results)
        if len(results) < _LINES_AT_ONCE:
            return
        after = results[-1].line


def written(result: Result) -> str:
    """A result as one line; the answer is the plan's byte for byte."""
    known = {"line": result.line, "ref": result.ref, "status": result.status, "plan": result.plan}
    answer, problem = result.answer_json or "null", result.problem_json or "null"
    return f'{json.dumps(known)[:-1]}, "answer": {answer}, "problem": {problem}}}\n'
