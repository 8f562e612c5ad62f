"""Questions and answers are kept whole or not at all, each for its tenant, on both databases."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from service.db.models import DOCUMENT_FORMAT
from service.db.session import close_database, open_database
from service.ids import new_id
from service.jobs.board import Board
from service.plans.jobs import KIND, digest_of
from service.plans.mapping import to_problem
from service.plans.presenter import Question, present, present_unanswered
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanRequest, PlanResponse
from service.plans.schemas.response import ASKED, OriginResponse
from solver.domain.outcome import SolveStats, TimedOut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from catalog.catalog import Catalog
    from service.db.session import SessionFactory

NOW = datetime(2026, 11, 20, 9, 15, tzinfo=UTC)
GYM = "gym"


@pytest.fixture
def sessions(database_url: str) -> Iterator[SessionFactory]:
    opened = open_database(database_url)
    yield opened
    close_database(opened)


def question_of(catalog: Catalog, **wish: object) -> Question:
    request = PlanRequest.model_validate(wish)
    return Question(new_id(), NOW, request, to_problem(request, catalog), catalog)


def answered(question: Question, *, by_clock: bool = True) -> PlanResponse:
    return present(question, TimedOut(SolveStats("x", 1.0, 1.0, 1, 1, stopped_by_clock=by_clock)))


@pytest.fixture
def question(catalog: Catalog) -> Question:
    return question_of(catalog)


def keep(sessions: SessionFactory, answer: PlanResponse, digest: str | None = None) -> None:
    with sessions.begin() as session:
        PlanRepository(session).add(answer, NOW, tenant=GYM, digest=digest)


def rows(sessions: SessionFactory) -> int:
    with sessions() as session:
        return int(session.execute(text("SELECT count(*) FROM plans")).scalar_one())


def test_what_is_kept_comes_back_byte_for_byte_and_to_its_tenant_alone(
    sessions: SessionFactory, question: Question
) -> None:
    answer = answered(question)
    keep(sessions, answer)
    with sessions() as session:
        plan = PlanRepository(session).find(answer.id, GYM)
        assert plan is not None
        assert plan.answer_json == answer.model_dump_json()
        assert (plan.status, plan.created_at, plan.finished) == ("timed_out", NOW, True)
        assert PlanRepository(session).find(answer.id, "other") is None
        assert PlanRepository(session).find("other", GYM) is None
        assert PlanRepository(session).question(answer.id) == ("{}", NOW)


def test_nothing_is_kept_without_a_commit(sessions: SessionFactory, question: Question) -> None:
    with sessions() as session:
        PlanRepository(session).add(answered(question), NOW, tenant=GYM)
        session.flush()
    assert rows(sessions) == 0


def test_a_failed_transaction_leaves_nothing(sessions: SessionFactory, question: Question) -> None:
    answer = answered(question)
    keep(sessions, answer)
    with pytest.raises(IntegrityError) as caught, sessions.begin() as session:
        _add_two(session, answer.model_copy(update={"id": new_id()}), answer)
    assert rows(sessions) == 1
    assert f"'{GYM}'" not in str(caught.value), "values of callers would be in the log"


def _add_two(session: Session, new: PlanResponse, already_there: PlanResponse) -> None:
    PlanRepository(session).add(new, NOW, tenant=GYM)
    session.flush()
    PlanRepository(session).add(already_there, NOW, tenant=GYM)
    session.flush()


def test_the_columns_hold_whole_documents_and_their_form(sessions: SessionFactory, question: Question) -> None:
    answer = answered(question)
    keep(sessions, answer)
    with sessions() as session:
        columns = "id, tenant, status, format, request_json, response_json"
        row = session.execute(text(f"SELECT {columns} FROM plans")).one()
    assert tuple(row[:4]) == (answer.id, GYM, "timed_out", DOCUMENT_FORMAT)
    assert json.loads(row[4]) == answer.request
    assert json.loads(row[5])["resolved"]["athlete"]["experience"] == "intermediate"


def test_where_a_plan_comes_from_is_kept_told_and_looked_for(sessions: SessionFactory, catalog: Catalog) -> None:
    replan = OriginResponse(kind="replan", plan="the-plan", question="the-question")
    origins = dict(zip(sorted(new_id() for _ in range(4)), (ASKED, replan, None, ASKED), strict=True))
    request = PlanRequest()
    for id_, origin in origins.items():
        keep(sessions, answered(Question(id_, NOW, request, to_problem(request, catalog), catalog, origin)))
    first, second, _, fourth = origins
    with sessions() as session:
        plans = PlanRepository(session)
        assert {line.id: line.origin for line in plans.summaries(GYM, limit=9)} == origins
        assert {id_: plans.origin(id_) for id_ in origins} == origins

        def found(*kinds: str, limit: int = 9, before: str | None = None) -> list[str]:
            return [line.id for line in plans.summaries(GYM, limit=limit, before=before, origins=kinds)]

        assert found("asked") == [fourth, first]
        assert found("asked", "replan") == [fourth, second, first]
        assert found("asked", limit=1, before=fourth) == [first], "a page is full of what is wanted"
        assert found("swap") == []


def test_a_question_tells_how_far_its_job_is_until_it_is_answered(sessions: SessionFactory, question: Question) -> None:
    unanswered = present_unanswered(question)
    assert (unanswered.status, unanswered.week, unanswered.solver.seconds) == ("queued", None, 0)
    with sessions.begin() as session:
        PlanRepository(session).add(unanswered, NOW, tenant=GYM)
        Board(session).add(question.id, GYM, KIND, 1, "delivery", NOW)

    def told() -> dict[str, object]:
        with sessions() as session:
            plan = PlanRepository(session).find(question.id, GYM)
        assert plan is not None
        document: dict[str, object] = json.loads(plan.answer_json)
        assert document["status"] == plan.status
        return document

    before = told()
    assert before["status"] == "queued"
    with sessions.begin() as session:
        assert Board(session).begin(question.id, "delivery", "worker", NOW) is not None
    assert told() == {**before, "status": "running"}
    with sessions.begin() as session:
        PlanRepository(session).finish(answered(question))
    assert told() == json.loads(answered(question).model_dump_json())


def test_what_will_not_be_answered_says_why(sessions: SessionFactory, question: Question) -> None:
    keep(sessions, present_unanswered(question))
    with sessions.begin() as session:
        PlanRepository(session).give_up(question.id, "failed", "the reason")
    with sessions() as session:
        plan = PlanRepository(session).find(question.id, GYM)
    assert plan is not None
    assert plan.finished
    expected = present_unanswered(question).model_copy(update={"status": "failed", "failure": "the reason"})
    assert plan.answer_json == expected.model_dump_json()


def test_an_equal_question_finds_the_answer_of_its_own_tenant(sessions: SessionFactory, question: Question) -> None:
    answer, digest = answered(question, by_clock=False), digest_of(question)
    keep(sessions, answer, digest)
    with sessions() as session:
        alike = PlanRepository(session).alike(digest, GYM)
        assert alike is not None
        assert alike.id == answer.id
        assert PlanRepository(session).alike(digest, "other") is None
        assert PlanRepository(session).alike("0" * 64, GYM) is None


def test_an_answer_that_may_get_better_is_not_given_again(sessions: SessionFactory, question: Question) -> None:
    digest = digest_of(question)
    keep(sessions, answered(question, by_clock=True), digest)
    with sessions() as session:
        assert PlanRepository(session).alike(digest, GYM) is None


def test_questions_are_equal_when_everything_that_counts_is(
    catalog: Catalog, question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = digest_of(question)
    assert digest_of(question_of(catalog)) == digest, "id and time do not count"
    assert digest_of(question_of(catalog, supersets=False)) != digest, "the answer repeats the request as it was sent"
    assert digest_of(question_of(catalog, solve={"seed": 7})) != digest
    assert digest_of(question_of(catalog, athlete={"experience": "beginner"})) != digest
    other = replace(question, catalog=_Renamed(catalog))  # type: ignore[arg-type]
    assert digest_of(other) != digest
    monkeypatch.setattr("service.plans.jobs.__version__", "0.0.0")
    assert digest_of(question) != digest


class _Renamed:
    """A catalog with another content."""

    content_hash = "sha256:another"

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def __getattr__(self, name: str) -> object:
        return getattr(self._catalog, name)


def test_ids_sort_by_time_and_are_version_7() -> None:
    ids = [new_id(milliseconds) for milliseconds in (0, 1, 1_000, 1_763_000_000_000, 2**48 - 1)]
    assert ids == sorted(ids)
    assert all(id_[14] == "7" and id_[19] in "89ab" and len(id_) == 36 for id_ in ids)
    assert len({new_id() for _ in range(1_000)}) == 1_000
    assert new_id(0)[:13] == "00000000-0000"


@pytest.mark.parametrize("origin", [ASKED, None])
def test_a_document_without_an_origin_tells_that_of_its_row(
    sessions: SessionFactory, catalog: Catalog, origin: OriginResponse | None
) -> None:
    request = PlanRequest()
    answer = answered(Question(new_id(), NOW, request, to_problem(request, catalog), catalog, origin))
    keep(sessions, answer)
    older = json.dumps(
        {name: value for name, value in json.loads(answer.model_dump_json()).items() if name != "origin"}
    )
    with sessions.begin() as session:
        session.execute(text("UPDATE plans SET response_json = :older"), {"older": older})
    with sessions() as session:
        plan = PlanRepository(session).find(answer.id, GYM)
    assert plan is not None
    assert PlanResponse.model_validate_json(plan.answer_json) == answer
    if origin is None:
        assert plan.answer_json == older, "what is not known changes nothing"
    else:
        assert '"origin":' in plan.answer_json
