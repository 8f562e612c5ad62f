"""A new SQLite file is opened by several at once, and nobody is turned away."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from service.db import engine

if TYPE_CHECKING:
    from pathlib import Path

FILES, AT_ONCE = 40, 6


def test_several_that_open_a_new_file_at_once_all_get_in(tmp_path: Path) -> None:
    """Two that switch a file's journal at the same moment stand in each other's way, and neither waits by itself."""

    def opened(path: Path, together: Barrier) -> str:
        together.wait()
        with engine.open_engine(f"sqlite:///{path}").connect() as connection:
            return str(connection.execute(text("PRAGMA journal_mode")).scalar_one())

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for number in range(FILES):
            path, together = tmp_path / f"{number}.db", Barrier(AT_ONCE)
            modes = [pool.submit(opened, path, together) for _ in range(AT_ONCE)]
            assert {mode.result() for mode in modes} == {"wal"}


def test_nobody_waits_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 100)
    path = tmp_path / "plans.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(OperationalError, match="locked"):
        engine.open_engine(f"sqlite:///{path}").connect()
    other.close()
