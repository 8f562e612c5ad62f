"""The web application, put together in one place."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

import anyio
import anyio.to_thread
from fastapi import Depends, FastAPI
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from catalog.catalog import default_catalog
from service import __version__, docs, problems
from service.audits import endpoints as audits
from service.audits.examples import answer_examples as audit_examples
from service.audits.examples import kept_examples
from service.audits.schemas import AuditRequest, KeepRequest
from service.batches import endpoints as batches
from service.batches.examples import batch_examples
from service.batches.schemas import BatchLineRequest
from service.booking import endpoints as booking
from service.booking import feed_endpoints as feeds
from service.booking.feed_schemas import FEED_BODIES
from service.booking.work import FeedRules
from service.calendars import endpoints as calendars
from service.closing import Closing
from service.comparisons import endpoints as comparisons
from service.comparisons.examples import answer_examples as comparison_examples
from service.comparisons.schemas import ComparisonRequest
from service.conditional import Conditional
from service.db.session import SessionFactory, close_database, open_database
from service.dependencies import Parts
from service.gyms import endpoints as gyms
from service.gyms.kind import SCHEDULES
from service.gyms.schemas import BODIES as GYM_BODIES
from service.health import endpoints as health
from service.health import metrics_endpoint
from service.jobs.running import jobs_of
from service.links import endpoints as links
from service.middleware import Envelope
from service.openapi import describe
from service.openapi import problems as problem_answers
from service.plans import endpoints as plans
from service.plans.examples import answer_examples, pending_example
from service.plans.schemas import PlanRequest
from service.reference import endpoints as reference
from service.settings import Settings
from service.solving import SolverSeats
from service.studies import examples as study_examples
from service.studies.endpoints import router_of
from service.studies.kinds import KINDS
from service.swaps import endpoints as swaps
from service.swaps.schemas import ApplyRequest
from service.tenants.access import admitted
from service.tenants.shares import Shares
from service.watches import endpoints as watches
from service.watches.schemas import WATCH_BODIES
from service.web.routers import ROUTERS as PAGES
from service.web.routing import tell_people_on_pages
from service.webhooks import endpoints as webhooks
from service.webhooks.schemas import BODIES as WEBHOOK_BODIES
from service.webhooks.work import DeliveryRules
from service.works import aftermath, chores, works

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from contextlib import AbstractContextManager

    from pydantic import BaseModel

T = TypeVar("T")

_log = logging.getLogger("service")

_TAGS = [
    {"name": "plans", "description": "Training weeks."},
    {"name": "batches", "description": "Many independent plans in one request."},
    {"name": "slots", "description": "What booking systems offer."},
    {"name": "audits", "description": "Programmes that someone already follows."},
    {"name": "comparisons", "description": "Plans side by side."},
    {"name": "gyms", "description": "Stations that many members share."},
    {"name": "webhooks", "description": "Addresses that are told what has happened."},
    {"name": "reference", "description": "Rules and facts to build requests from."},
    {"name": "service", "description": "What is running here."},
]


class DatabaseUnavailableError(Exception):
    """The database of the settings cannot be opened."""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application; without settings, those of the environment. The database is opened when it starts.

    Raises ValueError for settings that cannot be used, DatabaseUnavailableError at start.
    """
    settings = settings or Settings.from_environment()
    app = FastAPI(
        title="Counterpull",
        version=__version__,
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        openapi_tags=[*_TAGS, *({"name": kind.name, "description": kind.summary} for kind in KINDS)],
        # Spans of requests only, and no more than `service.tracing` sends.
        telemetry={"metrics": False, "logs": False, "operation_spans": False, "auto_configure": False},
    )
    app.state.settings = settings
    denied = problem_answers("unauthorized", "forbidden", "unknown-host", "rate-limited")
    for router in (
        plans.router,
        batches.router,
        booking.router,
        feeds.router,
        audits.router,
        comparisons.router,
        reference.router,
        reference.meta_router,
        *map(router_of, KINDS),
        swaps.router,
        gyms.router,
        calendars.router,
        links.router,
        watches.router,
        webhooks.router,
    ):
        app.include_router(router, dependencies=[Depends(admitted)], responses=denied)
    for router in (
        calendars.public_router,
        reference.service_router,
        health.router,
        metrics_endpoint.router,
        docs.router,
        *PAGES,
    ):
        app.include_router(router)
    problems.install(app)
    tell_people_on_pages(app)
    app.add_middleware(Conditional)
    app.add_middleware(Envelope)

    @cache
    def openapi() -> dict[str, Any]:
        weeks = answer_examples()
        answers: dict[str, Mapping[str, Any]] = {
            "createAudit": audit_examples(),
            "keepProgramme": kept_examples(),
            "createComparison": comparison_examples(),
        }
        pending: dict[str, Mapping[str, Any]] = {}
        for operation in ("createPlan", "getPlan", "cancelPlan", "deletePlan"):
            answers[operation], pending[operation] = weeks, pending_example()
        answers["applySwap"] = {"week": weeks["week"]}
        for operation in ("createBatch", "getBatch", "cancelBatch", "deleteBatch"):
            answers[operation], pending[operation] = batch_examples()
        answers |= study_examples.answer_examples()
        pending |= study_examples.pending_examples()
        for examples in (answers, pending):
            examples["createGymSchedule"] = examples[f"create{SCHEDULES.operation}"]
        bodies: tuple[type[BaseModel], ...] = (
            PlanRequest,
            BatchLineRequest,
            AuditRequest,
            KeepRequest,
            ComparisonRequest,
            ApplyRequest,
            *WEBHOOK_BODIES,
            *FEED_BODIES,
            *WATCH_BODIES,
            *GYM_BODIES,
            *(kind.request for kind in KINDS),
        )
        return describe(app, bodies=bodies, answers=answers, pending=pending)

    app.openapi = openapi  # type: ignore[method-assign]
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Make the parts of the service before the first request, and give them back after the last."""
    settings: Settings = app.state.settings
    catalog = default_catalog()
    sessions = _open(settings.database_url)
    seats = SolverSeats(settings.max_concurrent_solves, settings.queue_length, settings.queue_seconds)
    shares = Shares(
        requests_per_minute=settings.requests_per_minute,
        plans_per_minute=settings.plans_per_minute,
        open_requests=settings.open_requests,
        calendar_reads_per_minute=settings.calendar_reads_per_minute,
    )
    jobs = jobs_of(
        sessions,
        works(catalog, sessions, DeliveryRules.of(settings), FeedRules.of(settings)),
        settings.pace if settings.run_jobs else None,
        settings.worker_id,
        chores(catalog, sessions, settings),
        aftermath(catalog),
    )
    try:
        # In a thread, both ways: it starts and ends threads of its own, and may have to wait for work under way.
        async with _in_a_thread(jobs) as running:
            app.state.parts = Parts(
                settings=settings,
                catalog=catalog,
                sessions=sessions,
                seats=seats,
                shares=shares,
                jobs=running,
                closing=Closing(),
            )
            _log.info("started", extra={"fields": {"version": __version__, "catalog": catalog.content_hash}})
            yield
    finally:
        seats.close()
        close_database(sessions)
        _log.info("stopped")


@asynccontextmanager
async def _in_a_thread(manager: AbstractContextManager[T]) -> AsyncIterator[T]:
    entered = await anyio.to_thread.run_sync(manager.__enter__)
    try:
        yield entered
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(manager.__exit__, None, None, None)


def finish_searches(app: FastAPI) -> None:
    """Let running searches end, to be gone on with by others, and answer all who wait for them."""
    parts = getattr(app.state, "parts", None)
    if isinstance(parts, Parts):
        parts.closing.begin()
        parts.seats.close()
        parts.jobs.go_down()


def _open(url: str) -> SessionFactory:
    try:
        return open_database(url)
    except (SQLAlchemyError, ImportError) as error:
        shown = make_url(url).render_as_string(hide_password=True) if "://" in url else "(not a URL)"
        raise DatabaseUnavailableError(f"cannot open the database {shown}: {error}") from error
