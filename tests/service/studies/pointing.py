"""Where JSON Pointers lead."""

from __future__ import annotations

from functools import reduce
from typing import Any


def there(body: Any, pointer: str) -> Any:
    """What a JSON Pointer leads to. KeyError, IndexError or TypeError where it leads nowhere."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    return reduce(lambda inner, part: inner[int(part)] if isinstance(inner, list) else inner[part], parts, body)


def in_force(answer: dict[str, Any]) -> list[Any]:
    """What the rules of an answer's conflict are told to come from, by its `resolved`."""
    return [there(answer["resolved"], at) for rule in answer["conflict"] for at in rule["resolved"]]
