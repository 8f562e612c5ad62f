"""Files named on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

from service.terminal.ending import WrongUseError


def read_source(source: str) -> bytes:
    """The content of a file, or of standard input for `-`. Raises WrongUseError when there is no such file."""
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except OSError as error:
        raise WrongUseError(f"Cannot read {source}: {error.strerror}.") from None
