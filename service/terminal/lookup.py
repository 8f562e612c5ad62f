"""Ids given on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from service.terminal.ending import WrongUseError
from service.terminal.words import either
from service.validation.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

T = TypeVar("T")


def one_of(known: Mapping[str, T], id_: str, what: str, names: Mapping[str, Iterable[str]] | None = None) -> T:
    """The record called `id_`. Raises WrongUseError with the nearest ids; `names` are others they go by."""
    if id_ not in known:
        close = nearest(id_, names or known.keys())
        raise WrongUseError(f"There is no {what} {id_!r}." + (f" Did you mean {either(close)}?" if close else ""))
    return known[id_]
