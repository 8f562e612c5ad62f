"""Somebody who looks at the page, and notices whatever goes wrong on it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page, Request

DESKTOP, PHONE = "desktop", "phone"
SIZES: dict[str, dict[str, Any]] = {
    DESKTOP: {"viewport": {"width": 1280, "height": 800}},
    PHONE: {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}
PATIENCE = 20_000
"""Milliseconds until something that does not come is a fault; a busy machine is no fault."""
WORK = 90_000
"""The same where a search has to end first."""

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_FAULTS_ONLY = {"resultTypes": ["violations"]}
"""All else that was found is much, and takes its time to be handed over."""
_ALL = {**_FAULTS_ONLY, "runOnly": {"type": "tag", "values": _RULES}, "rules": {"target-size": {"enabled": True}}}
_COLOURS = {**_FAULTS_ONLY, "runOnly": {"type": "rule", "values": ["color-contrast"]}}
_AXE = Axe()


@dataclass
class Visitor:
    """A page of the browser, at home at `base`."""

    page: Page
    base: str
    scripts: bool = True
    faults: list[str] = field(default_factory=list)
    """What the console, the network and the page's own errors have told so far."""

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"uncaught: {error}"))
        self.page.on("request", self._request)

    def go(self, path: str) -> None:
        """Open an address of the service, which has to be there."""
        answer = self.page.goto(f"{self.base}{path}")
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status} {answer.text()[:500]}"

    def expects(self, words: str) -> None:
        """Forget the faults with these words, of which there has to be one: a refusal that the test asks for."""
        kept = [fault for fault in self.faults if words not in fault]
        assert len(kept) < len(self.faults), f"no {words!r} among {self.faults}"
        self.faults = kept

    def no_faults(self) -> None:
        """AssertionError with everything that has gone wrong so far."""
        assert not self.faults, "\n".join(self.faults)

    def check(self) -> None:
        """The page as it stands: no fault so far, accessible, readable in light and dark, no wider than its window."""
        self.no_faults()
        if not self.scripts:
            return
        wide = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide[0] <= wide[1], f"{self.page.url} is {wide[0]} wide in a window of {wide[1]}"
        for scheme, options in (("light", _ALL), ("dark", _COLOURS)):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = _AXE.run(self.page, options=options)
            assert found.violations_count == 0, f"{self.page.url}, {scheme}: {found.generate_report()}"
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location.get('url')})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.base}/", "data:", "blob:")):
            self.faults.append(f"asked elsewhere: {request.url}")


@contextmanager
def visiting(browser: Browser, base: str, size: str = DESKTOP, **options: Any) -> Iterator[Visitor]:
    """A visitor without any past; `options` of the browser's context on top of the size.

    At the end nothing may have gone wrong: AssertionError with whatever did.
    """
    settings = {"reduced_motion": "reduce", "locale": "en-GB", **SIZES[size], **options}
    with browser.new_context(**settings) as context:
        visitor = Visitor(context.new_page(), base, scripts=options.get("java_script_enabled", True))
        yield visitor
        visitor.no_faults()
