"""Standard Webhooks: secrets, and the headers that prove where a message comes from."""

from __future__ import annotations

import base64
import secrets
from typing import TYPE_CHECKING

from standardwebhooks.webhooks import Webhook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

SECRET_BYTES = 32


def new_secret() -> str:
    """A secret that nobody has seen."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


def signed_headers(keys: Sequence[str], event_id: str, body: str, now: datetime) -> dict[str, str]:
    """The headers of a message, signed with every one of the secrets; `now` is in UTC."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "counterpull-webhooks",
        "webhook-id": event_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Webhook(key).sign(event_id, now, body) for key in keys),
    }
