"""Keeping a programme as a plan: the request that it answers, and the proof that it keeps every rule."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from service.audits.question import ask
from service.errors import Fault, RequestError, pointer
from service.plans.limits import MAX_SESSION_MINUTES
from service.plans.mapping import to_problem
from service.plans.phrases import listed
from service.plans.presenter import Question, present, without_search
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanRequest
from service.plans.schemas.response import OriginResponse
from service.studies.weeks import store_week
from service.validation.parsing import parse
from solver.measured import MeasuredWeek
from solver.pareto import unproven

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from service.audits.question import AuditQuestion
    from service.audits.schemas import KeepRequest
    from service.dependencies import Parts
    from service.kept.repository import Kept
    from service.plans.schemas import PlanResponse
    from service.plans.schemas.response import WeekResponse

_ORIGIN = OriginResponse(kind="audit", plan=None, question=None)
_USED_OF_ENTRIES = {"exercise", "sets", "equipment", "superset"}
_USED = {"slot", "day", "start", "place", "limit_seconds"}


def as_programme(week: WeekResponse) -> dict[str, Any]:
    """A week, as JSON, with no more than keeping it takes."""
    used: Any = {"__all__": {**dict.fromkeys(_USED, True), "entries": {"__all__": _USED_OF_ENTRIES}}}
    return week.model_dump(mode="json", include={"sessions": used})


def kept(programme: KeepRequest, plan_id: str, tenant: str, parts: Parts) -> Kept:
    """Keep a programme under the id, unless it is there already. Blocks on the database.

    Raises what `plan_from` does.
    """
    week = plan_from(programme, plan_id, parts.catalog)
    with parts.sessions.begin() as session:
        plans = PlanRepository(session)
        if plans.find(plan_id, tenant) is None:
            store_week(session, week, tenant)
            session.flush()
        found = plans.find(plan_id, tenant)
    assert found is not None
    return found


def plan_from(programme: KeepRequest, plan_id: str, catalog: Catalog) -> PlanResponse:
    """The plan of this id whose week is the programme. Blocks for a moment.

    Raises RequestError with everything that is wrong with the request, with lines that could not be read, with sets
    that nobody has told, and with the rules that the week breaks.
    """
    question = ask(programme.audited, catalog)
    _require_whole(question)
    request = _request(question, programme)
    problem = to_problem(request, catalog)
    plan = question.week.plan
    _require_kept(question, MeasuredWeek(problem, plan))
    asked = Question(plan_id, datetime.now(UTC), request, problem, catalog, _ORIGIN)
    return present(asked, unproven(problem, plan, without_search(request)))


def _require_whole(question: AuditQuestion) -> None:
    faults = [
        Fault(part.source.pointer, "unread", f"a week is kept as a whole, and this is not understood: {part.reason}")
        for part in question.read.unread
    ]
    # What an audit says that it has taken for granted, a plan would hold for told.
    faults += [
        Fault(entry.source.pointer, "unread", f"a week is kept as a whole, and of {entry.name[:60]!r} {remark}")
        for entry in question.entries
        for remark in entry.dose.remarks
    ]
    longest = max(question.problem.slots, key=lambda slot: slot.limit_seconds)
    minutes = longest.limit_seconds // 60
    if minutes > MAX_SESSION_MINUTES:
        message = f"a session of a plan has at most {MAX_SESSION_MINUTES} minutes, '{longest.id}' takes {minutes}"
        faults.append(Fault(_programme(question), "wrong_size", message, {"maximum": MAX_SESSION_MINUTES}))
    if faults:
        raise RequestError(faults)


def _require_kept(question: AuditQuestion, week: MeasuredWeek) -> None:
    """Raises RequestError for a week that breaks rules: such a week is no answer to any request."""
    if week.broken:
        said = " ".join(violation.statement for line in week.broken for violation in line.violations)
        rules = listed([line.rule for line in week.broken], "and")
        message = f"a plan keeps every rule, and this week breaks {rules}: {said}"
        raise RequestError([Fault(_programme(question), "breaks_rules", message)])


def _programme(question: AuditQuestion) -> str:
    return pointer("programme", next(iter(question.request.programme.model_fields_set)))


def _request(question: AuditQuestion, programme: KeepRequest) -> PlanRequest:
    """What a plan would have been asked for that has this week: its sessions, and no others, in its places."""
    body = programme.model_dump(mode="json", exclude_unset=True, include={"rules", "solve"})
    rules, count = body.get("rules", {}), len(question.problem.slots)
    per_day = {"per_day": question.problem.rules.sessions_per_day}
    body |= {
        "athlete": _athlete(question, programme),
        "places": _places(question, programme),
        "week": {
            **programme.week.model_dump(mode="json", exclude_none=True),
            "sessions": {"min": count, "max": count},
            "slots": _slots(question),
        },
        "rules": {**rules, "structure.sessions": {**rules.get("structure.sessions", {}), **per_day}},
        "supersets": any(entry.superset for session in question.week.sessions for entry in session.entries),
    }
    return parse(PlanRequest, json.dumps(body).encode())


def _athlete(question: AuditQuestion, programme: KeepRequest) -> dict[str, Any]:
    """Who is asked for: as told, with the experience and the stages that the audit takes the week to show."""
    told = programme.athlete.model_dump(mode="json", exclude_unset=True)
    athlete, defaults = question.problem.athlete, question.catalog.defaults
    if defaults.skill_level[athlete.experience] < athlete.skill_level:
        able = [name for name, level in defaults.skill_level.items() if level >= athlete.skill_level]
        told["experience"] = min(able, key=defaults.skill_level.__getitem__)
    usual = {**defaults.ladder_stages[told.get("experience", athlete.experience)], **told.get("ladder_stages", {})}
    shown = {ladder: stage for ladder, stage in athlete.stages.items() if stage != usual[ladder]}
    return {**told, "ladder_stages": {**told.get("ladder_stages", {}), **shown}} if shown else told


def _places(question: AuditQuestion, programme: KeepRequest) -> list[dict[str, Any]]:
    if programme.places is not None:
        return [place.model_dump(mode="json", exclude_unset=True) for place in programme.places]
    places = {slot.place.id: slot.place for slot in question.problem.slots}
    return [{"id": place.id, "equipment": sorted(place.equipment)} for place in places.values()]


def _slots(question: AuditQuestion) -> list[dict[str, Any]]:
    return [
        {
            "id": session.slot,
            "day": session.day,
            "start": session.start,
            "minutes": slot.limit_seconds // 60,
            "place": slot.place.id,
        }
        for session, slot in zip(question.sessions, question.problem.slots, strict=True)
    ]
