"""One spelling of the catalog's content, and its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Set
from typing import TYPE_CHECKING

from pydantic import BaseModel

from catalog.records import id_of

if TYPE_CHECKING:
    from catalog.records import Named
    from catalog.schema import Defaults


def _plain(value: object) -> object:
    """`value` as JSON types. Sets are sorted; lists keep their order, which carries meaning (alternatives, stages)."""
    if isinstance(value, BaseModel):
        return {name: _plain(getattr(value, name)) for name in type(value).model_fields}
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Set):
        return sorted(str(inner) if isinstance(inner, str) else inner for inner in value)
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value


def content_hash(kinds: Mapping[str, Iterable[Named]], defaults: Defaults) -> str:
    """`sha256:` and the hex digest of all records, independent of files, formatting and order of reading."""
    content: dict[str, object] = {kind: {id_of(r): _plain(r) for r in records} for kind, records in kinds.items()}
    content["defaults"] = _plain(defaults)
    spelled = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return "sha256:" + hashlib.sha256(spelled.encode()).hexdigest()
