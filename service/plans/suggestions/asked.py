"""A request under discussion, in all its forms, and changes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from service.errors import RequestError
from service.plans.mapping import to_problem
from service.plans.schemas import PlanRequest
from service.plans.suggestions.patching import applied
from service.validation.parsing import parse
from solver.suggest.offers import Offer

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from service.plans.suggestions.patching import Operation
    from solver.domain.problem import Problem


@dataclass(frozen=True)
class Change:
    """Operations on the request's body, in words and with what they cost (see `costs`)."""

    operations: tuple[Operation, ...]
    statement: str
    cost: int


@dataclass(frozen=True)
class Asked:
    """A request with its body and problem, and the changes that led to it from the one that was sent."""

    body: dict[str, Any]
    request: PlanRequest
    problem: Problem
    catalog: Catalog
    changes: tuple[Change, ...] = ()

    @classmethod
    def of(cls, request: PlanRequest, problem: Problem, catalog: Catalog) -> Asked:
        """The request as it was sent and is stored."""
        return cls(request.model_dump(mode="json", exclude_unset=True), request, problem, catalog)

    def after(self, change: Change) -> Asked | None:
        """The request with a change applied; None when that is no request any more."""
        body = applied(self.body, change.operations)
        try:
            request = parse(PlanRequest, json.dumps(body).encode())
            problem = to_problem(request, self.catalog)
        except RequestError:
            return None
        return Asked(body, request, problem, self.catalog, (*self.changes, change))


@dataclass(frozen=True)
class Trial:
    """A change that may be tried: a step of the solver's search for what helps."""

    asked: Asked
    change: Change

    @property
    def cost(self) -> int:
        """Of this change and all that it builds on."""
        return sum(change.cost for change in self.changes)

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes from the request that was sent, in the order of applying them."""
        return (*self.asked.changes, self.change)

    @cached_property
    def changed(self) -> Asked | None:
        """The request after all changes."""
        return self.asked.after(self.change)

    def problem(self) -> Problem | None:
        """The problem after all changes."""
        return None if self.changed is None else self.changed.problem


Offers = list[Offer[Trial]]


def offer(asked: Asked, family: str, *steps: Change) -> Offers:
    """One offer of ever larger changes; none when there is no step."""
    return [Offer(family, tuple(Trial(asked, step) for step in steps))] if steps else []


def each(asked: Asked, family: str, *changes: Change) -> Offers:
    """Offers of one family of which none includes another."""
    return [Offer(family, (Trial(asked, change),)) for change in changes]
