"""`/health/live` and `/health/ready`, for whoever runs the service."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from service.dependencies import CurrentCatalog, CurrentParts
from service.errors import ApiError
from service.openapi import problems

router = APIRouter(prefix="/health", tags=["service"])

_SOON = {"Retry-After": "5"}


class Health(BaseModel):
    """The answer of a healthy service."""

    status: Literal["ok"] = Field(examples=["ok"])


@router.get("/live", operation_id="getLiveness", summary="The process answers")
async def live() -> Health:
    """Always ok while the process can answer at all, also during a search."""
    return Health(status="ok")


@router.get("/ready", operation_id="getReadiness", summary="Ready to work", responses=problems("not-ready"))
def ready(parts: CurrentParts, catalog: CurrentCatalog) -> Health:
    """Ok when the database answers, the catalog is loaded and the service is not going down."""
    if parts.closing.begun:
        raise ApiError("not-ready", "The service is going down.", (), _SOON)
    if not catalog.exercises:
        raise ApiError("not-ready", "The catalog is empty.", (), _SOON)
    try:
        with parts.sessions() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        raise ApiError("not-ready", "The database does not answer.", (), _SOON) from None
    return Health(status="ok")
