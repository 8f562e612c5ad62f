"""Auditing as a caller does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from catalog.catalog import default_catalog
from service.audits.question import ask
from service.audits.schemas import AuditRequest
from service.audits.service import answer
from service.validation.parsing import parse

if TYPE_CHECKING:
    from service.audits.question import AuditQuestion
    from service.audits.schemas import AuditResponse


def request_of(body: dict[str, Any]) -> AuditRequest:
    """The request of a body. Raises RequestError when its shape is wrong."""
    return parse(AuditRequest, json.dumps(body).encode())


def audited(programme: dict[str, Any] | str, **about: Any) -> AuditResponse:
    """The answer to a programme (a text stands for `{"text": ...}`) and what is told about the athlete."""
    form = {"text": programme} if isinstance(programme, str) else programme
    return answer(request_of({"programme": form, **about}), default_catalog())


def asked(programme: dict[str, Any] | str, **about: Any) -> AuditQuestion:
    """The resolved question of a programme."""
    form = {"text": programme} if isinstance(programme, str) else programme
    return ask(request_of({"programme": form, **about}), default_catalog())


def week_of(found: AuditResponse) -> list[tuple[str, list[tuple[str, int]]]]:
    """Day, then exercises with their sets, in order."""
    return [(s.day, [(e.exercise, e.sets) for e in s.entries]) for s in found.programme.sessions]


def verdicts(found: AuditResponse) -> dict[int, bool]:
    """Mistake -> made."""
    return {mistake.mistake: mistake.made for mistake in found.mistakes}
