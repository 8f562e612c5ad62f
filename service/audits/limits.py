"""How large a programme may be. Published in the OpenAPI document."""

from __future__ import annotations

MAX_TEXT_CHARACTERS = 20_000
MAX_LINES = 500
MAX_LINE_CHARACTERS = 500
"""Of a line that is read; a longer one is reported as unread."""
MAX_SESSIONS = 21
MAX_ENTRIES = 40
"""Entries in one session."""
MAX_TAGGED = 60
MAX_SETS = 20
"""Sets of one entry."""
