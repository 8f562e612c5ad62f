"""Lists in pages: an opaque cursor that holds the last id of a page."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from service.errors import ApiError, Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

Item = TypeVar("Item", bound=BaseModel)

MAX_PAGE = 500


class PageQuery(BaseModel):
    """Which part of a list is wanted."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(default=100, ge=1, le=MAX_PAGE, description="Items on a page.")
    cursor: str | None = Field(default=None, max_length=200, description="`next_cursor` of the page before.")


class Page(BaseModel, Generic[Item]):
    """A part of a list."""

    items: list[Item]
    next_cursor: str | None = Field(description="Cursor of the next page; null on the last one.", examples=[None])


def page_of(items: Sequence[tuple[str, Item]], query: PageQuery) -> Page[Item]:
    """The page of (id, item) pairs, sorted by id, that the query asks for.

    Raises ApiError `invalid-request` for a cursor that no page has given.
    """
    after = "" if query.cursor is None else id_of(query.cursor)
    rest = [(id_, item) for id_, item in items if id_ > after]
    shown = rest[: query.limit]
    more = len(rest) > len(shown)
    return Page(items=[item for _, item in shown], next_cursor=cursor_of(shown[-1][0]) if more else None)


def cursor_of(id_: str) -> str:
    """The cursor of the page after this id."""
    return base64.urlsafe_b64encode(id_.encode()).decode().rstrip("=")


def id_of(cursor: str) -> str:
    """The id that a cursor holds. Raises ApiError `invalid-request` for a cursor that no page has given."""
    try:
        found = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
        if not found.isprintable():
            raise ValueError("ids are printable")
        return found
    except (binascii.Error, UnicodeDecodeError, ValueError):
        fault = Fault("", "malformed", "cursor is the next_cursor of an earlier page", parameter="cursor")
        raise ApiError("invalid-request", fault.message, (fault,)) from None
