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

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

THEME_COOKIE = "counterpull_theme"
THEMES = ("light", "dark")
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
_ENVIRONMENT.globals |= {"asset": address_of, "navigation": NAVIGATION}
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


def theme_of(request: Request) -> str | None:
    """The chosen theme; None follows the system."""
    theme = request.cookies.get(THEME_COOKIE)
    return theme if theme in THEMES else None


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
        theme=theme_of(request),
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
