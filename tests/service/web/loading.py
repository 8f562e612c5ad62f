"""What a page weighs and how long it takes until it is there, as the browser measures it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.service.web.visiting import visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Response

MOST_BYTES = 150_000
"""Of a page with all that belongs to it."""
MOST_SENT_BYTES = 50_000
"""Of the same as it is sent, packed."""

_TIMES = """() => new Promise((resolve) => {
  const [navigation] = performance.getEntriesByType("navigation");
  new PerformanceObserver((list, observer) => {
    const [painted] = list.getEntriesByName("first-contentful-paint");
    if (!painted) return;
    observer.disconnect();
    resolve([painted.startTime, navigation.domContentLoadedEventEnd]);
  }).observe({ type: "paint", buffered: true });
})"""
"""Scripts are deferred modules, so they listen when the document's own event has ended."""


@dataclass(frozen=True)
class Loading:
    """One visit with an empty cache. Times are milliseconds from the first request."""

    sizes: dict[str, int]
    """Bytes by path."""
    sent: int
    """Bytes of all bodies as they were sent."""
    visible: float
    interactive: float

    @property
    def weight(self) -> int:
        """All bytes together."""
        return sum(self.sizes.values())


def loaded(browser: Browser, base: str, path: str, size: str) -> Loading:
    """Visit a page as somebody who was never here."""
    with visiting(browser, base, size) as visitor:
        answers: list[Response] = []
        visitor.page.on("response", lambda answer: answers.append(answer))
        visitor.go(path)
        visible, interactive = visitor.page.evaluate(_TIMES)
        sizes = {answer.url.removeprefix(base): len(answer.body()) for answer in answers}
        sent = sum(answer.request.sizes()["responseBodySize"] for answer in answers)
        return Loading(sizes, sent, visible, interactive)
