"""Stored keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from service.tenants.keys import ApiKey, Scope, Token
from service.tenants.models import ApiKeyRow

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


class KeyRepository:
    """Keeps keys, never secrets. The caller commits."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, key: ApiKey, token: Token) -> None:
        """Keep a key with the hash of its secret."""
        row = ApiKeyRow(
            id=key.id,
            tenant=key.tenant,
            name=key.name,
            secret_sha256=token.hashed(),
            scopes=" ".join(key.scopes),
            created_at=key.created_at,
            expires_at=key.expires_at,
            revoked_at=key.revoked_at,
        )
        self._session.add(row)

    def any(self) -> bool:
        """Whether a key was ever made."""
        return self._session.execute(select(ApiKeyRow.id).limit(1)).first() is not None

    def find(self, key_id: str) -> ApiKey | None:
        """The key with this id."""
        row = self._session.get(ApiKeyRow, key_id)
        return None if row is None else _key(row)

    def of_token(self, token: Token) -> ApiKey | None:
        """The key that this is the secret of, usable or not."""
        row = self._session.get(ApiKeyRow, token.key_id)
        fits = token.fits(row.secret_sha256 if row is not None else "0" * 64)
        return _key(row) if row is not None and fits else None

    def list(self, tenant: str | None) -> list[ApiKey]:
        """All keys, or those of one tenant, the oldest first."""
        query = select(ApiKeyRow).order_by(ApiKeyRow.id)
        if tenant is not None:
            query = query.where(ApiKeyRow.tenant == tenant)
        return [_key(row) for row in self._session.scalars(query)]

    def end(self, key_id: str, *, revoked_at: datetime | None = None, expires_at: datetime | None = None) -> None:
        """Revoke a key, or let it expire earlier; what is not given stays."""
        row = self._session.get_one(ApiKeyRow, key_id)
        row.revoked_at = revoked_at or row.revoked_at
        row.expires_at = expires_at or row.expires_at


def _key(row: ApiKeyRow) -> ApiKey:
    return ApiKey(
        id=row.id,
        tenant=row.tenant,
        name=row.name,
        scopes=tuple(Scope(name) for name in row.scopes.split()),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
    )
