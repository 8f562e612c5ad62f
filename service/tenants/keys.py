"""API keys: `cpk_<id>_<secret>`. The secret is 32 random bytes, shown once; only its SHA-256 is kept.

A secret of 256 random bits cannot be guessed, so a plain hash is as good as a slow one and costs a request nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from service.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

MOST_NAME_LETTERS = 100

_TOKEN = re.compile(r"cpk_([0-9a-f]{32})_([A-Za-z0-9_-]{43})")
_TENANT = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


class Scope(StrEnum):
    """What a key may do; each includes the ones before it."""

    READ = "read"
    """Fetch plans, rules and facts."""
    PLAN = "plan"
    """Also ask for plans and audits, and cancel them."""
    ADMIN = "admin"
    """Also read the metrics, which tell of every tenant."""

    def includes(self, other: Scope) -> bool:
        """Whether who holds this one may do what the other allows."""
        order = list(Scope)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True)
class ApiKey:
    """A key as it is kept: without its secret."""

    id: str
    tenant: str
    name: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None

    def allows(self, scope: Scope) -> bool:
        """Whether one of its scopes includes this one."""
        return any(held.includes(scope) for held in self.scopes)

    def usable(self, now: datetime) -> bool:
        """Whether it is neither revoked nor expired."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True)
class Token:
    """What the holder of a key sends: never kept, never logged."""

    key_id: str
    secret: str

    @classmethod
    def new(cls) -> Token:
        """A key of its own, with a secret that nobody has seen."""
        return cls(new_id(), secrets.token_urlsafe(32))

    @classmethod
    def read(cls, text: str) -> Token | None:
        """The parts of a key, or None when it has not the form of one."""
        found = _TOKEN.fullmatch(text)
        return None if found is None else cls(str(UUID(hex=found[1])), found[2])

    def shown(self) -> str:
        """The key as it is sent. Show it once, to its holder."""
        return f"cpk_{UUID(self.key_id).hex}_{self.secret}"

    def hashed(self) -> str:
        """What is kept of the secret."""
        return hashlib.sha256(self.secret.encode()).hexdigest()

    def fits(self, hashed: str) -> bool:
        """Whether a kept hash is that of this secret; takes as long whatever the answer."""
        return hmac.compare_digest(self.hashed(), hashed)

    def __repr__(self) -> str:
        return f"Token({self.key_id})"


def require_tenant_name(text: str) -> str:
    """The name of a tenant as it is. Raises ValueError when it is none."""
    if not _TENANT.fullmatch(text):
        raise ValueError(
            f"the tenant is 1 to 63 lower-case letters, digits and hyphens, no hyphen at either end, not {text!r}"
        )
    return text


def in_order(scopes: Iterable[Scope]) -> tuple[Scope, ...]:
    """Scopes without repetition, the least first."""
    given = set(scopes)
    return tuple(scope for scope in Scope if scope in given)
