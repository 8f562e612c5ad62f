"""Tests that need a program which is not there: they are left out, and the end of the run says so plainly."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, NoReturn

import pytest


@dataclass(frozen=True)
class Missing:
    """What is not there, which tests that concerns, and how to get it."""

    name: str
    tests: str
    how_to_get_it: str


_LEFT_OUT = pytest.StashKey[dict[Missing, list[str]]]()
_CARRIED = "left_out"


def leave_out(config: pytest.Config, missing: Missing, test: str) -> NoReturn:
    """Skip a test and remember it."""
    _left_out(config).setdefault(missing, []).append(test)
    pytest.skip(f"there is no {missing.name}")


def tell(reporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was left out."""
    for missing, tests in _left_out(config).items():
        reporter.section(missing.name, sep="!")
        reporter.write_line(f"{missing.tests} were LEFT OUT: there is no {missing.name}. At least these:")
        for test in tests:
            reporter.write_line(f"  {test}")
        reporter.write_line(f"To run them, {missing.how_to_get_it}.")


def hand_over(config: pytest.Config) -> None:
    """In one of several processes that share the tests: hand what was left out to the one that tells of it."""
    carried: dict[str, Any] | None = getattr(config, "workeroutput", None)
    if carried is not None:
        carried[_CARRIED] = [(asdict(missing), tests) for missing, tests in _left_out(config).items()]


def take_over(config: pytest.Config, carried: dict[str, Any]) -> None:
    """What another process has handed over."""
    for missing, tests in carried.get(_CARRIED, ()):
        _left_out(config).setdefault(Missing(**missing), []).extend(tests)


def _left_out(config: pytest.Config) -> dict[Missing, list[str]]:
    return config.stash.setdefault(_LEFT_OUT, {})
