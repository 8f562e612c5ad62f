"""Answers are kept whole or not at all."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from service.db.session import BUSY_MILLISECONDS, close_database, open_database
from service.ids import new_id
from service.plans.mapping import to_problem
from service.plans.presenter import Question, present
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanRequest
from solver.domain.outcome import SolveStats, TimedOut
from tests.service.running import stored_plans

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from catalog.catalog import Catalog
    from service.db.session import SessionFactory
    from service.plans.schemas import PlanResponse

NOW = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)


@pytest.fixture
def sessions(database: Path) -> Iterator[SessionFactory]:
    opened = open_database(f"sqlite:///{database}")
    yield opened
    close_database(opened)


@pytest.fixture
def answer(catalog: Catalog) -> PlanResponse:
    request = PlanRequest()
    question = Question(new_id(), NOW, request, to_problem(request, catalog), catalog)
    return present(question, TimedOut(SolveStats("x", 1.0, 1.0, 1, 1, stopped_by_clock=True)))


def test_what_is_kept_comes_back_byte_for_byte(sessions: SessionFactory, answer: PlanResponse) -> None:
    with sessions.begin() as session:
        text_kept = PlanRepository(session).add(answer, NOW)
    with sessions() as session:
        assert PlanRepository(session).answer_json(answer.id) == text_kept == answer.model_dump_json()
        assert PlanRepository(session).answer_json("other") is None


def test_nothing_is_kept_without_a_commit(sessions: SessionFactory, answer: PlanResponse, database: Path) -> None:
    with sessions() as session:
        PlanRepository(session).add(answer, NOW)
        session.flush()
    assert stored_plans(database) == 0


def test_a_failed_transaction_leaves_nothing(sessions: SessionFactory, answer: PlanResponse, database: Path) -> None:
    with sessions.begin() as session:
        PlanRepository(session).add(answer, NOW)
    with pytest.raises(IntegrityError), sessions.begin() as session:
        _add_two(session, answer.model_copy(update={"id": new_id()}), answer)
    assert stored_plans(database) == 1


def _add_two(session: Session, new: PlanResponse, already_there: PlanResponse) -> None:
    PlanRepository(session).add(new, NOW)
    session.flush()
    PlanRepository(session).add(already_there, NOW)


def test_the_columns_hold_json(sessions: SessionFactory, answer: PlanResponse, database: Path) -> None:
    with sessions.begin() as session:
        PlanRepository(session).add(answer, NOW)
    with closing(sqlite3.connect(database)) as connection:
        row = connection.execute("SELECT id, status, request_json, response_json FROM plans").fetchone()
    assert row[:2] == (answer.id, "timed_out")
    assert json.loads(row[2]) == answer.request
    assert json.loads(row[3])["resolved"]["athlete"]["experience"] == "intermediate"


def test_sqlite_is_prepared_for_several_threads(sessions: SessionFactory) -> None:
    with sessions() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert session.execute(text("PRAGMA busy_timeout")).scalar() == BUSY_MILLISECONDS


def test_opening_twice_keeps_what_is_there(database: Path, answer: PlanResponse) -> None:
    for expected in (0, 1):
        opened = open_database(f"sqlite:///{database}")
        assert stored_plans(database) == expected
        if not expected:
            with opened.begin() as session:
                PlanRepository(session).add(answer, NOW)
        close_database(opened)


def test_ids_sort_by_time_and_are_version_7() -> None:
    ids = [new_id(milliseconds) for milliseconds in (0, 1, 1_000, 1_763_000_000_000, 2**48 - 1)]
    assert ids == sorted(ids)
    assert all(id_[14] == "7" and id_[19] in "89ab" and len(id_) == 36 for id_ in ids)
    assert len({new_id() for _ in range(1_000)}) == 1_000
    assert new_id(0)[:13] == "00000000-0000"
