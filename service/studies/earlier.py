"""Answers that other questions of their kind go on from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from service.errors import ApiError, Fault, RequestError, pointer
from service.studies.repository import StudyRepository

if TYPE_CHECKING:
    from pydantic import BaseModel

    from service.db.session import SessionFactory
    from service.studies.kind import AnyKind
    from service.studies.schemas import StudyResponse

NAMED = "before"
"""The field of a request that names one."""


def load_earlier(kind: AnyKind, request: BaseModel, tenant: str, sessions: SessionFactory) -> StudyResponse[Any] | None:
    """The answer that a request names; None where it names none. Blocks on the database.

    Raises RequestError when the tenant has no such answer, ApiError `not-finished` while its work is on.
    """
    named = None if kind.goes_on_from is None else kind.goes_on_from(request)
    if named is None:
        return None
    with sessions() as session:
        kept = StudyRepository(session, kind.name).find(named, tenant)
    if kept is None:
        message = f"there is none of your {kind.name} with the id {named[:64]!r}"
        raise RequestError([Fault(pointer(NAMED), "unknown_id", message)])
    if not kept.finished:
        raise ApiError("not-finished", "The work on what it goes on from is not over.", (), {"Retry-After": "2"})
    found: StudyResponse[Any] = kind.response.model_validate_json(kept.answer_json)
    return found
