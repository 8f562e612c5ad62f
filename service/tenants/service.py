"""Making, rotating and ending keys. Each function is one step; the caller commits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from service.tenants.keys import MOST_NAME_LETTERS, ApiKey, Scope, Token, in_order, require_tenant_name
from service.tenants.repository import KeyRepository

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session


class KeyFaultError(ValueError):
    """A wish about keys that cannot be met; the message says why."""


def create(
    session: Session, *, tenant: str, scopes: Iterable[Scope], name: str = "", expires_at: datetime | None = None
) -> tuple[ApiKey, Token]:
    """Make a key; the token is known only here and now. Raises KeyFaultError."""
    now, ordered = datetime.now(UTC), in_order(scopes)
    if not ordered:
        raise KeyFaultError("a key has at least one scope")
    if len(name) > MOST_NAME_LETTERS:
        raise KeyFaultError(f"the name of a key has at most {MOST_NAME_LETTERS} characters")
    if expires_at is not None and expires_at <= now:
        raise KeyFaultError("a key expires in the future")
    try:
        require_tenant_name(tenant)
    except ValueError as error:
        raise KeyFaultError(str(error)) from None
    token = Token.new()
    key = ApiKey(token.key_id, tenant, name, ordered, now, expires_at, None)
    KeyRepository(session).add(key, token)
    return key, token


def rotate(session: Session, key_id: str, *, overlap: timedelta) -> tuple[ApiKey, Token]:
    """Make the successor of a key, alike in all but its secret; the old one ends after the overlap.

    A key that expires gives its successor as long a life as it was given itself. Raises KeyFaultError.
    """
    now, old = datetime.now(UTC), _known(session, key_id)
    if not old.usable(now):
        raise KeyFaultError(f"the key {key_id} is revoked or expired; make a new one instead")
    life = None if old.expires_at is None else old.expires_at - old.created_at
    made = create(
        session,
        tenant=old.tenant,
        scopes=old.scopes,
        name=old.name,
        expires_at=None if life is None else now + life,
    )
    end = now + overlap
    if old.expires_at is None or end < old.expires_at:
        KeyRepository(session).end(key_id, expires_at=end)
    return made


def revoke(session: Session, key_id: str) -> ApiKey:
    """End a key at once; once more changes nothing. Raises KeyFaultError."""
    key = _known(session, key_id)
    if key.revoked_at is None:
        KeyRepository(session).end(key_id, revoked_at=datetime.now(UTC))
    return key


def _known(session: Session, key_id: str) -> ApiKey:
    key = KeyRepository(session).find(key_id)
    if key is None:
        raise KeyFaultError(f"there is no key {key_id!r}; counterpull keys list shows all")
    return key
