"""`/v1/rules`, `/v1/catalog/...`, `/v1/meta` and `/problems/...`: facts, no solving."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field

from catalog.schema import Equipment, Ladder, Muscle
from service import __version__
from service.batches.limits import MAX_BYTES, MAX_LINES
from service.dependencies import CurrentCatalog, parts_of
from service.errors import PROBLEM_KINDS, ApiError
from service.gyms.limits import MAX_GYMS, MAX_MEMBERS
from service.openapi import problems
from service.plans import limits
from service.prefer import MOST_WAIT_SECONDS
from service.reference.filters import matching_exercises
from service.reference.paging import Page, PageQuery, page_of
from service.reference.schemas import (
    ExerciseQuery,
    ExerciseResponse,
    LimitsResponse,
    MetaResponse,
    RulebookResponse,
    RuleResponse,
)
from solver.rulebook import RULEBOOK

router = APIRouter(tags=["reference"])
meta_router = APIRouter(tags=["service"])
service_router = APIRouter(tags=["service"])

PageParameters = Annotated[PageQuery, Query()]


@router.get("/v1/rules", operation_id="listRules", summary="The rulebook")
async def rules() -> RulebookResponse:
    """Every rule with its sentence, its parameters, their defaults and bounds, and its source.

    The rules of blocks and gyms have no parameters of their own: what they ask for is set in their requests.
    """
    return RulebookResponse(items=[RuleResponse.of_spec(spec) for spec in RULEBOOK])


@router.get(
    "/v1/catalog/exercises",
    operation_id="listExercises",
    summary="Exercises",
    responses=problems("invalid-request"),
)
def exercises(catalog: CurrentCatalog, query: Annotated[ExerciseQuery, Query()]) -> Page[ExerciseResponse]:
    """Exercises by id, filtered. Muscle weights are quarter sets: 4 is one whole set."""
    return page_of(
        [(e.id, ExerciseResponse.model_construct(**dict(e))) for e in matching_exercises(catalog, query)], query
    )


@router.get("/v1/catalog/muscles", operation_id="listMuscles", summary="Muscles", responses=problems("invalid-request"))
async def muscles(catalog: CurrentCatalog, query: PageParameters) -> Page[Muscle]:
    """Muscles by id, with the weekly and daily numbers of an advanced athlete."""
    return page_of([(m.id, m) for m in catalog.muscles.values()], query)


@router.get(
    "/v1/catalog/equipment", operation_id="listEquipment", summary="Equipment", responses=problems("invalid-request")
)
async def equipment(catalog: CurrentCatalog, query: PageParameters) -> Page[Equipment]:
    """Equipment by id."""
    return page_of([(e.id, e) for e in catalog.equipment.values()], query)


@router.get("/v1/catalog/ladders", operation_id="listLadders", summary="Ladders", responses=problems("invalid-request"))
async def ladders(catalog: CurrentCatalog, query: PageParameters) -> Page[Ladder]:
    """Progressions by id, each with its stages from the easiest to the hardest."""
    return page_of([(x.id, x) for x in catalog.ladders.values()], query)


@meta_router.get("/v1/meta", operation_id="getMeta", summary="Version, catalog and limits")
async def meta(request: Request, catalog: CurrentCatalog) -> MetaResponse:
    """What is running here and how large a request may be."""
    settings = parts_of(request).settings
    kinds = ("exercises", "muscles", "equipment", "presets", "patterns", "ladders", "sources")
    return MetaResponse(
        name="counterpull",
        version=__version__,
        catalog=catalog.content_hash,
        counts={kind: len(getattr(catalog, kind)) for kind in kinds},
        limits=LimitsResponse(
            body_bytes=settings.max_body_bytes,
            batch_lines=MAX_LINES,
            batch_bytes=MAX_BYTES,
            gyms=MAX_GYMS,
            gym_members=MAX_MEMBERS,
            slots=limits.MAX_SLOTS,
            places=limits.MAX_PLACES,
            pins=limits.MAX_PINS,
            must_include=limits.MAX_MUST_INCLUDE,
            session_minutes=[limits.MIN_SESSION_MINUTES, limits.MAX_SESSION_MINUTES],
            time_limit_seconds=[limits.MIN_TIME_LIMIT_SECONDS, limits.MAX_TIME_LIMIT_SECONDS],
            workers=limits.MAX_WORKERS,
            concurrent_solves=settings.max_concurrent_solves,
            queue_length=settings.queue_length,
            queue_seconds=settings.queue_seconds,
            wait_seconds=MOST_WAIT_SECONDS,
            queued_jobs=settings.queued_jobs,
            tenant_jobs=settings.tenant_jobs,
            requests_per_minute=settings.requests_per_minute,
            plans_per_minute=settings.plans_per_minute,
            open_requests=settings.open_requests,
        ),
    )


class ProblemKindResponse(BaseModel):
    """What a problem type stands for."""

    type: str = Field(examples=["/problems/invalid-request"])
    title: str = Field(examples=["The request does not make sense"])
    status: int = Field(examples=[422])
    meaning: str = Field(examples=["Every entry of `errors` names a field by JSON Pointer."])


@service_router.get(
    "/problems/{code}",
    operation_id="getProblemKind",
    summary="What a problem type means",
    responses=problems("not-found", "invalid-request"),
)
async def problem_kind(
    code: Annotated[str, Path(description="The last part of a problem's `type`.", examples=["invalid-request"])],
) -> ProblemKindResponse:
    """The `type` of every problem document leads here."""
    kind = PROBLEM_KINDS.get(code)
    if kind is None:
        raise ApiError("not-found", "There is no such kind of problem.")
    return ProblemKindResponse(type=kind.uri, title=kind.title, status=kind.status, meaning=kind.meaning)
