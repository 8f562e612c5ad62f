"""What is wrong with a catalog: every fault at once, each with its file and its place in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, order=True)
class Fault:
    """One fault. `file` is relative to the catalog's directory, `pointer` a JSON Pointer (RFC 6901) into it."""

    file: str
    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}#{self.pointer}: {self.message}"


class CatalogError(Exception):
    """The catalog cannot be used. `faults` holds all that was found, ordered by file and place."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        count = len(self.faults)
        super().__init__(f"{count} fault{'s' * (count != 1)} in the catalog:\n" + "\n".join(map(str, self.faults)))


def pointer_of(parts: Iterable[str | int]) -> str:
    """The JSON Pointer made of `parts`, escaped as RFC 6901 asks; empty for the whole document."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
