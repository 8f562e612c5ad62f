"""Progress and Ctrl-C."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from service.terminal.watching import progress_line
from solver.domain.outcome import Progress
from tests.service.cli.commands import COMMAND, PLAIN, ROOT

if TYPE_CHECKING:
    from pathlib import Path

_SLOW_WORK = """
import sys, time
from rich.console import Console
from service.terminal.ending import ends_plainly
from service.terminal.watching import watched

def work(*, on_progress, is_cancelled):
    print("started", flush=True)
    while not is_cancelled():
        time.sleep(0.01)
    print("told to stop", flush=True)
    time.sleep(float(sys.argv[1]))
    return "the best so far"

@ends_plainly
def command():
    print(watched(work, Console(stderr=True)))
    return 0

try:
    command()
except Exception as end:
    sys.exit(getattr(end, "exit_code", 99))
"""


def start(seconds_to_finish: float) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _SLOW_WORK, str(seconds_to_finish)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=PLAIN,
    )


def test_the_first_interrupt_stops_the_work_and_keeps_its_result() -> None:
    with start(0.0) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "started\n"
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert out == "told to stop\nthe best so far\n"
    assert "Stopping" in err
    assert running.returncode == 0


def test_the_second_interrupt_ends_at_once() -> None:
    with start(60.0) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "started\n"
        running.send_signal(signal.SIGINT)
        assert running.stdout.readline() == "told to stop\n"
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=30)
    assert out == ""
    assert running.returncode == 130


def test_on_a_terminal_progress_is_shown_and_an_interrupt_prints_the_plan_found_so_far(
    tmp_path: Path,
) -> None:
    request = tmp_path / "request.json"
    request.write_text("{}", encoding="utf-8")
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*COMMAND, "plan", str(request), "--time-limit", "60"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        cwd=ROOT,
        env={**PLAIN, "TERM": "xterm"},
    ) as running:
        os.close(theirs)
        seen = _read_until(ours, b" of at most ", seconds=60)
        running.send_signal(signal.SIGINT)
        out, _ = running.communicate(timeout=60)
    os.close(ours)
    assert b"tier " in seen
    assert running.returncode == 0
    assert "Balance: the six mistakes" in out.decode()


def _read_until(descriptor: int, wanted: bytes, *, seconds: float) -> bytes:
    """What the terminal shows until a line with a score appears."""
    deadline, seen = time.monotonic() + seconds, b""
    while wanted not in seen or b"score" not in seen:
        assert time.monotonic() < deadline, seen[-500:]
        if select.select([descriptor], [], [], 0.2)[0]:
            seen += os.read(descriptor, 65536)
    return seen


def test_progress_tells_time_tier_score_bound_and_gap() -> None:
    found = Progress(seconds=12.34, tier=2, score=91.25, bound=94.0, gap=0.0293, tier_value=54, tier_bound=40)
    assert progress_line(found) == "12.3 s  tier 2 targets  score 91.25 of at most 94  gap 2.9 %"
    nothing = Progress(seconds=0.5, tier=1, score=None, bound=100.0, gap=1.0, tier_value=None, tier_bound=None)
    assert progress_line(nothing) == "0.5 s  tier 1 minima  no plan yet of at most 100  gap 100 %"
