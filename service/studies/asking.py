"""From a question to its kept study: an answer that is there already, or a job that has its place in the queue."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from service import __version__, metrics
from service.errors import RequestError
from service.kept.room import require_room
from service.studies.earlier import load_earlier
from service.studies.jobs import presented
from service.studies.kind import StudyQuestion
from service.studies.repository import StudyRepository
from service.studies.weeks import load_week
from service.validation.parsing import MAX_FAULTS
from service.validation.walk import marker_faults
from solver.version import solver_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel
    from sqlalchemy.orm import Session

    from service.dependencies import Parts
    from service.jobs.chores import Submit
    from service.kept.repository import Kept
    from service.studies.kind import AnyKind


def asked(
    kind: AnyKind,
    study_id: str,
    request: BaseModel,
    plan: str | None,
    tenant: str,
    parts: Parts,
    *,
    fresh: bool,
    also: Callable[[Session, str], None] | None = None,
) -> Kept:
    """The study of a question. Blocks on the database.

    `plan` is the id of the plan that it is about; `fresh` when an earlier answer to the same question will not do;
    `also` is handed the study's id in the transaction that keeps it, or in one of its own where it is kept already.
    Raises ApiError `not-found`, `not-finished` and `no-week` for the plan, `not-finished` for the answer that it goes
    on from, `rate-limited` and `busy`, and RequestError for a request that makes no sense.
    """
    about = None if plan is None else load_week(plan, tenant, parts.sessions, parts.catalog)
    earlier = load_earlier(kind, request, tenant, parts.sessions)
    question = StudyQuestion(study_id, datetime.now(UTC), request, parts.catalog, about, earlier)
    require_sense(kind, question)
    digest = digest_of(kind, question)
    with parts.sessions() as session:
        studies = StudyRepository(session, kind.name)
        # Under its own id there is a study only when the process died between making it and saying so.
        known = studies.find(study_id, tenant) or (None if fresh else studies.alike(digest, tenant))
    if known is not None:
        metrics.count_reuse()
        if also is not None:
            with parts.sessions.begin() as session:
                also(session, known.id)
        return known
    require_room(tenant, parts)
    return _submit(kind, question, digest, tenant, parts, also)


def require_sense(kind: AnyKind, question: StudyQuestion[Any]) -> None:
    """Raises RequestError with everything that is wrong with a request (at most 100 faults)."""
    faults = list(islice(marker_faults(question.request, question.catalog), MAX_FAULTS))
    if faults:
        raise RequestError(faults)
    kind.check(question)


def _submit(
    kind: AnyKind,
    question: StudyQuestion[Any],
    digest: str,
    tenant: str,
    parts: Parts,
    also: Callable[[Session, str], None] | None,
) -> Kept:
    """In one transaction: there is never a job without its question."""
    with parts.sessions.begin() as session:
        keep(session, kind, question, tenant, digest, parts.jobs.submit)
        session.flush()
        if also is not None:
            also(session, question.id)
        kept = StudyRepository(session, kind.name).find(question.id, tenant)
        assert kept is not None
        return kept


def keep(
    session: Session, kind: AnyKind, question: StudyQuestion[Any], tenant: str, digest: str, submit: Submit
) -> None:
    """Keep a question together with the job that answers it. The caller commits."""
    unanswered = presented(kind, question, "queued")
    StudyRepository(session, kind.name).add(unanswered, question.created_at, tenant=tenant, digest=digest)
    submit(session, question.id, tenant, kind.name, kind.threads(question), question.created_at)


def digest_of(kind: AnyKind, question: StudyQuestion[Any]) -> str:
    """SHA-256 of everything that an answer depends on: request, plan (which never changes), catalog, versions."""
    parts = {
        "kind": kind.name,
        "plan": None if question.about is None else question.about.id,
        "request": question.request.model_dump(mode="json", exclude_unset=True),
        "catalog": question.catalog.content_hash,
        "solver": solver_version(),
        "version": __version__,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
