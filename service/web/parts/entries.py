"""Names of entries on a page: every number names the entries that it comes from."""

from __future__ import annotations


def entry_key(session: int, entry: int) -> str:
    """The name of an entry by the positions, from 0, of its session in the week and of itself in the session."""
    return f"s{session}e{entry}"
