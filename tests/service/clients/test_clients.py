"""Typed clients that common generators make from our document: they compile, and they ask a running service."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from service.app import create_app
from service.db.session import close_database, open_database
from service.settings import Settings
from tests.leaving_out import Missing, leave_out
from tests.service.cli.commands import ROOT
from tests.service.running import on_a_socket
from tests.service.tenants.asking import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
MADE = Path(".venv/clients/.installed")
GENERATORS = ROOT / MADE.parent
PYTHON = GENERATORS / "bin" / "python"
NODE_MODULES = GENERATORS / "node_modules"

NO_PYTHON = Missing("generator of Python clients", "The tests of the Python client", f"run: make {MADE}")
NO_NODE = Missing(
    "generator of TypeScript clients",
    "The tests of the TypeScript client",
    f"install Node.js with npm (on Debian and Ubuntu: apt install nodejs npm) and run: make {MADE}",
)


class Served(NamedTuple):
    """A running service."""

    url: str
    key: str


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A service that asks for keys."""
    database = tmp_path_factory.mktemp("served") / "plans.db"
    settings = Settings(database_url=f"sqlite:///{database}", max_concurrent_solves=1)
    sessions = open_database(settings.database_url)
    key = key_of(sessions, "gym")["Authorization"].removeprefix("Bearer ")
    close_database(sessions)
    with on_a_socket(settings) as url:
        yield Served(url, key)


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("document") / "openapi.json"
    file.write_text(json.dumps(create_app(Settings()).openapi()))
    return file


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout[-6000:]}\n{done.stderr[-6000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def python_client(request: pytest.FixtureRequest, document: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the made package `client` in it."""
    if not PYTHON.exists():
        leave_out(request.config, NO_PYTHON, request.node.nodeid)
    folder = tmp_path_factory.mktemp("python")
    # It runs ruff over what it makes.
    path = f"{PYTHON.parent}{os.pathsep}{os.environ['PATH']}"
    options = ("--path", document, "--output-path", folder / "client", "--meta", "none", "--fail-on-warning")
    config = ("--config", HERE / "python.yaml")
    run(PYTHON, "-m", "openapi_python_client", "generate", *options, *config, folder=folder, PATH=path)
    return folder


def test_a_python_client_asks_the_service(python_client: Path, served: Served) -> None:
    run(PYTHON, HERE / "use.py", *served, folder=python_client, PYTHONPATH=str(python_client))


def test_the_types_of_the_python_client_fit(python_client: Path) -> None:
    options = ("--strict", "--follow-imports=silent", "--python-executable", PYTHON, f"--cache-dir={os.devnull}")
    environment = {"MYPYPATH": str(python_client)}
    run(sys.executable, "-m", "mypy", *options, HERE / "use.py", folder=python_client, **environment)


def test_a_typescript_client_compiles_and_asks_the_service(
    request: pytest.FixtureRequest, document: Path, served: Served, tmp_path: Path
) -> None:
    node = shutil.which("node")
    if node is None or not NODE_MODULES.exists():
        leave_out(request.config, NO_NODE, request.node.nodeid)
    (tmp_path / "node_modules").symlink_to(NODE_MODULES)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    for name in ("use.ts", "tsconfig.json"):
        shutil.copy(HERE / name, tmp_path)
    programs = NODE_MODULES / ".bin"
    made = ("--default-non-nullable", "false", "--output", tmp_path / "api.d.ts")
    run(programs / "openapi-typescript", document, *made, folder=tmp_path)
    run(programs / "tsc", folder=tmp_path)
    run(node, tmp_path / "use.js", *served, folder=tmp_path)
