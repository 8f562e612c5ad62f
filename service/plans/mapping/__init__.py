"""From what the caller wrote to a problem with nothing left to guess."""

from service.plans.mapping.problem import to_budget, to_problem
from service.plans.mapping.resolved import resolve

__all__ = ["resolve", "to_budget", "to_problem"]
