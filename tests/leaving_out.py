"""Tests that need a program which is not there: they are left out, and the end of the run says so plainly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

import pytest


@dataclass(frozen=True)
class Missing:
    """What is not there, which tests that concerns, and how to get it."""

    name: str
    tests: str
    how_to_get_it: str


_LEFT_OUT = pytest.StashKey[dict[Missing, list[str]]]()


def leave_out(config: pytest.Config, missing: Missing, test: str) -> NoReturn:
    """Skip a test and remember it."""
    config.stash.setdefault(_LEFT_OUT, {}).setdefault(missing, []).append(test)
    pytest.skip(f"there is no {missing.name}")


def tell(reporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left out."""
    for missing, tests in config.stash.get(_LEFT_OUT, {}).items():
        reporter.section(missing.name, sep="!")
        reporter.write_line(f"{missing.tests} were LEFT OUT: there is no {missing.name}. At least these:")
        for test in tests:
            reporter.write_line(f"  {test}")
        reporter.write_line(f"To run them, {missing.how_to_get_it}.")
