"""The interactive documentation, served from this process: no page of ours asks another host for anything."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import FileResponse, Response

from service.errors import ApiError

if TYPE_CHECKING:
    from collections.abc import Mapping

router = APIRouter(include_in_schema=False)

DOCS_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""Swagger UI sets style attributes and carries its icons as data; everything else comes from this host."""

_OWN = Path(__file__).parent / "static" / "docs"


def _bundled(name: str) -> Path:
    """A file of Swagger UI as packaged by fastapi-offline, of which only the files are used."""
    found = find_spec("fastapi_offline")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "static" / name


_ASSETS: Mapping[str, Path] = {
    "swagger-ui.css": _bundled("swagger-ui.css"),
    "swagger-ui-bundle.js": _bundled("swagger-ui-bundle.js"),
    "start.js": _OWN / "start.js",
    "icon.svg": _OWN / "icon.svg",
}


@router.get("/docs")
def page() -> Response:
    """The documentation page."""
    return FileResponse(_OWN / "index.html", headers={"Content-Security-Policy": DOCS_POLICY})


@router.get("/docs/assets/{name}")
def asset(name: str) -> Response:
    """A script, style sheet or icon of the page."""
    path = _ASSETS.get(name)
    if path is None:
        raise ApiError("not-found", "There is no such file.")
    return FileResponse(path, headers={"Cache-Control": "public, max-age=3600"})
