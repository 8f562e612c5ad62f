"""Searches yield to whoever is waited for; the rest of their process does not."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from service.jobs.standing_back import standing_back

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has priorities by thread")


def _niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def _of_a_thread() -> int:
    found: list[int] = []
    thread = threading.Thread(target=lambda: found.append(_niceness()))
    thread.start()
    thread.join()
    return found[0]


def test_work_and_its_threads_yield_and_nobody_else_does() -> None:
    before = _niceness()
    assert standing_back(3, _niceness) == min(19, before + 3)
    assert standing_back(3, _of_a_thread) == min(19, before + 3)
    assert _niceness() == before


def test_without_steps_it_is_done_in_place() -> None:
    assert standing_back(0, threading.get_ident) == threading.get_ident()


def test_faults_arrive() -> None:
    def fail() -> None:
        raise ValueError("so")

    with pytest.raises(ValueError, match="so"):
        standing_back(1, fail)
