"""The lines of a batch: each is a question that can be asked, or has a problem of its own."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from service.batches.limits import MAX_LINES
from service.batches.schemas import REF, BatchLineRequest
from service.errors import ApiError, Fault, RequestError
from service.plans.jobs import digest_of
from service.plans.schemas import PlanRequest
from service.plans.service import ask
from service.validation.parsing import parse
from service.validation.walk import marker_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.catalog import Catalog


@dataclass(frozen=True)
class ReadLine:
    """A line as it is kept: with a request and its digest, or with an error."""

    number: int
    """From 1, empty lines counted."""
    ref: str | None
    request_json: str | None = None
    digest: str | None = None
    error: ApiError | None = None


def read_lines(raw: bytes, catalog: Catalog) -> list[ReadLine]:
    """Every line that is not empty. Takes a few milliseconds a line.

    Raises RequestError for no line and for too many.
    """
    texts = [(number, text) for number, line in enumerate(raw.split(b"\n"), 1) if (text := line.strip())]
    if not 1 <= len(texts) <= MAX_LINES:
        message = f"a batch has 1 to {MAX_LINES} lines, not {len(texts)}"
        raise RequestError([Fault("", "wrong_size", message, {"minimum": 1, "maximum": MAX_LINES})])
    return [_read(number, text, catalog) for number, text in texts]


def _read(number: int, text: bytes, catalog: Catalog) -> ReadLine:
    try:
        line = parse(BatchLineRequest, text)
        faults = list(_own_faults(line, catalog))
        request_json = json.dumps(line.model_dump(mode="json", exclude_unset=True, exclude={"ref"}))
        try:
            question = ask(parse(PlanRequest, request_json.encode()), catalog)
        except RequestError as error:
            faults += error.faults
        if faults:
            raise RequestError(faults)
    except ApiError as error:
        return ReadLine(number, _ref_of(text), error=error)
    return ReadLine(number, line.ref, request_json, digest_of(question))


def _own_faults(line: BatchLineRequest, catalog: Catalog) -> Iterator[Fault]:
    """What is wrong with what a plan's request has not."""
    return (fault for fault in marker_faults(line, catalog) if fault.pointer == "/ref")


def _ref_of(text: bytes) -> str | None:
    """The caller's name of a line that is not as it should be, where that can be read."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    ref = found.get("ref") if isinstance(found, dict) else None
    return ref if isinstance(ref, str) and re.fullmatch(REF.pattern, ref) else None
