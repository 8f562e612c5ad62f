"""A copy of the database is whole: plans, jobs and what the job engine knows of them."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from service.db import schema
from tests.postgres import server_programs
from tests.service.cli.commands import at_once
from tests.service.jobs.toys import QUICK, office

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.postgres import Server


def _two_jobs(url: str) -> tuple[str, str]:
    with office(url, QUICK, "before") as before:
        done = before.submit("quick")
        before.until(done, "done")
    with office(url) as desk:
        return done, desk.submit("quick")


def _gone_on_with(url: str, done: str, waiting: str) -> None:
    schema.check(url)
    with office(url, QUICK, "after") as after:
        after.until(waiting, "done")
        assert after.landings(done) == [(1, "before", "well")]
        assert after.landings(waiting) == [(1, "after", "well")]
        assert [event.kind for event in after.events(done)] == ["queued", "running", "ended"]


def test_a_file_is_copied_while_it_is_used(tmp_path: Path) -> None:
    file, copy = tmp_path / "plans.db", tmp_path / "copy.db"
    url = f"sqlite:///{file}"
    schema.upgrade(url)
    done, waiting = _two_jobs(url)
    with office(url) as desk:
        made = at_once("db", "backup", str(copy), "--database", str(file))
        assert made.exit_code == 0, made.stderr
        desk.submit("quick")
    _gone_on_with(f"sqlite:///{copy}", done, waiting)
    again = at_once("db", "backup", str(copy), "--database", str(file))
    assert (again.exit_code, again.stdout) == (2, "")
    assert "exists already" in " ".join(again.stderr.split())
    missing = at_once("db", "backup", str(tmp_path / "new.db"), "--database", str(tmp_path / "none.db"))
    assert missing.exit_code == 2
    assert not (tmp_path / "none.db").exists()


def test_a_server_is_copied_by_its_own_programs(
    postgres: Server, postgres_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    done, waiting = _two_jobs(postgres_url)
    programs = server_programs()
    assert programs is not None, "pg_dump is a part of the server's package"
    dump, restored = tmp_path / "plans.dump", postgres.create()
    request.addfinalizer(lambda: postgres.drop(restored))
    dumped = [programs / "pg_dump", "--format=custom", f"--file={dump}", postgres_url]
    subprocess.run(dumped, check=True, capture_output=True)
    put_back = [programs / "pg_restore", "--no-owner", "--dbname", postgres.url(restored), dump]
    subprocess.run(put_back, check=True, capture_output=True)
    _gone_on_with(postgres.url(restored), done, waiting)
    told = at_once("db", "backup", str(tmp_path / "x.db"), "--database", postgres_url)
    assert told.exit_code == 2
    assert "pg_dump" in told.stderr
