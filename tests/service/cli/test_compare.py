"""`counterpull compare`, from files and from a database to every format."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from service.comparisons.schemas import ComparisonResponse
from service.db.models import DEFAULT_TENANT
from service.db.session import close_database, open_database
from service.plans.repository import PlanRepository
from tests.service.cli.commands import at_once, counterpull
from tests.service.comparisons.plans import THREE_DAYS, TWO_DAYS, compared, plan, without_week

if TYPE_CHECKING:
    from service.plans.schemas import PlanResponse


def _saved(folder: Path, name: str, answer: PlanResponse) -> str:
    file = folder / f"{name}.json"
    file.write_text(answer.model_dump_json(), encoding="utf-8")
    return str(file)


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """Both example plans as `plan --json` writes them."""
    return _saved(tmp_path, "three", plan(THREE_DAYS)), _saved(tmp_path, "two", plan(TWO_DAYS))


def test_files_become_readable_tables(files: tuple[str, str]) -> None:
    done = counterpull("compare", *files)
    assert (done.returncode, done.stderr) == (0, "")
    words = " ".join(done.stdout.split())
    for expected in (
        "two scores 76.13, 2.71 less than three, and takes 80 minutes in 2 sessions instead of 90 in 3",
        "Systemic fatigue points 25 21 (best)",
        "Upper body: pull to push pull units 0 (tightest) 4",
        "From three to two",
    ):
        assert expected in words
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_json_csv_markdown_and_svg_tell_the_same(files: tuple[str, str]) -> None:
    expected = compared(plan(THREE_DAYS), plan(TWO_DAYS), labels={THREE_DAYS: "three", TWO_DAYS: "two"})
    asked = {form: at_once("compare", *files, "--format", form) for form in ("json", "csv", "markdown", "svg")}
    assert [done.exit_code for done in asked.values()] == [0] * 4
    assert ComparisonResponse.model_validate_json(asked["json"].stdout) == expected
    rows = list(csv.DictReader(io.StringIO(asked["csv"].stdout)))
    slack = [(row["three"], row["two"]) for row in rows if row["section"] == "slack"]
    assert slack == [tuple("" if one is None else str(one) for one in row.slack) for row in expected.rules]
    assert "| Systemic fatigue | points | 25 | 21 (best) |" in asked["markdown"].stdout
    assert ElementTree.fromstring(asked["svg"].stdout).tag.endswith("svg")


def test_ids_are_looked_up_in_the_database(tmp_path: Path, files: tuple[str, str]) -> None:
    database = str(tmp_path / "plans.db")
    sessions = open_database(f"sqlite:///{database}")
    with sessions.begin() as session:
        PlanRepository(session).add(plan(TWO_DAYS), datetime.now(UTC), tenant=DEFAULT_TENANT)
    close_database(sessions)
    options = ("--database", database, "--format", "json")
    done = at_once("compare", files[0], TWO_DAYS, "--baseline", TWO_DAYS, *options)
    found = ComparisonResponse.model_validate_json(done.stdout)
    assert ([one.label for one in found.plans], found.baseline) == (["three", "B"], TWO_DAYS)
    theirs = at_once("compare", files[0], TWO_DAYS, "--tenant", "other", *options)
    assert theirs.exit_code == 2
    assert "there is no plan with the id" in " ".join(theirs.stderr.split())


def test_what_other_commands_print_is_taken_like_a_plan(tmp_path: Path, files: tuple[str, str]) -> None:
    inside = tmp_path / "replanned.json"
    inside.write_text(json.dumps({"answer": {}, "plans": [json.loads(Path(files[1]).read_text("utf-8"))]}), "utf-8")
    found = [at_once("compare", files[0], other, "--format", "json") for other in (files[1], str(inside))]
    plain, wrapped = [ComparisonResponse.model_validate_json(done.stdout) for done in found]
    assert [one.label for one in wrapped.plans] == ["three", "replanned"]
    assert wrapped.metrics == plain.metrics


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ([], "plans holds 2 to 8 items, not 1"),
        (["gone.json"], "Cannot read gone.json"),
        (["README.md"], "README.md is not the answer to a plan's request"),
        (["{unsolved}"], "is infeasible and has no week that could be compared"),
    ],
)
def test_what_cannot_be_compared_is_said(tmp_path: Path, files: tuple[str, str], others: list[str], said: str) -> None:
    unsolved = _saved(tmp_path, "unsolved", without_week(TWO_DAYS, "infeasible"))
    done = at_once("compare", files[0], *(one.format(unsolved=unsolved) for one in others))
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
