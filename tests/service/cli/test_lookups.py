"""`counterpull rules` and `counterpull catalog`, as text and as JSON."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from catalog.catalog import default_catalog
from service import __version__
from service.reference.schemas import RuleResponse
from service.terminal.console import EXIT_CODES
from solver.rulebook import RULE_BY_ID, RULEBOOK, RULEBOOK_BY_ID
from tests.service.cli.commands import COMMAND, PLAIN, ROOT, at_once, counterpull


def listed(*arguments: str) -> list[dict[str, object]]:
    done = at_once("catalog", *arguments, "--json")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


def test_every_rule_is_listed() -> None:
    done = at_once("rules")
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()[1:-2]] == [rule.id for rule in RULEBOOK]


def test_one_rule_is_shown_with_sentence_bounds_and_sources() -> None:
    done = at_once("rules", "scapula.lower_trap")
    words = " ".join(done.stdout.split())
    assert RULE_BY_ID["scapula.lower_trap"].sentence in words
    assert "sets 4 2 to 16" in words
    assert default_catalog().sources["EKS03"].citation in words


def test_a_rule_of_a_gym_is_shown_as_such() -> None:
    words = " ".join(at_once("rules", "gym.stations").stdout.split())
    assert "of a gym" in words
    assert RULEBOOK_BY_ID["gym.stations"].sentence in words


def test_rules_as_json_are_those_of_the_api() -> None:
    rules = json.loads(at_once("rules", "--json").stdout)
    assert rules == [RuleResponse.of_spec(rule).model_dump(mode="json") for rule in RULEBOOK]
    assert {rule["of"] for rule in rules} == {"week", "block", "gym"}
    one = json.loads(at_once("rules", "balance.upper_pull_push", "--json").stdout)
    assert one == next(rule for rule in rules if rule["id"] == "balance.upper_pull_push")
    assert one["parameters"][0]["default"] == 2.0


@pytest.mark.parametrize("kind", ["exercises", "muscles", "equipment", "ladders", "presets"])
def test_every_record_of_a_kind_is_listed(kind: str) -> None:
    known = getattr(default_catalog(), kind)
    assert [record["id"] for record in listed(kind)] == list(known)
    text = at_once("catalog", kind).stdout
    assert f"{len(known)} found" in text
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("kind", ["exercises", "muscles", "equipment", "ladders", "presets"])
def test_one_record_is_shown_as_text_and_as_json(kind: str) -> None:
    first = next(iter(getattr(default_catalog(), kind).values()))
    shown = at_once("catalog", kind, first.id)
    assert shown.exit_code == 0
    assert first.name in shown.stdout
    assert json.loads(at_once("catalog", kind, first.id, "--json").stdout)["name"] == first.name


def test_exercises_are_filtered_by_pattern_muscle_and_equipment_together() -> None:
    found = listed("exercises", "--pattern", "horizontal_pull", "--muscle", "biceps", "--equipment", "bands_only")
    catalog = default_catalog()
    bands = catalog.presets["bands_only"].equipment | {"none"}
    expected = {
        e.id
        for e in catalog.exercises.values()
        if e.pattern == "horizontal_pull"
        and "biceps" in e.muscle_quarters
        and any(bands >= set(a) for a in e.equipment)
    }
    assert {exercise["id"] for exercise in found} == expected
    assert "band_row" in expected
    assert "barbell_bent_over_row" not in expected


def test_items_and_presets_of_equipment_add_up() -> None:
    bodyweight = {e["id"] for e in listed("exercises", "--equipment", "bodyweight")}
    with_bar = {e["id"] for e in listed("exercises", "--equipment", "bodyweight", "--equipment", "pull_up_bar")}
    assert bodyweight < with_bar
    assert "pull_up" in with_bar - bodyweight


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (("rules", "balance.uper_pull_push"), "balance.upper_pull_push"),
        (("catalog", "exercises", "facepul"), "face_pull"),
        (("catalog", "muscles", "glute"), "glutes"),
        (("catalog", "exercises", "--muscle", "hamstring"), "hamstrings"),
        (("catalog", "exercises", "--pattern", "hip_hing"), "hip_hinge"),
        (("catalog", "exercises", "--equipment", "barbel"), "barbell"),
        (("catalog", "muscles", "--region", "uper"), "upper"),
    ],
)
def test_an_unknown_word_gets_the_nearest_one(arguments: tuple[str, ...], nearest: str) -> None:
    done = at_once(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Did you mean" in done.stderr
    assert nearest in done.stderr


def test_json_of_the_catalog_is_the_same_every_time() -> None:
    # Python shuffles sets from process to process; the output must not follow.
    first, second = (counterpull("catalog", "presets", "--json", PYTHONHASHSEED=seed).stdout for seed in ("1", "2"))
    assert first == second


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    with subprocess.Popen(
        [*COMMAND, "catalog", "exercises", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=PLAIN,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == b"[\n"
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(timeout=30) == 0


def test_help_documents_every_exit_code() -> None:
    for arguments in (("--help",), ("plan", "--help")):
        text = at_once(*arguments).stdout
        for code, meaning in EXIT_CODES:
            assert f"{code.value}  {meaning}" in text


def test_the_version_is_told() -> None:
    assert at_once("--version").stdout.strip() == __version__


def test_an_unknown_command_is_wrong_use() -> None:
    assert at_once("pla").exit_code == 2


def test_the_lists_come_without_loading_the_solver_library() -> None:
    script = "import sys, service.cli; sys.exit('ortools' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=PLAIN, check=False).returncode == 0
