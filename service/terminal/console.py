"""Where text goes and how the command ends."""

from __future__ import annotations

import json
import sys
from enum import IntEnum

from rich.console import Console

WIDE_COLUMNS = 120
"""From this width on, tables have room for a column of sentences."""


class ExitCode(IntEnum):
    """How a command ends. Part of the public contract: see README and `counterpull --help`."""

    OK = 0
    OUR_FAULT = 1
    WRONG_REQUEST = 2
    INFEASIBLE = 3
    TIMED_OUT = 4
    MISTAKES = 5
    INTERRUPTED = 130


EXIT_CODES = (
    (ExitCode.OK, "a plan was found, or the question was answered"),
    (ExitCode.OUR_FAULT, "something went wrong on our side"),
    (ExitCode.WRONG_REQUEST, "the command or the request is wrong; every fault is listed"),
    (ExitCode.INFEASIBLE, "no plan keeps every rule; the conflict is shown"),
    (ExitCode.TIMED_OUT, "time ran out, or the search was stopped, before there was a plan"),
    (ExitCode.MISTAKES, "an audited programme makes at least one of the six mistakes"),
)


def output() -> Console:
    """Standard output: coloured on a terminal unless NO_COLOR is set, 80 columns wide in a pipe."""
    return _console(stderr=False)


def errors() -> Console:
    """Standard error, in the same manner."""
    return _console(stderr=True)


def print_json(value: object) -> None:
    """Print JSON, indented and never wrapped."""
    sys.stdout.write(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def _console(*, stderr: bool) -> Console:
    # A terminal that cannot show a character gets a question mark, not a stack trace.
    stream = sys.stderr if stderr else sys.stdout
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return Console(stderr=stderr, highlight=False, markup=False, emoji=False)
