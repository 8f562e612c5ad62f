"""Structured logs: one JSON object per line on standard error."""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
"""Id of the request that is being answered; every line that is logged meanwhile carries it."""

_SECRETS = re.compile(r"(cpk_[0-9a-f]{32}_)[A-Za-z0-9_-]+|(://[^/\s:@\"\\]*:)[^/\s@\"\\]+(?=@)")
"""Secrets of API keys, and passwords in URLs."""


class JsonLines(logging.Formatter):
    """A record as one line; `extra={"fields": {...}}` adds members. Secrets that got this far end here."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        current = request_id.get()
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **({} if current is None else {"request_id": current}),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return without_secrets(json.dumps(line, default=str))


def without_secrets(text: str) -> str:
    """The text with every secret of an API key and every password of a URL left out."""
    return _SECRETS.sub(lambda found: f"{found[1] or found[2]}***", text)


def configure_logging(level: str) -> None:
    """Send everything of this process to standard error as JSON lines. For the server process only."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
