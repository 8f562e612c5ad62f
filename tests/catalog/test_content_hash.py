"""The hash names the content: the same for every spelling of it, another for every other fact."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from catalog.loader import load_catalog

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from tests.catalog.conftest import Workbench


def test_it_is_a_sha256(packaged: Catalog) -> None:
    algorithm, digest = packaged.content_hash.split(":")
    assert algorithm == "sha256"
    assert len(bytes.fromhex(digest)) == 32


def test_spelling_and_order_do_not_matter(packaged: Catalog, bench: Workbench) -> None:
    for path in sorted(bench.root.rglob("*.json")):
        document = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(document, dict):
            document = dict(reversed(document.items()))
        else:
            document.reverse()
        path.write_text(json.dumps(document, indent=7, ensure_ascii=True), encoding="utf-8")
    reloaded = load_catalog(bench.root)
    assert reloaded.content_hash == packaged.content_hash
    assert reloaded == packaged
    assert list(reloaded.muscles) == list(packaged.muscles)


def test_a_default_that_is_spelled_out_does_not_matter(packaged: Catalog, bench: Workbench) -> None:
    bench.edit("exercises/chin_up.json", lambda document: document.update(prerequisite=None, guide_mistakes=[]))
    assert load_catalog(bench.root).content_hash == packaged.content_hash


def test_the_interpreters_hash_seed_does_not_matter(packaged: Catalog) -> None:
    program = "from catalog.catalog import default_catalog; print(default_catalog().content_hash)"
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
        )
        assert run.stdout.strip() == packaged.content_hash


def more_rest(document: Any) -> None:
    document["rest_seconds"] += 15


def bench_first(document: Any) -> None:
    document["equipment"].reverse()


def heavier(document: Any) -> None:
    document["primary_muscles"]["pectorals"] = 3


@pytest.mark.parametrize("change", [more_rest, bench_first, heavier])
def test_a_changed_fact_matters(packaged: Catalog, bench: Workbench, change: Any) -> None:
    bench.edit("exercises/dumbbell_bench_press.json", change)
    reloaded = load_catalog(bench.root)
    assert reloaded.content_hash != packaged.content_hash
    assert reloaded != packaged


@pytest.mark.parametrize(
    ("file", "path", "value"),
    [
        ("vocab/muscles.json", (3, "weekly_max_sets"), 19),
        ("vocab/equipment.json", (3, "name"), "Roller"),
        ("vocab/presets.json", (4, "name"), "Hotel"),
        ("vocab/patterns.json", (0, "meaning"), "Something else"),
        ("vocab/movement_families.json", (0, "meaning"), "Something else"),
        ("vocab/stress_tags.json", (0, "meaning"), "Something else"),
        ("ladders/squat.json", ("stages", 0, "advance_criterion"), "2x20 full depth"),
        ("sources.json", (0, "finding"), "Something else"),
        ("defaults.json", ("max_drills",), 4),
    ],
)
def test_every_file_is_part_of_it(
    packaged: Catalog, bench: Workbench, file: str, path: tuple[str | int, ...], value: object
) -> None:
    def change(document: Any) -> None:
        for part in path[:-1]:
            document = document[part]
        document[path[-1]] = value

    bench.edit(file, change)
    assert load_catalog(bench.root).content_hash != packaged.content_hash


def test_a_tombstone_is_part_of_it(packaged: Catalog, bench: Workbench) -> None:
    stone = {"id": "old_row", "kind": "exercise", "replaced_by": None, "reason": "Two names for one row"}
    bench.edit("retired.json", lambda document: document.append(stone))
    assert load_catalog(bench.root).content_hash != packaged.content_hash
