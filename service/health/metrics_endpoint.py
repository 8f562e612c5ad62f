"""`/metrics`, for Prometheus."""

from contextlib import suppress

from fastapi import APIRouter, Response

from service import metrics
from service.db.engine import DATABASE_AWAY
from service.dependencies import CurrentParts
from service.openapi import problems
from service.tenants.access import AdminCaller

router = APIRouter(tags=["service"])

_EXAMPLE = """# HELP counterpull_solves_total Searches that ended in this process.
# TYPE counterpull_solves_total counter
counterpull_solves_total{status="optimal"} 12.0
"""


@router.get(
    "/metrics",
    operation_id="getMetrics",
    summary="Numbers for Prometheus",
    response_class=Response,
    responses={
        200: {
            "description": "The text format of Prometheus.",
            "content": {"text/plain": {"schema": {"type": "string"}, "example": _EXAMPLE}},
        },
        **problems("unauthorized", "forbidden", "unknown-host", "not-ready"),
    },
)
def get_metrics(parts: CurrentParts, _: AdminCaller) -> Response:
    """Requests, searches with their seconds, gaps and outcomes, and the queue.

    They tell of all tenants: where keys are asked for, it takes one with the scope `admin`.
    """
    # While the database is away, what is known without it is what one wants to see.
    with suppress(*DATABASE_AWAY):
        metrics.tell_queue(parts.jobs.counts().items(), parts.jobs.longest_wait())
    return Response(metrics.exposition(parts.settings.metrics_file), headers={"Content-Type": metrics.CONTENT_TYPE})
