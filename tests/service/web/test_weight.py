"""The page is light, with all that a view needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.service.web.keeping import kept_week
from tests.service.web.loading import MOST_BYTES, MOST_SENT_BYTES, loaded
from tests.service.web.visiting import DESKTOP

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.service.web.site import Site


def test_form_and_week_are_light(chromium: Browser, site: Site) -> None:
    for path in ("/", f"/plans/{kept_week(site).id}"):
        loading = loaded(chromium, site.url, path, DESKTOP)
        assert any(file.endswith("page.css") for file in loading.sizes)
        assert any(file.endswith("page.js") for file in loading.sizes)
        assert loading.weight <= MOST_BYTES, loading.sizes
        assert loading.sent <= MOST_SENT_BYTES
