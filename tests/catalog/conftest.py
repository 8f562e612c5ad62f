"""An editable copy of the packaged catalog."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from catalog.catalog import Catalog, default_catalog

if TYPE_CHECKING:
    from collections.abc import Callable

PACKAGED = Path(__file__).parents[2] / "catalog" / "data"


class Workbench:
    """A directory of catalog files to be changed by a test."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def edit(self, file: str, change: Callable[[Any], Any]) -> None:
        """Applies `change` to the JSON of `file` in place; what it returns, unless None, replaces the document."""
        path = self.root / file
        document = json.loads(path.read_text(encoding="utf-8"))
        result = change(document)
        path.write_text(json.dumps(document if result is None else result), encoding="utf-8")

    def write(self, file: str, text: str) -> None:
        """Replaces the text of `file`, or makes the file."""
        (self.root / file).write_text(text, encoding="utf-8")

    def read(self, file: str) -> str:
        """The text of `file`."""
        return (self.root / file).read_text(encoding="utf-8")


@pytest.fixture
def bench(tmp_path: Path) -> Workbench:
    root = tmp_path / "data"
    shutil.copytree(PACKAGED, root)
    return Workbench(root)


@pytest.fixture(scope="session")
def packaged() -> Catalog:
    return default_catalog()
