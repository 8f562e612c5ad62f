"""Every page, by its route: none takes a form of another site, and none but the public ones is shown without a key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from service.app import create_app
from service.web import endpoints, taking_endpoints
from service.web.routers import ROUTERS
from service.web.routing import PageRoute
from tests.service.running import in_process

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi import APIRouter

    from service.settings import Settings

_PUBLIC = (endpoints.public_router, taking_endpoints.public_router)


def _addresses(method: str, *routers: APIRouter) -> list[str]:
    routes = [route for router in routers for route in router.routes if isinstance(route, PageRoute)]
    return [route.path.replace("{", "").replace("}", "") for route in routes if method in (route.methods or ())]


def test_no_form_of_another_site_is_taken_and_no_page_shown_without_a_key(settings: Settings, database: Path) -> None:
    keyed = [router for router in ROUTERS if router not in _PUBLIC]
    with in_process(create_app(replace(settings, run_jobs=False, require_keys=True)), database) as service:
        forms = _addresses("POST", *ROUTERS)
        assert len(forms) > 20
        elsewhere = {"Sec-Fetch-Site": "cross-site", "Content-Type": "application/x-www-form-urlencoded"}
        refused = {path: service.post(path, headers=elsewhere, content="a=b").status_code for path in forms}
        assert set(refused.values()) == {403}, refused
        own = {**elsewhere, "Sec-Fetch-Site": "same-origin"}
        asked = {path: service.get(path).status_code for path in _addresses("GET", *keyed)}
        sent = {path: service.post(path, headers=own, content="a=b").status_code for path in _addresses("POST", *keyed)}
        assert {*asked.values(), *sent.values()} == {401}, (asked, sent)
