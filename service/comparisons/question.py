"""From ids to plans that can be compared, or everything that stands in the way."""

from __future__ import annotations

from itertools import islice
from string import ascii_uppercase
from typing import TYPE_CHECKING

from service.comparisons.compared import Compared, compared
from service.errors import ApiError, Fault, RequestError, pointer
from service.plans.schemas import PlanResponse
from service.validation.parsing import MAX_FAULTS
from service.validation.walk import marker_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from catalog.catalog import Catalog
    from service.comparisons.schemas import ComparisonRequest

_UNFINISHED = ("queued", "running")
_NO_WEEK = "no_week"
_NOT_FINISHED = "not_finished"


def require_sound(wish: ComparisonRequest, catalog: Catalog) -> None:
    """Raises RequestError for ids and labels that cannot be, before anybody looks for them."""
    faults = list(islice(_faults(wish, catalog), MAX_FAULTS))
    if faults:
        raise RequestError(faults)


def _faults(wish: ComparisonRequest, catalog: Catalog) -> Iterator[Fault]:
    yield from marker_faults(wish, catalog)
    for index, plan in enumerate(wish.plans):
        if plan in wish.plans[:index]:
            message = f"plan {plan!r} stands here and at /plans/{wish.plans.index(plan)}; every plan is named once"
            yield Fault(pointer("plans", index), "duplicate", message)
    if wish.baseline is not None and wish.baseline not in wish.plans:
        message = f"the baseline is one of the plans, not {wish.baseline!r}"
        yield Fault(pointer("baseline"), "unknown_id", message, list(wish.plans))
    seen: set[str] = set()
    for plan, label in wish.labels.items():
        if plan not in wish.plans:
            message = f"labels are for the plans that are compared, not {plan!r}"
            yield Fault(pointer("labels", plan), "unknown_id", message, list(wish.plans))
        if label in seen:
            yield Fault(
                pointer("labels", plan), "duplicate", f"two plans are called {label!r}; every label is one's own"
            )
        seen.add(label)


def plans_of(wish: ComparisonRequest, answers: Mapping[str, str], catalog: Catalog) -> list[Compared]:
    """The plans of a sound request, read from `answers`, id -> stored answer; what is missing there does not exist.

    Raises RequestError for plans that do not exist or never get a week, ApiError `not-finished` when all that is wrong
    is that searches are not over.
    """
    found = {plan: PlanResponse.model_validate_json(answers[plan]) for plan in wish.plans if plan in answers}
    faults = [fault for index, plan in enumerate(wish.plans) if (fault := _obstacle(index, plan, found.get(plan)))]
    if faults and all(fault.code == _NOT_FINISHED for fault in faults):
        detail = "A plan is compared when its search is over."
        raise ApiError("not-finished", detail, tuple(faults), {"Retry-After": "2"})
    if faults:
        raise RequestError(faults)
    labels = labels_of(wish)
    return [compared(labels[plan], found[plan], catalog) for plan in wish.plans]


def _obstacle(index: int, plan: str, answer: PlanResponse | None) -> Fault | None:
    at = pointer("plans", index)
    if answer is None:
        return Fault(at, "unknown_id", f"there is no plan with the id {plan!r}")
    if answer.status in _UNFINISHED:
        return Fault(at, _NOT_FINISHED, f"plan {plan!r} is {answer.status}; it can be compared when its search is over")
    if answer.week is None or answer.score is None:
        return Fault(at, _NO_WEEK, f"plan {plan!r} is {answer.status} and has no week that could be compared")
    return None


def labels_of(wish: ComparisonRequest) -> dict[str, str]:
    """What every plan is called: as asked for, else the letter of its place, or a later one where that is taken."""
    taken = set(wish.labels.values())
    spare = (letter for letter in ascii_uppercase[len(wish.plans) :] if letter not in taken)
    return {
        plan: wish.labels.get(plan) or (letter if letter not in taken else next(spare))
        for plan, letter in zip(wish.plans, ascii_uppercase, strict=False)
    }
