"""Plans as jobs: asking for one, and doing it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Literal

from service import __version__, metrics
from service.calendars.repository import CalendarRepository
from service.jobs.job import Landing
from service.links.repository import LinkRepository
from service.plans.mapping import resolve, to_problem
from service.plans.presenter import Question, present_unanswered
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanRequest
from service.plans.service import answer
from service.tracing import tracer
from service.validation.parsing import parse
from solver.version import solver_version

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

    from catalog.catalog import Catalog
    from service.db.session import SessionFactory
    from service.jobs.chores import Submit
    from service.jobs.job import Control, Job
    from service.jobs.jobs import Jobs
    from service.plans.repository import StoredPlan
    from solver.domain.outcome import Progress

KIND = "plan"


def submit(question: Question, tenant: str, jobs: Jobs, sessions: SessionFactory, *, fresh: bool = False) -> StoredPlan:
    """Keep a question and have it answered; or, when an equal one has a lasting answer, return that instead.

    All in one transaction: there is never a job without its question. `fresh` when an earlier answer will not do.
    """
    digest = digest_of(question)
    with sessions() as session:
        known = None if fresh else PlanRepository(session).alike(digest, tenant)
    if known is not None:
        return known
    with sessions.begin() as session:
        keep(session, question, tenant, digest, jobs.submit)
        session.flush()
        kept = PlanRepository(session).find(question.id, tenant)
        assert kept is not None
        return kept


def keep(session: Session, question: Question, tenant: str, digest: str, submit: Submit) -> None:
    """Keep a question together with the job that answers it. The caller commits."""
    PlanRepository(session).add(present_unanswered(question), question.created_at, tenant=tenant, digest=digest)
    submit(session, question.id, tenant, KIND, question.request.solve.workers, question.created_at)


def digest_of(question: Question) -> str:
    """SHA-256 of everything that an answer depends on: request as sent and as resolved, catalog, versions."""
    parts = {
        "request": question.request.model_dump(mode="json", exclude_unset=True),
        "resolved": resolve(question.request, question.problem, question.catalog),
        "catalog": question.catalog.content_hash,
        "solver": solver_version(),
        "version": __version__,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


class PlanWork:
    """How plans are made: `service.jobs.job.Work`."""

    def __init__(self, catalog: Catalog, sessions: SessionFactory) -> None:
        self._catalog, self._sessions = catalog, sessions

    def run(self, job: Job, control: Control) -> Landing:
        """Search as long as the request allows. Raises what the pipeline raises."""
        with self._sessions() as session:
            plans = PlanRepository(session)
            (text, created_at), origin = plans.question(job.id), plans.origin(job.id)
        request = parse(PlanRequest, text.encode())
        question = Question(job.id, created_at, request, to_problem(request, self._catalog), self._catalog, origin)
        with tracer.start_as_current_span("search", attributes={"counterpull.job_id": job.id}) as span:
            finished = answer(
                question,
                on_progress=lambda progress: control.tell(_told(progress)),
                is_cancelled=control.is_cancelled,
            )
            span.set_attribute("counterpull.status", finished.status)
        gap = None if finished.score is None else finished.score.gap
        metrics.count_solve(finished.status, finished.solver.seconds, gap)
        return Landing(
            finished.status,
            lambda session: PlanRepository(session).finish(finished),
            interrupted=finished.status == "cancelled",
        )

    def give_up(self, job: Job, state: Literal["cancelled", "failed"], reason: str | None) -> Landing:
        """The question with the word that it has no answer."""

        return Landing(state, lambda session: PlanRepository(session).give_up(job.id, state, reason))

    def forget(self, session: Session, job_ids: Collection[str]) -> None:
        """Delete plans with their links, and what calendars know of them."""
        CalendarRepository(session, self._catalog).forget(job_ids)
        LinkRepository(session).forget(job_ids)
        PlanRepository(session).forget(job_ids)


def _told(progress: Progress) -> dict[str, object]:
    return {
        "seconds": round(progress.seconds, 3),
        "tier": progress.tier,
        "score": progress.score,
        "bound": progress.bound,
        "gap": progress.gap,
    }
