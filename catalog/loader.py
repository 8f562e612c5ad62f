"""Loads a catalog from its files."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from catalog.catalog import Catalog, build_catalog
from catalog.checks import check_records
from catalog.faults import CatalogError
from catalog.reading import read_records

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable
    from pathlib import Path


def load_catalog(directory: Path | None = None) -> Catalog:
    """The catalog in `directory`, or the packaged one.

    Raises CatalogError, whose `faults` holds everything that is wrong in all files at once.
    """
    root: Traversable = files("catalog").joinpath("data") if directory is None else directory
    records, faults = read_records(root)
    if faults:
        raise CatalogError([*faults, *check_records(records)])
    return build_catalog(records)
