"""Keys for tests, and what a tenant sends with its requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.tenants.keys import Scope
from service.tenants.service import create

if TYPE_CHECKING:
    from datetime import datetime

    from service.db.session import SessionFactory
    from tests.service.running import Service


def key_of(sessions: SessionFactory, tenant: str, *scopes: Scope, expires_at: datetime | None = None) -> dict[str, str]:
    """Make a key and return the headers of its holder."""
    with sessions.begin() as session:
        _, token = create(session, tenant=tenant, scopes=scopes or (Scope.PLAN,), expires_at=expires_at)
    return bearer(token.shown())


def bearer(token: str) -> dict[str, str]:
    """The headers of who holds a token."""
    return {"Authorization": f"Bearer {token}"}


def sessions_of(service: Service) -> SessionFactory:
    """The database of a running service."""
    sessions: SessionFactory = service.app.state.parts.sessions
    return sessions
