"""Long questions, asked from the terminal: the same work as over HTTP, watched, without storage."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from catalog.catalog import default_catalog
from service.ids import new_id
from service.studies.asking import require_sense
from service.studies.jobs import presented
from service.studies.kind import StudyQuestion
from service.terminal.console import errors
from service.terminal.watching import watched
from service.validation.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import BaseModel

    from service.studies.kind import AnyKind, Studied
    from service.studies.schemas import StudyResponse
    from service.studies.weeks import KeptWeek


def asked(
    kind: AnyKind, body: Mapping[str, Any], about: KeptWeek | None = None, earlier: StudyResponse[Any] | None = None
) -> StudyQuestion[Any]:
    """The question that a request body asks, about a plan or going on from an earlier answer.

    Raises RequestError when it cannot be asked.
    """
    request: BaseModel = parse(kind.request, json.dumps(dict(body)).encode())
    question = StudyQuestion(new_id(), datetime.now(UTC), request, default_catalog(), about, earlier)
    require_sense(kind, question)
    return question


def answered(kind: AnyKind, question: StudyQuestion[Any], line: Callable[[Any], str]) -> Studied[Any]:
    """Answer a question; `line` puts its progress into words. Ctrl-C keeps what is found by then."""

    def work(*, on_progress: Callable[[Mapping[str, object]], None], is_cancelled: Callable[[], bool]) -> Studied[Any]:
        found: Studied[Any] = kind.study(question, _Teller(on_progress, is_cancelled))
        return found

    return watched(work, errors(), line=line)


def as_json(kind: AnyKind, question: StudyQuestion[Any], studied: Studied[Any]) -> dict[str, Any]:
    """What `--json` prints, whatever was asked: the API's answer and the plans that it names."""
    study = presented(kind, question, studied.outcome, studied.answer).model_dump(mode="json")
    return {"answer": study, "plans": [week.model_dump(mode="json") for week in studied.weeks]}


class _Teller:
    """A `Control` for a terminal."""

    def __init__(self, tell: Callable[[Mapping[str, object]], None], is_cancelled: Callable[[], bool]) -> None:
        self.tell, self.is_cancelled = tell, is_cancelled
