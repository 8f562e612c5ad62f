"""Rules, catalog and meta: complete, filterable, in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from service import __version__
from solver.rulebook import BLOCK_RULES, GYM_RULES, RULES

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from tests.service.running import Service


def _all_pages(service: Service, path: str, limit: int) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    cursor = None
    while True:
        parameters = {"limit": limit} | ({"cursor": cursor} if cursor else {})
        page = service.get(path, params=parameters).json()
        assert len(page["items"]) <= limit
        items += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return items


def test_the_rulebook_is_whole(service: Service) -> None:
    rules = service.get("/v1/rules").json()["items"]
    assert [(rule["of"], rule["id"]) for rule in rules] == [
        *(("week", rule.id) for rule in RULES),
        *(("block", rule.id) for rule in BLOCK_RULES),
        *(("gym", rule.id) for rule in GYM_RULES),
    ]
    upper = next(rule for rule in rules if rule["id"] == "balance.upper_pull_push")
    assert upper["mistake"] == 2
    ratio = upper["parameters"][0]
    assert (ratio["name"], ratio["default"], ratio["minimum"], ratio["maximum"]) == ("ratio", 2.0, 1.0, 4.0)


@pytest.mark.parametrize("kind", ["exercises", "muscles", "equipment", "ladders"])
@pytest.mark.parametrize("limit", [7, 500])
def test_pages_hold_everything_once(service: Service, catalog: Catalog, kind: str, limit: int) -> None:
    ids = [item["id"] for item in _all_pages(service, f"/v1/catalog/{kind}", limit)]
    assert ids == sorted(getattr(catalog, kind))


def test_exercises_can_be_filtered(service: Service, catalog: Catalog) -> None:
    parameters = {"muscle": "glutes", "equipment": "barbell", "limit": 500}
    found = [item["id"] for item in service.get("/v1/catalog/exercises", params=parameters).json()["items"]]
    expected = [
        e.id
        for e in catalog.exercises.values()
        if "glutes" in e.muscle_quarters and any("barbell" in items for items in e.equipment)
    ]
    assert found == expected
    assert len(found) > 3


def test_a_ladder_filter_gives_its_rungs(service: Service, catalog: Catalog) -> None:
    found = service.get("/v1/catalog/exercises", params={"ladder": "deadlift"}).json()["items"]
    rungs = {exercise for stage in catalog.ladders["deadlift"].stages for exercise in stage.exercises}
    assert {item["id"] for item in found} == rungs
    assert all(item["ladder"]["ladder"] == "deadlift" for item in found)


def test_search_finds_other_names(service: Service) -> None:
    found = service.get("/v1/catalog/exercises", params={"search": "rdl"}).json()["items"]
    assert "romanian_deadlift" in {item["id"] for item in found}


def test_sets_are_in_order(service: Service, catalog: Catalog) -> None:
    for item in service.get("/v1/catalog/exercises", params={"limit": 500}).json()["items"]:
        assert item["stress"] == sorted(item["stress"])
        assert set(item["stress"]) == catalog.exercises[item["id"]].stress


@pytest.mark.parametrize(
    ("query", "parameter", "code"),
    [
        ("limit=0", "limit", "out_of_range"),
        ("limit=501", "limit", "out_of_range"),
        ("limit=many", "limit", "wrong_type"),
        ("cursor=%25%25", "cursor", "malformed"),
        ("cursor=%C3%A4", "cursor", "malformed"),
        ("muscle=glute", "muscle", "unknown_id"),
        ("pattern=", "pattern", "unknown_id"),
        ("colour=red", "colour", "unknown_parameter"),
        ("search=" + "x" * 65, "search", "out_of_range"),
    ],
)
def test_a_wrong_query_is_named(service: Service, query: str, parameter: str, code: str) -> None:
    response = service.get(f"/v1/catalog/exercises?{query}")
    assert response.status_code == 422
    assert [(e["parameter"], e["code"]) for e in response.json()["errors"]] == [(parameter, code)]


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("exercises", ["cursor", "equipment", "ladder", "limit", "muscle", "pattern", "search"]),
        ("muscles", ["cursor", "limit"]),
    ],
)
def test_an_unknown_parameter_is_told_the_known_ones(service: Service, path: str, known: list[str]) -> None:
    (fault,) = service.get(f"/v1/catalog/{path}?limitt=3").json()["errors"]
    assert fault["allowed"] == known
    assert fault["nearest"] == ["limit"]
    assert fault["message"].endswith(f"there are {', '.join(known)}")


def test_a_preset_is_no_item_and_its_items_are_named(service: Service, catalog: Catalog) -> None:
    response = service.get("/v1/catalog/exercises?equipment=bands_only")
    assert response.status_code == 422
    (fault,) = response.json()["errors"]
    assert (fault["parameter"], fault["allowed"]) == ("equipment", sorted(catalog.presets["bands_only"].equipment))
    assert "'bands_only' is a preset of equipment, not an item" in fault["message"]


def test_meta_tells_what_runs_here(service: Service, catalog: Catalog) -> None:
    meta = service.get("/v1/meta").json()
    assert meta["version"] == __version__
    assert meta["catalog"] == catalog.content_hash
    assert meta["counts"]["exercises"] == len(catalog.exercises)
    assert meta["limits"]["concurrent_solves"] == 1
    assert meta["limits"]["slots"] == 21
