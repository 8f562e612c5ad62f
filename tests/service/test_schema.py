"""Schemathesis over the whole document: examples, edge cases, random requests and chains of them, with all checks."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from service import prefer
from service.audits import answering
from service.audits.service import answer_to
from service.db.session import close_database, open_database
from service.settings import Settings
from service.tenants.keys import Scope
from tests.service.cli.commands import ROOT
from tests.service.running import on_a_socket
from tests.service.tenants.asking import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIG = Path(__file__).with_name("schemathesis.toml")
EXAMPLES = 2
SECONDS = 900


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """A service that asks for keys, and one that opens everything. It searches for nothing, so nobody waits."""
    monkeypatch.setattr(prefer, "MOST_WAIT_SECONDS", 0)
    # The repair of an audit is searched for while its caller waits: here it is stopped as soon as it begins.
    monkeypatch.setattr(answering, "_repaired", lambda asked, _: answer_to(asked, is_cancelled=lambda: True))
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'plans.db'}",
        run_jobs=False,
        requests_per_minute=0,
        plans_per_minute=0,
        tenant_jobs=0,
        queued_jobs=0,
    )
    sessions = open_database(settings.database_url)
    key = key_of(sessions, "gym", Scope.ADMIN)["Authorization"]
    close_database(sessions)
    with on_a_socket(settings) as url:
        yield url, key


def test_the_document_tells_the_truth(served: tuple[str, str], tmp_path: Path) -> None:
    url, key = served
    command = [
        str(Path(sys.executable).with_name("st")),
        f"--config-file={CONFIG}",
        "run",
        f"{url}/openapi.json",
        "--header",
        f"Authorization: {key}",
        "--checks=all",
        # DELETE stops a search and keeps the best week so far at its address, by contract.
        "--exclude-checks=use_after_free",
        # An event stream of a search that waits stays open until the reader has had enough.
        "--request-timeout=3",
        f"--max-examples={EXAMPLES}",
        "--seed=1",
        "--generation-database=none",
        "--continue-on-failure",
        "--no-color",
    ]
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.service.schemathesis_hooks", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr
    operations = re.search(r"Selected: (\d+)/(\d+)", done.stdout)
    assert operations is not None
    assert operations[1] == operations[2], "an operation was left out"
    assert re.search(r"(\d+) generated", done.stdout), done.stdout
