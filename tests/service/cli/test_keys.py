"""`counterpull keys`: made, listed, rotated and revoked; shown once; and no service for others without them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from service.tenants.keys import Token
from tests.service.cli.commands import at_once, counterpull

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def database(tmp_path: Path) -> str:
    return str(tmp_path / "plans.db")


def _listed(database: str) -> list[dict[str, object]]:
    shown: list[dict[str, object]] = json.loads(at_once("keys", "list", "--json", "--database", database).stdout)
    return shown


def test_a_key_is_printed_alone_and_only_once(database: str) -> None:
    made = at_once(
        "keys", "create", "--tenant", "gym-a", "--scope", "read", "--name", "app", "--expires-days", "30",
        "--database", database,
    )  # fmt: skip
    assert made.exit_code == 0, made.output
    token = made.stdout.strip()
    assert Token.read(token) is not None
    (key,) = _listed(database)
    assert (key["tenant"], key["scopes"], key["name"], key["state"]) == ("gym-a", ["read"], "app", "usable")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}\+00:00", str(key["expires_at"]))
    table = at_once("keys", "list", "--database", database).stdout
    assert "gym-a" in table
    assert token.rpartition("_")[2] not in table + json.dumps(key)


def test_rotating_and_revoking(database: str) -> None:
    at_once("keys", "create", "--database", database)
    (old,) = _listed(database)
    rotated = at_once("keys", "rotate", str(old["id"]), "--overlap-hours", "0", "--database", database)
    assert Token.read(rotated.stdout.strip()) is not None
    first, second = _listed(database)
    assert (first["state"], second["state"]) == ("expired", "usable")
    assert at_once("keys", "revoke", str(second["id"]), "--database", database).exit_code == 0
    assert _listed(database)[1]["state"] == "revoked"
    again = at_once("keys", "rotate", str(second["id"]), "--database", database)
    assert again.exit_code == 2
    assert "revoked or expired" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("create", "--tenant", "Gym A"), "lower-case"),
        (("create", "--scope", "write"), "read"),
        (("revoke", "none"), "There is no key 'none'"),
        (("create", "--name", "x" * 101), "at most 100 characters"),
    ],
)
def test_what_cannot_be_done_is_said(database: str, arguments: tuple[str, ...], said: str) -> None:
    done = at_once("keys", *arguments, "--database", database)
    assert done.exit_code == 2
    assert said in done.stderr
    assert _listed(database) == []


def test_no_service_for_others_without_a_key(database: str) -> None:
    done = counterpull("serve", "--host", "0.0.0.0", "--port", "0", "--database", database)
    assert done.returncode == 2
    assert "no usable API key" in done.stderr
    assert "counterpull keys create" in " ".join(done.stderr.split())
