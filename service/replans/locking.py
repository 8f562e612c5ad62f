"""Locking entries of a week: the plan's request pins them, so that nothing that is asked of it later changes them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from service.errors import Fault, RequestError, pointer
from service.plans.mapping import to_problem
from service.plans.presenter import present, without_search
from service.plans.schemas import PlanRequest
from service.plans.schemas.response import OriginResponse
from service.studies.weeks import new_week, require_valid
from service.swaps.kind import require_entry
from service.validation.parsing import parse
from solver.domain.outcome import TierResult
from solver.measured import MeasuredWeek, as_solved

if TYPE_CHECKING:
    from service.plans.schemas import PlanResponse
    from service.studies.weeks import KeptWeek


def is_lock(pin: dict[str, Any], slot: str, exercise: str) -> bool:
    """Whether a pin of a request, as JSON, is the lock of an entry; 0 sets keep an exercise out instead."""
    return bool(pin["slot"] == slot and pin.get("exercise") == exercise and pin.get("sets"))


def with_lock(about: KeptWeek, slot: str, exercise: str, *, locked: bool) -> PlanResponse:
    """The same week, as a plan of its own whose request has the entry locked, or not any more. Blocks for a moment.

    What is proven of the plan holds with one more lock, but not with one less. Raises RequestError when the week has no
    such entry or its session is over, ApiError `rules-broken` when the week is not valid.
    """
    require_valid(about)
    require_entry(about, slot, exercise)
    request = _request(about, slot, exercise, locked=locked)
    problem = to_problem(request, about.question.catalog)
    known = [
        TierResult(t.tier, t.name, t.sense, t.unit, t.value, t.bound if locked else None, t.gap, t.proven)
        for t in about.response.tiers
    ]
    solved = as_solved(MeasuredWeek(problem, about.plan), known, without_search(request))
    question = new_week(request, problem, about.question.catalog)
    return present(replace(question, origin=OriginResponse(kind="lock", plan=about.id, question=None)), solved)


def _request(about: KeptWeek, slot: str, exercise: str, *, locked: bool) -> PlanRequest:
    body = about.request.model_dump(mode="json", exclude_unset=True)
    pins = [pin for pin in body.get("pins", []) if not is_lock(pin, slot, exercise)]
    if locked:
        session = next(session for session in about.plan.sessions if session.slot == slot)
        entry = next(entry for entry in session.entries if entry.exercise == exercise)
        pins.append({"slot": slot, "exercise": exercise, "sets": entry.sets})
    elif len(pins) == len(body.get("pins", [])):
        message = f"{exercise} in '{slot}' is not locked by itself"
        raise RequestError([Fault(pointer("exercise"), "not_locked", message)])
    return parse(PlanRequest, json.dumps({**body, "pins": pins}).encode())
