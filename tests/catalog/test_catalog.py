"""The catalog in use: read-only, ordered, shared, and extensible only as a new catalog."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError

from catalog.catalog import Catalog, default_catalog
from catalog.faults import CatalogError
from catalog.loader import load_catalog
from catalog.schema import Exercise, LadderPlace

if TYPE_CHECKING:
    from tests.catalog.conftest import Workbench

INDEXES = [field.name for field in fields(Catalog) if field.name not in ("defaults", "content_hash")]


def variant(catalog: Catalog, of: str, **changes: Any) -> Exercise:
    return catalog.exercises[of].model_copy(update=changes)


def test_it_is_read_once_and_equals_a_second_reading(packaged: Catalog) -> None:
    assert default_catalog() is packaged
    again = load_catalog()
    assert again is not packaged
    assert again == packaged
    assert hash(again) == hash(packaged)
    assert packaged != packaged.content_hash


@pytest.mark.parametrize("name", INDEXES)
def test_an_index_is_read_only_and_in_order(packaged: Catalog, name: str) -> None:
    index: Any = getattr(packaged, name)
    assert list(index) == sorted(index)
    with pytest.raises(TypeError):
        index["new"] = None
    with pytest.raises(FrozenInstanceError):
        setattr(packaged, name, {})


def test_records_are_frozen_down_to_their_weights(packaged: Catalog) -> None:
    exercise: Any = packaged.exercises["chin_up"]
    with pytest.raises(ValidationError):
        exercise.rest_seconds = 0
    with pytest.raises(TypeError):
        exercise.primary_muscles["biceps"] = 1


def test_every_record_is_found_under_its_own_id(packaged: Catalog) -> None:
    for name in set(INDEXES) - {"sources"}:
        assert all(key == record.id for key, record in getattr(packaged, name).items()), name
    assert all(code == source.code for code, source in packaged.sources.items())


def test_more_exercises_make_another_catalog(packaged: Catalog) -> None:
    before = packaged.content_hash
    mine = variant(packaged, "band_curl", id="my_curl", name="My curl")
    extended = packaged.with_exercises([mine])
    assert extended.exercises["my_curl"] == mine
    assert list(extended.exercises) == sorted([*packaged.exercises, "my_curl"])
    assert extended.content_hash != before
    assert (packaged.content_hash, "my_curl" in packaged.exercises) == (before, False)
    assert extended.ladders == packaged.ladders
    assert packaged.with_exercises([mine]) == extended
    assert packaged.with_exercises([]) == packaged


def test_every_fault_of_added_exercises_is_told_at_once(packaged: Catalog) -> None:
    strangers = [
        variant(packaged, "band_curl"),
        variant(packaged, "band_curl", id="a", pattern="diagonal_pull", movement_family="flying"),
        variant(packaged, "band_curl", id="b", equipment=(("fence",),), sources=("HEARSAY",)),
        variant(packaged, "band_curl", id="c", prerequisite=LadderPlace(ladder="pull_up", stage=8)),
        variant(packaged, "band_curl", id="d", primary_muscles={"brachialis": 4}),
        variant(packaged, "band_curl", id="e", ladder=LadderPlace(ladder="pull_up", stage=7)),
    ]
    with pytest.raises(CatalogError) as caught:
        packaged.with_exercises(strangers)
    assert [(fault.file, fault.pointer) for fault in caught.value.faults] == [
        ("exercises/a.json", "/movement_family"),
        ("exercises/a.json", "/pattern"),
        ("exercises/b.json", "/equipment/0/0"),
        ("exercises/b.json", "/sources/0"),
        ("exercises/band_curl.json", "/id"),
        ("exercises/c.json", "/prerequisite/stage"),
        ("exercises/d.json", "/primary_muscles/brachialis"),
        ("exercises/e.json", "/ladder"),
    ]


def test_a_retired_id_does_not_come_back(bench: Workbench, packaged: Catalog) -> None:
    stone = {"id": "old_curl", "kind": "exercise", "replaced_by": "band_curl", "reason": "Two names for one curl"}
    bench.edit("retired.json", lambda document: document.append(stone))
    catalog = load_catalog(bench.root)
    assert catalog.retired["old_curl"].replaced_by == "band_curl"
    with pytest.raises(CatalogError, match="old_curl is retired"):
        catalog.with_exercises([variant(packaged, "band_curl", id="old_curl")])
