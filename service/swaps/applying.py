"""Taking an alternative: the week with it, kept as a plan of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.errors import ApiError, Fault, RequestError, pointer
from service.plans.phrases import counted, listed
from service.plans.repository import PlanRepository
from service.plans.schemas.response import OriginResponse
from service.studies.weeks import load_week, require_valid, store_week, unsearched
from service.swaps.schemas import SwapsResponse
from solver.domain.eligibility import Eligibility
from solver.swaps import best_swap, swapped

if TYPE_CHECKING:
    from service.dependencies import Parts
    from service.kept.repository import Kept
    from service.studies.weeks import KeptWeek
    from service.swaps.schemas import ApplyRequest
    from solver.swaps import Swap


def applied(study: Kept, taken: ApplyRequest, plan_id: str, tenant: str, parts: Parts) -> Kept:
    """The plan with the alternative, under this id or, where a repair has made it already, under its own.

    Blocks on the database. Raises ApiError `not-finished` before there is an answer, RequestError for an alternative
    that cannot be taken, and what loading the plan raises.
    """
    response = SwapsResponse.model_validate_json(study.answer_json)
    if response.answer is None or response.plan is None:
        raise ApiError("not-finished", "There are no alternatives yet that could be taken.", (), {"Retry-After": "2"})
    repaired = {a.exercise: a for a in response.answer.alternatives if a.repair is not None and a.repair.plan}
    known = repaired.get(taken.exercise)
    if known is not None and known.repair is not None and taken.sets in (None, known.sets):
        return _kept(known.repair.plan or "", tenant, parts)
    about = load_week(response.plan, tenant, parts.sessions, parts.catalog)
    swap = swap_of(about, response.answer.entry.slot, response.answer.entry.exercise, taken)
    origin = OriginResponse(kind="swap", plan=about.id, question=study.id)
    week = unsearched(about, swap.week.plan).model_copy(update={"id": plan_id, "origin": origin})
    with parts.sessions.begin() as session:
        # There already when the process died between keeping it and saying so.
        if PlanRepository(session).find(plan_id, tenant) is None:
            store_week(session, week, tenant)
    return _kept(plan_id, tenant, parts)


def _kept(plan_id: str, tenant: str, parts: Parts) -> Kept:
    with parts.sessions() as session:
        plan = PlanRepository(session).find(plan_id, tenant)
    if plan is None:
        raise ApiError("not-found", "The plan with this alternative is not kept any more.")
    return plan


def swap_of(about: KeptWeek, slot: str, old: str, taken: ApplyRequest) -> Swap:
    """The swap that is taken.

    Raises RequestError when the week would break a rule with it, and what `require_valid` does.
    """
    require_valid(about)
    problem = about.problem
    new, here = problem.exercise_by_id[taken.exercise], problem.slot_by_id[slot]
    session = next(s for s in about.plan.sessions if s.slot == slot)
    at = pointer("exercise")
    if taken.exercise in {entry.exercise for entry in session.entries}:
        raise RequestError([Fault(at, "not_an_alternative", f"{new.name} is in this session already")])
    if not Eligibility.of(problem).possible(new, here):
        raise RequestError([Fault(at, "not_an_alternative", f"{new.name} is not possible for this athlete there")])
    week = about.measured
    swap = best_swap(week, slot, old, new) if taken.sets is None else swapped(week, slot, old, new, taken.sets)
    if swap.broken:
        said = " ".join(violation.statement for line in swap.broken for violation in line.violations)
        broken = listed([line.rule for line in swap.broken], "and")
        message = f"{counted(swap.sets, 'set')} of {new.name} would break {broken}: {said}"
        # With other sets it may be taken: then these are what is wrong.
        wrong = taken.sets is not None and not best_swap(week, slot, old, new).broken
        raise RequestError([Fault(pointer("sets") if wrong else at, "breaks_rules", message)])
    return swap
