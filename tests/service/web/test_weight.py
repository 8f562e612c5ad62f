"""The page is light: all that a view needs, nothing of it compressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.service.web.loading import MOST_BYTES, loaded
from tests.service.web.visiting import DESKTOP

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.service.web.site import Site


def test_form_and_week_are_light(chromium: Browser, site: Site) -> None:
    for path in ("/", f"/plans/{site.solved()['id']}"):
        loading = loaded(chromium, site.url, path, DESKTOP)
        assert any(file.endswith("page.css") for file in loading.sizes)
        assert any(file.endswith("page.js") for file in loading.sizes)
        assert loading.weight <= MOST_BYTES, loading.sizes
