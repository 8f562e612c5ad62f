"""JSON Patch (RFC 6902) on the body of a request: operations made as small as they can be, applied by a library."""

from __future__ import annotations

from typing import Any

import jsonpatch

from service.errors import pointer

Operation = dict[str, Any]
"""`op`, `path`, and `value` where there is one."""
Key = str | int


def put(body: Any, path: tuple[Key, ...], value: Any) -> Operation:
    """The operation that sets the value at `path`, making the objects on the way where there are none.

    An index one past the end of a list appends.
    """
    there = body
    for depth, key in enumerate(path):
        if not _has(there, key):
            for inner in reversed(path[depth + 1 :]):
                value = {inner: value}
            return {"op": "add", "path": pointer(*path[: depth + 1]), "value": value}
        if there[key] is None:
            for inner in reversed(path[depth + 1 :]):
                value = {inner: value}
            return {"op": "replace", "path": pointer(*path[: depth + 1]), "value": value}
        there = there[key]
    return {"op": "replace", "path": pointer(*path), "value": value}


def drop(path: tuple[Key, ...]) -> Operation:
    """The operation that removes what stands at `path`."""
    return {"op": "remove", "path": pointer(*path)}


def applied(body: dict[str, Any], operations: tuple[Operation, ...]) -> dict[str, Any]:
    """The body after the operations, one after the other; the body itself stays as it is."""
    changed: dict[str, Any] = jsonpatch.apply_patch(body, list(operations))
    return changed


def _has(there: Any, key: Key) -> bool:
    if isinstance(there, list):
        return isinstance(key, int) and key < len(there)
    return key in there
