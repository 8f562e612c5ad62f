"""`counterpull batch`: many requests for plans, one a line, and results line by line as those of `/v1/batches`."""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from catalog.catalog import default_catalog
from service.batches.limits import MAX_BYTES
from service.batches.reading import read_lines
from service.batches.repository import Result
from service.batches.service import written
from service.machine import default_concurrent_solves
from service.plans import service
from service.plans.phrases import counted
from service.plans.schemas import PlanRequest
from service.problems import document_of, internal_error
from service.terminal.console import ExitCode, errors
from service.terminal.ending import WrongUseError
from service.terminal.sources import read_source
from service.terminal.watching import watched
from service.validation.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from catalog.catalog import Catalog
    from service.batches.reading import ReadLine
    from service.batches.schemas import LineStatus
    from service.errors import ApiError

_log = logging.getLogger("service.terminal")

INSTANCE = "/v1/batches"
"""What the problems of refused lines are about."""
_ENDS = (
    ("failed", ExitCode.OUR_FAULT),
    ("refused", ExitCode.WRONG_REQUEST),
    ("timed_out", ExitCode.TIMED_OUT),
    ("infeasible", ExitCode.INFEASIBLE),
)
"""How the command ends with a line that has ended so; the first that fits."""


def plan_batch(source: str, results: str | None, at_once: int | None) -> ExitCode:
    """Plan every line of the file `source` (`-`: standard input), so many at a time.

    Results go to standard output, or to the end of the file `results`: lines that have theirs there are not planned
    again. Raises WrongUseError for files that cannot be used, RequestError for no line and for too many.
    """
    raw, catalog = read_source(source), default_catalog()
    if len(raw) > MAX_BYTES:
        raise WrongUseError(f"A batch has at most {MAX_BYTES} bytes, {source} has {len(raw)}.")
    lines = read_lines(raw, catalog)
    if results is None:
        return _planned(lines, [], sys.stdout.buffer, at_once, catalog)
    try:
        with Path(results).open("a+b") as file:
            known = _known(file, lines, results)
            return _planned(lines[len(known) :], known, file, at_once, catalog)
    except OSError as error:
        raise WrongUseError(f"Cannot write {results}: {error.strerror}.") from None


def _known(file: BinaryIO, lines: Sequence[ReadLine], name: str) -> list[str]:
    """How the lines ended whose results are in a file; one that was cut off is cut away."""
    file.seek(0)
    whole = [line for line in file.read().splitlines(keepends=True) if line.endswith(b"\n")]
    try:
        found: list[dict[str, Any]] = [json.loads(line) for line in whole]
        same = [(one["line"], one["ref"]) for one in found] == [(line.number, line.ref) for line in lines[: len(found)]]
        ends = [str(one["status"]) for one in found]
    except (ValueError, TypeError, KeyError):
        same = False
    if not same:
        raise WrongUseError(f"{name} has not the results of this batch; name another file.")
    file.truncate(sum(map(len, whole)))
    return ends


@dataclass(frozen=True)
class _Counted:
    """How far a batch is."""

    done: int
    of: int


def _planned(
    lines: Sequence[ReadLine], ends: list[str], file: BinaryIO, at_once: int | None, catalog: Catalog
) -> ExitCode:
    """Plan lines and write their results down in their order, as far as they come."""
    of = len(ends) + len(lines)

    def work(*, on_progress: Callable[[_Counted], None], is_cancelled: Callable[[], bool]) -> bool:
        pool = ThreadPoolExecutor(at_once or default_concurrent_solves())
        try:
            for line, search in _searches(lines, pool, catalog, is_cancelled):
                result = search.result()
                if result is None:
                    return False
                file.write(written(replace(result, line=line.number, ref=line.ref)).encode())
                file.flush()
                ends.append(result.status)
                on_progress(_Counted(len(ends), of))
        finally:
            pool.shutdown(cancel_futures=True)
        return True

    whole = watched(work, errors(), lambda counted: f"{counted.done} of {counted.of}")
    errors().print(_said(ends, of))
    if not whole:
        return ExitCode.TIMED_OUT
    return next((code for status, code in _ENDS if status in ends), ExitCode.OK)


def _searches(
    lines: Sequence[ReadLine], pool: ThreadPoolExecutor, catalog: Catalog, is_cancelled: Callable[[], bool]
) -> list[tuple[ReadLine, Future[Result | None]]]:
    """Every line with its search; equal lines share one."""
    found: dict[str, Future[Result | None]] = {}
    searches = []
    for line in lines:
        key = line.digest or f"line {line.number}"
        if key not in found:
            found[key] = pool.submit(_result, line, catalog, is_cancelled)
        searches.append((line, found[key]))
    return searches


def _result(line: ReadLine, catalog: Catalog, is_cancelled: Callable[[], bool]) -> Result | None:
    """What comes of a line; None when the command was told to stop first: then it is done anew the next time."""
    if line.error is not None:
        return _without_answer(line, "refused", line.error)
    if is_cancelled():
        return None
    assert line.request_json is not None
    try:
        question = service.ask(parse(PlanRequest, line.request_json.encode()), catalog)
        answer = service.answer(question, is_cancelled=is_cancelled)
    except Exception:
        # The other lines have nothing to do with it.
        _log.exception("a line of a batch failed")
        return _without_answer(line, "failed", internal_error())
    if answer.status == "cancelled":
        return None
    status = cast("LineStatus", answer.status)
    return Result(line.number, line.ref, status, answer.id, answer.model_dump_json(), None)


def _without_answer(line: ReadLine, status: LineStatus, error: ApiError) -> Result:
    problem = document_of(error, INSTANCE).model_dump_json(exclude_none=True)
    return Result(line.number, line.ref, status, None, None, problem)


def _said(ends: Sequence[str], of: int) -> str:
    counts = ", ".join(f"{count} {status}" for status, count in Counter(ends).most_common())
    return f"{len(ends)} of {counted(of, 'line')} with a result{': ' if counts else ''}{counts}."
