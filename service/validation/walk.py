"""Checks the marks of a parsed body against the catalog: ranges, forms and ids, all of them at once."""

from __future__ import annotations

import re
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from service.errors import Fault, pointer
from service.validation.markers import Bounds, Known, Shape
from service.validation.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from catalog.catalog import Catalog
    from service.validation.markers import Kind

_KIND_WORDS: Mapping[Kind, str] = {
    "exercises": "exercise",
    "muscles": "muscle",
    "equipment": "equipment",
    "patterns": "movement pattern",
    "stress_tags": "kind of stress",
    "ladders": "ladder",
}

_FEW = 20
"""So many words can be listed in a message."""

_Parts = tuple[str | int, ...]
_Child = tuple[Any, Any, _Parts]


def marker_faults(body: BaseModel, catalog: Catalog) -> Iterator[Fault]:
    """Every marked value of `body` that is out of bounds, badly formed or unknown to the catalog, one by one."""
    return _walk(type(body), body, (), catalog)


def known_words(kind: Kind, catalog: Catalog) -> Mapping[str, Iterable[str]]:
    """Id -> other names of everything of this kind."""
    if kind == "exercises":
        return {e.id: (e.name, *e.aliases) for e in catalog.exercises.values()}
    records: Mapping[str, Any] = getattr(catalog, kind)
    return {id_: (record.name,) for id_, record in records.items()}


def unknown_fault(at: str, word: str, what: str, known: Iterable[str] | Mapping[str, Iterable[str]]) -> Fault:
    """The fault of naming something that does not exist."""
    hint = nearest(word, known)
    shown = word if len(word) <= 64 else word[:61] + "..."
    if hint:
        return Fault(at, "unknown_id", f"unknown {what} {shown!r}; did you mean {' or '.join(hint)}?", None, hint)
    # Nothing is like it: where there are few, all are told.
    words = list(known)
    if not 0 < len(words) <= _FEW:
        return Fault(at, "unknown_id", f"unknown {what} {shown!r}")
    return Fault(at, "unknown_id", f"unknown {what} {shown!r}; there are {', '.join(words)}", words)


def range_fault(at: str, value: float, minimum: float, maximum: float, unit: str = "") -> Fault:
    """The fault of a number outside its inclusive range."""
    name = _name(at)
    low, high = _number(minimum), _number(maximum)
    message = f"{name} is between {low} and {high}{' ' + unit if unit else ''}, not {_number(value)}"
    return Fault(at, "out_of_range", message, {"minimum": minimum, "maximum": maximum})


def _name(at: str) -> str:
    """What the place of a pointer is called; an item goes by the name of its list."""
    parts = at.split("/")
    names = [part for part in parts if not part.isdigit()]
    return f"each of {names[-1]}" if parts[-1].isdigit() and names[-1] else parts[-1]


def _number(value: float) -> str:
    # Python refuses to print integers of thousands of digits, and nobody wants to read them.
    if abs(value) >= 10**15:
        return "a number that large"
    return str(int(value)) if value == int(value) else str(value)


def _walk(annotation: Any, value: Any, parts: _Parts, catalog: Catalog) -> Iterator[Fault]:
    """Follow the annotation and the value together; fields left at their default are not looked at."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if isinstance(value, BaseModel):
        children = list(_fields(value, parts))
    elif origin is Annotated:
        for mark in arguments[1:]:
            yield from _judge(mark, value, pointer(*parts), catalog)
        children = [(arguments[0], value, parts)]
    elif origin in (Union, UnionType):
        children = [(branch, value, parts) for branch in arguments if _fits(branch, value)]
    elif origin is list:
        children = [(arguments[0], item, (*parts, index)) for index, item in enumerate(value)]
    elif origin is dict:
        children = [pair for key, item in value.items() for pair in _pairs(arguments, key, item, parts)]
    else:
        children = []
    for child in children:
        yield from _walk(*child, catalog)


def _fields(body: BaseModel, parts: _Parts) -> Iterator[_Child]:
    for name, field in type(body).model_fields.items():
        if name in body.model_fields_set:
            marked = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
            yield marked, getattr(body, name), (*parts, name)


def _pairs(arguments: tuple[Any, ...], key: str, item: Any, parts: _Parts) -> tuple[_Child, _Child]:
    """A key and its value share a pointer."""
    at = (*parts, key)
    return (arguments[0], key, at), (arguments[1], item, at)


def _fits(branch: Any, value: Any) -> bool:
    while get_origin(branch) is Annotated:
        branch = get_args(branch)[0]
    base = get_origin(branch) or branch
    return isinstance(base, type) and isinstance(value, base)


def _judge(mark: Any, value: Any, at: str, catalog: Catalog) -> Iterator[Fault]:
    match mark:
        case Bounds() if not mark.minimum <= value <= mark.maximum:
            yield range_fault(at, value, mark.minimum, mark.maximum, mark.unit)
        case Known() if value not in getattr(catalog, mark.kind):
            yield unknown_fault(at, value, _KIND_WORDS[mark.kind], known_words(mark.kind, catalog))
        case Shape() if re.fullmatch(mark.pattern, value) is None:
            yield Fault(at, "malformed", f"{_name(at)} is {mark.words}", mark.words)
        case _:
            return
