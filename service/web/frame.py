"""The frame around every page: templates, theme, locale, headers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from service.plans.phrases import counted
from service.terminal.words import duration, minutes, number, percent, plain
from service.terminal.words import sentence as statement
from service.web.assets import address_of
from service.web.entry import KEY_COOKIE
from service.web.locale import locale_of
from service.web.packing import packed
from service.web.parts.body.shading import SHADES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

THEME_COOKIE = "counterpull_theme"
SYSTEM = "system"
THEMES = (
    (SYSTEM, "System theme", "M3 5h18v11H3zM12 16v4M8 20h8"),
    (
        "light",
        "Light theme",
        "M12 7.8a4.2 4.2 0 1 0 0 8.4a4.2 4.2 0 0 0 0-8.4M12 2.5V5M12 19v2.5M2.5 12H5M19 12h2.5"
        "M5.3 5.3 7 7M17 17l1.7 1.7M5.3 18.7 7 17M17 7l1.7-1.7",
    ),
    ("dark", "Dark theme", "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5Z"),
)
"""What there is to choose from: its name in the cookie, its name for people, and its sign as SVG path data."""
HTML = "text/html"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of the pages: nothing from elsewhere, nothing inline."""

NAVIGATION = (("/", "Plan"), ("/plans", "Weeks"), ("/compare", "Compare"), ("/audit", "Audit"))
"""Pages to begin with: address and name."""
_INDENT = re.compile(r"\n\s+")


def _unindented(markup: Markup | str) -> Markup:
    """Long lists without the blanks that stand before their lines."""
    return Markup(_INDENT.sub("\n", escape(markup)))


def _sentence(text: str) -> str:
    """With a capital and one full stop, or the question mark that it has."""
    return f"{text[:1].upper()}{text[1:]}" if text.endswith("?") else statement(text)


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals |= {"asset": address_of, "navigation": NAVIGATION, "themes": THEMES, "shades": SHADES}
_ENVIRONMENT.filters |= {
    "counted": counted,
    "duration": duration,
    "minutes": minutes,
    "number": number,
    "percent": percent,
    "plain": plain,
    "sentence": _sentence,
    "unindented": _unindented,
}


def theme_named(name: str | None) -> str:
    """The theme of this name; for any other word the one that follows the system."""
    return next((theme for theme, _, _ in THEMES if theme == name), SYSTEM)


def page(
    request: Request,
    template: str,
    view: object,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Response:
    """A page of `template`, which sees `view` and `more` beside what every page needs. Everything is escaped."""
    locale = locale_of(request.headers.get("accept-language", ""))
    text = _ENVIRONMENT.get_template(f"{template}.html.jinja").render(
        view=view,
        theme=theme_named(request.cookies.get(THEME_COOKIE)),
        locale=locale,
        here=_here(request),
        path=request.url.path,
        has_key=KEY_COOKIE in request.cookies,
        **more,
    )
    own = {
        "Content-Security-Policy": POLICY,
        "Cache-Control": "private, no-cache",
        "Cross-Origin-Opener-Policy": "same-origin",
        # Not less: browsers tell where a form comes from only where they may tell the referrer.
        "Referrer-Policy": "same-origin",
        "Vary": "Accept-Language, Cookie",
    }
    return packed(request, text.encode(), status, {**own, **(headers or {})}, HTML)


def _here(request: Request) -> str:
    """The address of the page, to come back to; of an answer to a form, the start page."""
    if request.method != "GET":
        return "/"
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path
