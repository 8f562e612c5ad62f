"""The JSON of a plan, in both directions."""

from service.plans.schemas.request import PlanRequest
from service.plans.schemas.response import PlanResponse

__all__ = ["PlanRequest", "PlanResponse"]
