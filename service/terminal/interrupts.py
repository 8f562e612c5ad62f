"""Ctrl-C, kept away from the solver library.

While it searches, the library installs an interrupt handler of its own, which knows nothing of our tiers and ends the
process when the signal reaches any other thread than the one that searches. Threads inherit what is held back when they
start, so interrupts are held back while threads are started, and looked for by the main thread alone.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_INTERRUPT = {signal.SIGINT}


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back from this thread, and for good from all that it starts meanwhile."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _INTERRUPT)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def interrupted() -> bool:
    """Whether Ctrl-C was pressed since the last call, while it is held back."""
    if signal.SIGINT not in signal.sigpending():
        return False
    signal.sigwait(_INTERRUPT)
    return True
