"""Where Chromium is, and one that runs."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Playwright

VARIABLE = "COUNTERPULL_TEST_CHROMIUM"
HOW_TO_GET_IT = (
    "install Chromium (on Debian and Ubuntu: apt install chromium; elsewhere: .venv/bin/python -m playwright install "
    f"chromium), or name its program in {VARIABLE}"
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_NOBODY_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""Nothing but this machine can be reached."""


class NoChromiumError(Exception):
    """There is no Chromium here."""


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser without a window. Raises NoChromiumError when there is none."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_program(playwright), args=[_NOBODY_ELSE])
        try:
            yield browser
        finally:
            browser.close()


def _program(playwright: Playwright) -> str:
    named = os.environ.get(VARIABLE)
    own = playwright.chromium.executable_path
    found = named or next(filter(None, map(shutil.which, _NAMES)), None) or (own if Path(own).exists() else None)
    if found is None:
        raise NoChromiumError
    return found
