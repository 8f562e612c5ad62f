"""Tokens in addresses of calendars and links: 32 random bytes. Who has one can read, so only its SHA-256 is kept."""

from __future__ import annotations

import hashlib
import re
import secrets

_FORM = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """A token that nobody has seen."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str | None:
    """What is kept of a token; None for what is not one."""
    return hashlib.sha256(token.encode()).hexdigest() if _FORM.fullmatch(token) else None
