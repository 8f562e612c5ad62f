"""Studies are kept whole, each for its tenant and its kind, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from service.db.session import close_database, open_database
from service.ids import new_id
from service.jobs.board import Board
from service.plans.jobs import KIND
from service.plans.repository import PlanRepository
from service.studies.asking import digest_of
from service.studies.examples import documented_week
from service.studies.jobs import presented
from service.studies.kind import StudyQuestion
from service.studies.repository import StudyRepository
from service.studies.weeks import load_week, store_week
from service.swaps.kind import SWAPS
from service.swaps.schemas import SwapsRequest
from service.whatif.kind import WHAT_IFS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.catalog import Catalog
    from service.db.session import SessionFactory

NOW = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
GYM = "gym"


@pytest.fixture
def sessions(database_url: str) -> Iterator[SessionFactory]:
    opened = open_database(database_url)
    yield opened
    close_database(opened)


def test_a_study_is_kept_found_again_and_given_up(sessions: SessionFactory, catalog: Catalog) -> None:
    about = documented_week()
    request = SwapsRequest(slot="mon", exercise="push_up")
    question = StudyQuestion(new_id(), NOW, request, catalog, about)
    digest = digest_of(SWAPS, question)
    with sessions.begin() as session:
        StudyRepository(session, SWAPS.name).add(presented(SWAPS, question, "queued"), NOW, tenant=GYM, digest=digest)
    with sessions() as session:
        studies = StudyRepository(session, SWAPS.name)
        kept = studies.find(question.id, GYM)
        assert kept is not None
        assert (kept.status, kept.created_at, kept.finished) == ("queued", NOW, False)
        assert studies.about(question.id) == about.id
        assert studies.find(question.id, "other") is None
        assert StudyRepository(session, WHAT_IFS.name).find(question.id, GYM) is None, "it is of another kind"
        assert studies.alike(digest, GYM) is None, "it has no answer yet"
        assert [line.plan for line in studies.listed(GYM, limit=9, plan=about.id)] == [about.id]
        assert studies.listed(GYM, limit=9, before=question.id) == []
    with sessions.begin() as session:
        studies = StudyRepository(session, SWAPS.name)
        studies.finish(presented(SWAPS, question, "done"), repeatable=True)
        found = studies.alike(digest, GYM)
        assert found is not None
        assert (found.id, found.status) == (question.id, "done")
        studies.give_up(question.id, "failed", "nobody knows")
        assert studies.alike(digest, GYM) is None
        studies.forget([question.id])
        assert studies.find(question.id, GYM) is None


def test_equal_questions_are_told_from_others(catalog: Catalog) -> None:
    about = documented_week()

    def digest(exercise: str = "push_up", **request: int) -> str:
        wish = SwapsRequest(slot="mon", exercise=exercise, **request)
        return digest_of(SWAPS, StudyQuestion(new_id(), NOW, wish, catalog, about))

    assert digest() == digest()
    assert len({digest(), digest("leg_extension"), digest(repairs=0), digest(limit=3)}) == 4


def test_a_week_out_of_a_study_is_a_plan_that_is_over(sessions: SessionFactory, catalog: Catalog) -> None:
    week = documented_week().response.model_copy(update={"id": new_id()})
    with sessions.begin() as session:
        store_week(session, week, GYM)
    with sessions() as session:
        job = Board(session).find(week.id, GYM)
        assert job is not None
        assert (job.state, job.kind, job.ended) == ("done", KIND, True)
        kept = PlanRepository(session).find(week.id, GYM)
        assert kept is not None
        assert kept.answer_json == week.model_dump_json()
        assert Board(session).counts() == {"queued": 0, "running": 0}
    loaded = load_week(week.id, GYM, sessions, catalog)
    assert loaded.plan == documented_week().plan
    assert loaded.problem == documented_week().problem
