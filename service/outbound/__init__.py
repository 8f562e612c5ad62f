"""Connections to addresses that callers have named: to the public network alone, and in limited time."""
