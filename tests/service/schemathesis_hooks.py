"""What Schemathesis does not know of our media types: bodies that are sent as they are."""

from __future__ import annotations

from typing import Any

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def ndjson(context: Any, value: Any) -> bytes:
    """Lines are lines; what was made up as bytes knows its own."""
    del context
    data = getattr(value, "data", value)
    return data if isinstance(data, bytes) else str(data).encode()
