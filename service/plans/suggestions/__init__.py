"""Changes of a request that has no plan, each proven to give one: JSON Patch, a sentence, a cost and a score."""

from service.plans.suggestions.advice import Advice, advise

__all__ = ["Advice", "advise"]
