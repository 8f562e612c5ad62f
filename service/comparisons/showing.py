"""A comparison in the format that its reader likes best."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from service.accept import JSON, preferred
from service.comparisons.examples import format_examples
from service.comparisons.formats.report import TITLE, report
from service.comparisons.formats.table import table
from service.comparisons.pictures import drawn
from service.comparisons.pictures.svg import POLICY as PICTURE_POLICY
from service.errors import ApiError
from service.plans.formats.html import PICTURES_POLICY, html
from service.plans.formats.markdown import markdown

if TYPE_CHECKING:
    from starlette.requests import Request

    from service.comparisons.pictures import PictureName
    from service.comparisons.schemas import ComparisonResponse

MARKDOWN, HTML, CSV, SVG = "text/markdown", "text/html", "text/csv", "image/svg+xml"
OFFERED = (JSON, MARKDOWN, HTML, CSV, SVG)

_PAGE = f"<!doctype html>\n<title>{TITLE}</title>\n..."
CONTENT: dict[str, Any] = {
    media: {"schema": {"type": "string"}, "example": format_examples().get(media, _PAGE)} for media in OFFERED[1:]
}
"""The other formats, for the documentation."""


def chosen_format(request: Request, picture: PictureName | None) -> str:
    """The format that the caller likes best; who names a picture gets one.

    Raises ApiError `not-acceptable` when the caller takes nothing that is on offer.
    """
    offered = OFFERED if picture is None else (SVG,)
    media = preferred(request, offered)
    if media is None:
        what = "A comparison" if picture is None else "A picture"
        raise ApiError("not-acceptable", f"{what} is offered as {', '.join(offered)}.")
    return media


def shown(found: ComparisonResponse, media: str, picture: PictureName | None = None) -> Response:
    """The comparison in one of the formats on offer; without a name, a picture has everything."""
    if media == SVG:
        return Response(drawn(found, picture or "all"), 200, {"Content-Security-Policy": PICTURE_POLICY}, SVG)
    if media == CSV:
        return Response(table(found), 200, {"Content-Disposition": 'attachment; filename="comparison.csv"'}, CSV)
    if media == HTML:
        page = html(report(found, pictures=True), TITLE)
        return Response(page, 200, {"Content-Security-Policy": PICTURES_POLICY}, HTML)
    if media == MARKDOWN:
        return Response(markdown(report(found)), 200, None, MARKDOWN)
    return Response(found.model_dump_json(), 200, None, JSON)
