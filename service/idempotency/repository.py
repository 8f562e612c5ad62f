"""Kept answers, by tenant and key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from service.errors import ApiError
from service.idempotency.models import IdempotencyRow

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from service.db.session import SessionFactory

LIFE = timedelta(hours=24)
"""How long an answer is kept for repetitions."""
LOCK = timedelta(seconds=120)
"""After so long a request without an answer has died with its process; longer than any answer may wait."""


@dataclass(frozen=True)
class Repeatable:
    """A request that may be sent again."""

    tenant: str
    key: str
    request_sha256: str


@dataclass(frozen=True)
class Kept:
    """The answer of the first request."""

    status: int
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True)
class Begun:
    """This request is the first, or takes over from one that died; what it makes has this id."""

    resource_id: str


class IdempotencyRepository:
    """Each call is one transaction of its own: others have to see at once that a request is in flight."""

    def __init__(self, sessions: SessionFactory) -> None:
        self._sessions = sessions

    def begin(self, request: Repeatable, new_id: str, now: datetime) -> Kept | Begun:
        """Claim the key, or find the answer that is kept under it.

        Raises ApiError `idempotency-mismatch` when another request has used the key, `in-flight` while the first is
        being answered.
        """
        try:
            return self._claim(request, new_id, now)
        except IntegrityError:
            # Another process claimed it between our look and our write.
            return self._claim(request, new_id, now)

    def _claim(self, request: Repeatable, new_id: str, now: datetime) -> Kept | Begun:
        with self._sessions.begin() as session:
            session.execute(delete(IdempotencyRow).where(IdempotencyRow.expires_at <= now))
            row = session.scalars(
                select(IdempotencyRow)
                .where(IdempotencyRow.tenant == request.tenant, IdempotencyRow.key == request.key)
                .with_for_update()
            ).one_or_none()
            if row is None:
                session.add(
                    IdempotencyRow(
                        tenant=request.tenant,
                        key=request.key,
                        request_sha256=request.request_sha256,
                        resource_id=new_id,
                        locked_until=now + LOCK,
                        expires_at=now + LIFE,
                    )
                )
                return Begun(new_id)
            if row.request_sha256 != request.request_sha256:
                raise ApiError("idempotency-mismatch", "This Idempotency-Key was used with another request.")
            if row.status is not None:
                return Kept(row.status, json.loads(row.headers_json or "{}"), row.body or "")
            if row.locked_until is not None and row.locked_until > now:
                detail = "The first request with this Idempotency-Key is still being answered."
                raise ApiError("in-flight", detail, (), {"Retry-After": "1"})
            row.locked_until = now + LOCK
            return Begun(row.resource_id)

    def keep(self, request: Repeatable, answer: Kept) -> None:
        """Keep the answer for repetitions."""
        with self._sessions.begin() as session:
            row = session.get(IdempotencyRow, (request.tenant, request.key))
            if row is not None:
                row.status, row.body = answer.status, answer.body
                row.headers_json = json.dumps(dict(answer.headers))
                row.locked_until = None

    def unlock(self, request: Repeatable) -> None:
        """Let a repetition take over at once from a request that failed midway."""
        with self._sessions.begin() as session:
            row = session.get(IdempotencyRow, (request.tenant, request.key))
            if row is not None and row.status is None:
                row.locked_until = None

    def drop(self, request: Repeatable, answer: Kept) -> None:
        """Let go of a kept answer that is no longer true; another one in its place stays."""
        with self._sessions.begin() as session:
            session.execute(
                delete(IdempotencyRow).where(
                    IdempotencyRow.tenant == request.tenant,
                    IdempotencyRow.key == request.key,
                    IdempotencyRow.body == answer.body,
                )
            )

    def release(self, request: Repeatable, resource_id: str) -> None:
        """Let go of the key of a request that has made nothing."""
        with self._sessions.begin() as session:
            session.execute(
                delete(IdempotencyRow).where(
                    IdempotencyRow.tenant == request.tenant,
                    IdempotencyRow.key == request.key,
                    IdempotencyRow.resource_id == resource_id,
                    IdempotencyRow.status.is_(None),
                )
            )
