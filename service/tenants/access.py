"""Who is asking: the key of a request, what it may do and how much of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from service.db.models import DEFAULT_TENANT
from service.dependencies import Parts, parts_of
from service.errors import ApiError
from service.tenants.binding import is_own_name
from service.tenants.keys import Scope, Token
from service.tenants.repository import KeyRepository

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy.orm import Session

_bearer = HTTPBearer(
    scheme_name="key",
    bearerFormat="cpk_<id>_<secret>",
    description="An API key, made with `counterpull keys create`. A service on a loopback address without keys asks "
    "for none.",
    auto_error=False,
)
_CHALLENGE = 'Bearer realm="counterpull"'

GivenKey = Annotated[HTTPAuthorizationCredentials | None, Security(_bearer)]


@dataclass(frozen=True)
class Caller:
    """On whose behalf a request is answered."""

    tenant: str
    key_id: str | None
    """None where no keys are asked for."""


READING = frozenset({"/v1/comparisons"})
"""Asked with POST for the sake of the body; nothing is changed."""


def scope_of(request: Request) -> Scope:
    """What a key has to allow for a request."""
    reads = request.method in ("GET", "HEAD") or request.url.path in READING
    return Scope.READ if reads else Scope.PLAN


def _caller(request: Request, given: GivenKey) -> Caller:
    """The tenant of the key; raises ApiError `unauthorized` or `forbidden`."""
    return _identified(request, given, scope_of(request))


def _admin(request: Request, given: GivenKey) -> Caller:
    return _identified(request, given, Scope.ADMIN)


def _identified(request: Request, given: HTTPAuthorizationCredentials | None, scope: Scope) -> Caller:
    return identified(request, None if given is None else given.credentials, scope)


def identified(request: Request, key: str | None, scope: Scope) -> Caller:
    """Who holds a key, however it was sent. Raises ApiError `unauthorized`, `forbidden` or `unknown-host`."""
    parts = parts_of(request)
    with parts.sessions() as session:
        if key is None and not _keys_needed(parts, session):
            _require_own_name(request, parts)
            caller = Caller(DEFAULT_TENANT, None)
        else:
            caller = _holder(session, key, scope)
    # For the log line of the request.
    request.state.caller = caller
    return caller


def _keys_needed(parts: Parts, session: Session) -> bool:
    """Once there is a key, the service asks for keys, wherever it listens."""
    return parts.settings.require_keys or KeyRepository(session).any()


def _require_own_name(request: Request, parts: Parts) -> None:
    """Raises ApiError `unknown-host` for a name that any site may have led to this machine: a page of it, open in a
    browser here, would be answered like one of ours."""
    host = request.headers.get("host", "")
    name = re.sub(r":[0-9]*\Z", "", host)
    if host and not is_own_name(name) and name.lower() not in parts.settings.host_names:
        detail = (
            f"Without API keys this service answers as localhost, 127.0.0.1 or [::1], not as {name[:100]!r}: name that "
            "in COUNTERPULL_HOST_NAMES, or make a key with counterpull keys create."
        )
        raise ApiError("unknown-host", detail)


def _holder(session: Session, given: str | None, scope: Scope) -> Caller:
    if given is None:
        detail = "This service asks for an API key: send it as Authorization: Bearer cpk_..."
        raise ApiError("unauthorized", detail, (), {"WWW-Authenticate": _CHALLENGE})
    token = Token.read(given)
    key = None if token is None else KeyRepository(session).of_token(token)
    if key is None or not key.usable(datetime.now(UTC)):
        detail = "The API key is unknown, revoked or expired."
        raise ApiError("unauthorized", detail, (), {"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'})
    if not key.allows(scope):
        challenge = f'{_CHALLENGE}, error="insufficient_scope", scope="{scope}"'
        detail = f"This needs a key with the scope {scope}; this key has {', '.join(key.scopes)}."
        raise ApiError("forbidden", detail, (), {"WWW-Authenticate": challenge})
    return Caller(key.tenant, key.id)


CurrentCaller = Annotated[Caller, Depends(_caller)]
AdminCaller = Annotated[Caller, Depends(_admin)]


async def admitted(caller: CurrentCaller, parts: Annotated[Parts, Depends(parts_of)]) -> AsyncIterator[None]:
    """Count the request in its tenant's share as long as its answer takes. Raises ApiError `rate-limited`."""
    with parts.shares.request(caller.tenant):
        yield
