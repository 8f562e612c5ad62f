"""Studies as jobs: how the work of a kind is done and kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from service.calendars.repository import CalendarRepository
from service.errors import ApiError
from service.jobs.board import Board
from service.jobs.job import Landing
from service.plans.clock import rfc3339
from service.studies.earlier import load_earlier
from service.studies.kind import StudyQuestion
from service.studies.repository import StudyRepository
from service.studies.weeks import load_week, store_week
from service.tracing import tracer
from service.validation.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy.orm import Session

    from catalog.catalog import Catalog
    from service.db.session import SessionFactory
    from service.jobs.job import Control, Job
    from service.studies.kind import AnyKind, Studied
    from service.studies.schemas import Status, StudyResponse


class StudyWork:
    """How studies of one kind are made: `service.jobs.job.Work`."""

    def __init__(self, kind: AnyKind, catalog: Catalog, sessions: SessionFactory) -> None:
        self._kind, self._catalog, self._sessions = kind, catalog, sessions

    def run(self, job: Job, control: Control) -> Landing:
        """Answer a kept question. Raises what the kind raises, but for what the caller can read."""
        noticed = _Noticing(control)
        try:
            question = self._question(job)
            with tracer.start_as_current_span(self._kind.name, attributes={"counterpull.job_id": job.id}):
                studied = self._kind.study(question, noticed)
        except ApiError as error:
            return self.give_up(job, "failed", error.detail)
        interrupted = noticed.noticed and studied.outcome in ("partial", "timed_out")
        return self._landing(job, question, studied, interrupted=interrupted)

    def _landing(self, job: Job, question: StudyQuestion[Any], studied: Studied[Any], *, interrupted: bool) -> Landing:
        status: Status = "cancelled" if interrupted else studied.outcome
        answer = presented(self._kind, question, status, studied.answer)

        def store(session: Session) -> None:
            now = datetime.now(UTC)
            for week in studied.weeks:
                store_week(session, week, job.tenant)
                if week.id in studied.follows:
                    CalendarRepository(session, self._catalog).follow(studied.follows[week.id], week, now)
            for plan, slots in studied.void.items():
                calendars = CalendarRepository(session, self._catalog)
                calendars.doubt(calendars.root_of(plan), slots, now)
            Board(session).keep_on(studied.stands, now)
            repeatable = studied.repeatable and not interrupted
            StudyRepository(session, self._kind.name).finish(answer, repeatable=repeatable)

        return Landing(status, store, interrupted)

    def _question(self, job: Job) -> StudyQuestion[Any]:
        with self._sessions() as session:
            studies = StudyRepository(session, self._kind.name)
            text, created_at = studies.question(job.id)
            plan = studies.about(job.id)
        about = None if plan is None else load_week(plan, job.tenant, self._sessions, self._catalog)
        request = parse(self._kind.request, text.encode())
        earlier = load_earlier(self._kind, request, job.tenant, self._sessions)
        return StudyQuestion(job.id, created_at, request, self._catalog, about, earlier)

    def give_up(self, job: Job, state: Literal["cancelled", "failed"], reason: str | None) -> Landing:
        """The question with the word that it has no answer."""
        return Landing(state, lambda session: StudyRepository(session, self._kind.name).give_up(job.id, state, reason))

    def forget(self, session: Session, job_ids: Collection[str]) -> None:
        """Delete studies."""
        StudyRepository(session, self._kind.name).forget(job_ids)


def presented(
    kind: AnyKind, question: StudyQuestion[Any], status: Status, answer: Any | None = None
) -> StudyResponse[Any]:
    """A question with what is known of its answer."""
    return kind.response(
        id=question.id,
        status=status,
        created_at=rfc3339(question.created_at),
        plan=None if question.about is None else question.about.id,
        request=question.request.model_dump(mode="json", exclude_unset=True),
        answer=answer,
        catalog=question.catalog.content_hash,
        notes=[] if question.about is None else list(question.about.response.notes),
    )


class _Noticing:
    """A `Control` that knows whether the work was told to stop: what comes after its end changes nothing."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self.noticed = False

    def is_cancelled(self) -> bool:
        """Whether to end soon with what there is."""
        self.noticed = self.noticed or self._control.is_cancelled()
        return self.noticed

    def tell(self, progress: Mapping[str, object]) -> None:
        """Say how far it is."""
        self._control.tell(progress)
