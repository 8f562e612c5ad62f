"""Names for stored things."""

from __future__ import annotations

import secrets
import time
from uuid import UUID


def new_id(milliseconds: int | None = None) -> str:
    """A UUID of version 7 (RFC 9562): sorts by its millisecond, and is otherwise random."""
    now = time.time_ns() // 1_000_000 if milliseconds is None else milliseconds
    value = (now & (2**48 - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(UUID(int=value))
