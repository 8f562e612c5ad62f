"""Names of workers: the same after a restart, and never two alike on a machine."""

from __future__ import annotations

import fcntl
import hashlib
import os
import socket
import tempfile
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def worker_name(database: str) -> Iterator[str]:
    """Hold the first free name of this machine for the workers of a database: its host name and a small number.

    The system takes the name back from a process that is killed, so that its successor gets it and with it the jobs.
    """
    place = Path(tempfile.gettempdir()) / f"counterpull-{os.getuid()}"
    place.mkdir(mode=0o700, exist_ok=True)
    which = hashlib.sha256(database.encode()).hexdigest()[:16]
    for number in count(1):
        with (place / f"{which}-{number}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            yield f"{socket.gethostname()}-{number}"
            return
