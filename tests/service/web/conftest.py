"""Fixtures of the page's tests: one browser, one service, and visitors without a past."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.leaving_out import Missing, leave_out
from tests.service.web.chromium import HOW_TO_GET_IT, NoChromiumError, launched
from tests.service.web.site import running
from tests.service.web.visiting import DESKTOP, PHONE, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.service.web.site import Site
    from tests.service.web.visiting import Visitor

_CHROMIUM = Missing("Chromium", "The tests of the page in a browser", HOW_TO_GET_IT)


@pytest.fixture(scope="package")
def _chromium() -> Iterator[Browser | None]:
    try:
        with launched() as browser:
            yield browser
    except NoChromiumError:
        yield None


@pytest.fixture
def chromium(_chromium: Browser | None, request: pytest.FixtureRequest) -> Browser:
    """A running browser. Without one a test is left out, and the run says so at its end; where required it fails."""
    if _chromium is None:
        if os.environ.get("CI") or os.environ.get("COUNTERPULL_TEST_BROWSER") == "required":
            pytest.fail(f"There is no Chromium here: {HOW_TO_GET_IT}.", pytrace=False)
        leave_out(request.config, _CHROMIUM, request.node.nodeid)
    return _chromium


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The service of all tests of the page."""
    with running(tmp_path_factory.mktemp("site")) as found:
        yield found


@pytest.fixture
def desktop(chromium: Browser, site: Site) -> Iterator[Visitor]:
    """At a desk: 1280 by 800."""
    with visiting(chromium, site.url, DESKTOP) as visitor:
        yield visitor


@pytest.fixture
def phone(chromium: Browser, site: Site) -> Iterator[Visitor]:
    """With a phone: 390 by 844, touched."""
    with visiting(chromium, site.url, PHONE) as visitor:
        yield visitor


@pytest.fixture
def scriptless(chromium: Browser, site: Site) -> Iterator[Visitor]:
    """At a desk, with scripts off."""
    with visiting(chromium, site.url, DESKTOP, java_script_enabled=False) as visitor:
        yield visitor


@pytest.fixture(params=(DESKTOP, PHONE))
def visitor(chromium: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """At a desk and with a phone, one after the other."""
    with visiting(chromium, site.url, request.param) as found:
        yield found
