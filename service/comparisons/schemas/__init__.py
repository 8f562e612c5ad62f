"""The JSON of a comparison, in both directions."""

from service.comparisons.schemas.request import ComparisonRequest
from service.comparisons.schemas.response import ComparisonResponse

__all__ = ["ComparisonRequest", "ComparisonResponse"]
