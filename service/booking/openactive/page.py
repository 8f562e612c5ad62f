"""A page of an RPDE feed: items in the order of their changes, and where to go on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeGuard
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Sequence

Modified = int | str
"""When an item changed: a time or a number that counts up, comparable with others of its feed."""

MOST_LETTERS = 255
MOST_ITEMS = 5_000
"""On a page: nobody else writes while it is written. The specification suggests 500."""


class FeedError(Exception):
    """What a feed has sent is not as it should be; the message says what."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds that the feed wants to be left alone; None where it does not say."""


@dataclass(frozen=True)
class Item:
    """Something that was changed or deleted."""

    id: str
    kind: str
    modified: Modified
    data: dict[str, Any] | None
    """None of a deleted one."""


@dataclass(frozen=True)
class Page:
    """What one address of a feed has sent."""

    items: Sequence[Item]
    next: str

    def is_last(self, url: str) -> bool:
        """Whether nothing has changed since: no items, and the next page is this one. A page may be empty without."""
        return not self.items and self.next == url


def read_page(text: bytes, url: str) -> Page:
    """The page that was found at an address. Raises FeedError."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        raise FeedError(f"{url} is not JSON") from None
    if not isinstance(body, dict) or not isinstance(body.get("items"), list):
        raise FeedError(f"{url} is no page of a feed: it has no list of items")
    if len(body["items"]) > MOST_ITEMS:
        raise FeedError(f"{url} has {len(body['items'])} items: a page has at most {MOST_ITEMS}")
    following = body.get("next")
    if not isinstance(following, str) or _origin(following) != _origin(url):
        raise FeedError(f"{url} goes on elsewhere: next is an absolute URL of the same host, not {following!r:.200}")
    if body["items"] and following == url:
        raise FeedError(f"{url} goes round in circles: a page with items goes on at another address")
    return Page([_item(item, f"{url}, item {index}") for index, item in enumerate(body["items"], 1)], following)


def newer(one: Modified, other: Modified) -> bool:
    """Whether an item that changed at `one` is newer than the same at `other`. Texts of digits count as numbers."""
    first, second = _number(one), _number(other)
    if first is not None and second is not None:
        return first > second
    return str(one) > str(other)


def _number(modified: Modified) -> int | None:
    if isinstance(modified, int):
        return modified
    return int(modified) if modified.isascii() and modified.isdigit() else None


def _item(item: Any, where: str) -> Item:
    if not isinstance(item, dict):
        raise FeedError(f"{where} is not an object")
    id_, kind, modified, data = (item.get(name) for name in ("id", "kind", "modified", "data"))
    state: Literal["updated", "deleted"] | None = item.get("state")
    if isinstance(id_, int) and not isinstance(id_, bool):
        id_ = str(id_)
    if not _is_word(id_):
        raise FeedError(f"{where}: id is a number or a text of 1 to {MOST_LETTERS} printable characters")
    if not _is_word(kind):
        raise FeedError(f"{where}: kind is a text of 1 to {MOST_LETTERS} printable characters")
    if isinstance(modified, bool) or not isinstance(modified, int | str) or len(str(modified)) > MOST_LETTERS:
        raise FeedError(f"{where}: modified is a whole number or a text")
    if state not in ("updated", "deleted"):
        raise FeedError(f"{where}: state is updated or deleted")
    if state == "updated" and not isinstance(data, dict):
        raise FeedError(f"{where}: an updated item has data")
    return Item(id_, kind, modified, data if state == "updated" else None)


def _is_word(value: Any) -> TypeGuard[str]:
    """Whether it can be kept as it is, by any database."""
    return isinstance(value, str) and 1 <= len(value) <= MOST_LETTERS and value.isprintable()


def _origin(url: str) -> tuple[str, str] | None:
    """Scheme and host with port; None for what is no absolute address on the web."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return (parts.scheme, parts.netloc) if parts.scheme in ("http", "https") and parts.netloc else None
