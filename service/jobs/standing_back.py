"""Work that lets others go first."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def standing_back(steps: int, do: Callable[[], T]) -> T:
    """What `do` gives, done with so many steps (0-19) less priority, and so is every thread that it starts.

    In a thread of its own, since a priority given away does not come back. Only Linux has priorities by thread;
    elsewhere nothing yields. Raises what `do` raises.
    """
    if not steps or sys.platform != "linux":
        return do()
    with ThreadPoolExecutor(1, thread_name_prefix="standing-back", initializer=_yield, initargs=(steps,)) as aside:
        return aside.submit(do).result()


def _yield(steps: int) -> None:
    own = threading.get_native_id()
    os.setpriority(os.PRIO_PROCESS, own, min(19, os.getpriority(os.PRIO_PROCESS, own) + steps))
