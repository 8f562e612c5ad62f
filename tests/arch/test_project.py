"""The project can be installed anywhere: exact locks, no index addresses, no paths of one machine."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
OWN_PACKAGES = ("catalog", "solver", "service")
LOCKS = tuple(f"requirements{which}.lock" for which in ("", "-dev", "-bench", "-build", "-clients"))
TYPESCRIPT = ROOT / "tests" / "service" / "clients"

INDEX_HOST = re.compile(
    "|".join(("pypi" + r"\.(org|io|python)", "python" + "hosted", "pytorch" + r"\.org/whl", "registry" + r"\.npm"))
)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|Users|home)/\w|" + "file" + r":///?\w")


def tracked_files() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(text: str) -> dict[str, str]:
    """Name -> version of every `name==version` at the start of a line, environment markers dropped."""
    return dict(re.findall(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("pattern", [INDEX_HOST, MACHINE_PATH], ids=["package index", "machine path"])
def test_no_tracked_file_names_a_package_index_or_a_path_of_one_machine(pattern: re.Pattern[str]) -> None:
    files = tracked_files()
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if pattern.search(line)
    ]
    assert len(files) > 20
    assert found == []


@pytest.mark.parametrize(
    "text", ["https://pypi" + ".org/simple", "/ho" + "me/anna/code", "-f fi" + "le:///wheels", "/ro" + "ot/x"]
)
def test_the_patterns_catch_what_they_are_for(text: str) -> None:
    assert INDEX_HOST.search(text) or MACHINE_PATH.search(text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_is_pinned_and_hashed(lock: str) -> None:
    logical_lines = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    assert logical_lines
    for line in logical_lines:
        assert re.match(r"[a-z0-9_.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line), line


def test_the_locks_hold_the_versions_the_project_asks_for() -> None:
    wanted = project()
    runtime = pins("\n".join(wanted["project"]["dependencies"]))
    development = pins("\n".join(wanted["project"]["optional-dependencies"]["dev"]))
    bench = pins("\n".join(wanted["project"]["optional-dependencies"]["bench"]))
    build = pins("\n".join(wanted["dependency-groups"]["build"]))
    clients = pins("\n".join(wanted["dependency-groups"]["clients"]))
    locked = {lock: pins((ROOT / lock).read_text(encoding="utf-8")) for lock in LOCKS}
    assert runtime.items() <= locked["requirements.lock"].items()
    assert locked["requirements.lock"].items() | development.items() <= locked["requirements-dev.lock"].items()
    assert locked["requirements.lock"].items() | bench.items() <= locked["requirements-bench.lock"].items()
    assert build == locked["requirements-build.lock"]
    assert clients.items() <= locked["requirements-clients.lock"].items()


def test_the_lock_of_the_typescript_client_is_exact_and_hashed() -> None:
    wanted = json.loads((TYPESCRIPT / "package.json").read_text("utf-8"))["devDependencies"]
    packages = json.loads((TYPESCRIPT / "package-lock.json").read_text("utf-8"))["packages"]
    assert packages.pop("")["devDependencies"] == wanted
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, package in packages.items() if not package["integrity"].startswith("sha512-")] == []


def test_every_library_that_is_imported_is_locked() -> None:
    """A library that happens to stand in one environment would be missing from every other."""
    imported = {
        name.split(".")[0]
        for package in OWN_PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imports(node)
    }
    others = imported - set(sys.stdlib_module_names) - set(OWN_PACKAGES)
    distributions = packages_distributions()
    locked = pins((ROOT / "requirements.lock").read_text(encoding="utf-8")).keys()
    missing = {name for name in others if not {_canonical(d) for d in distributions.get(name, [])} & locked}
    assert {"fastapi", "ortools", "pydantic"} <= others
    assert missing == set()


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []


def _canonical(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_the_image_copies_every_package_of_the_distribution() -> None:
    copied = set(re.findall(r"^COPY (\w+) \1$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    packages = {p.removesuffix("*") for p in project()["tool"]["setuptools"]["packages"]["find"]["include"]}
    allowed = set((ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines())
    assert copied == packages
    assert {f"!{package}" for package in packages} <= allowed
