"""From a programme to a week that can be measured: every session has a slot, every exercise is known."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from service.audits import limits
from service.audits.assumptions import assumptions, not_judged
from service.audits.followed import followed_week, places_of, slot_of
from service.audits.names.index import index_with
from service.audits.reading.schedule import schedule
from service.audits.reading.table import read_csv
from service.audits.reading.text import read_text
from service.audits.reading.week import read_week
from service.audits.schemas.request import CsvProgramme, SessionsProgramme, TextProgramme
from service.audits.surroundings import reachable
from service.audits.tags import tagged_exercises
from service.errors import Fault, RequestError, pointer
from service.plans.mapping import to_problem
from service.plans.mapping.athlete import prescribed
from service.plans.mapping.week import resolved_places
from service.plans.schemas import PlanRequest
from service.plans.schemas.request import WeekRequest
from service.validation.parsing import MAX_FAULTS
from service.validation.walk import marker_faults

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catalog.catalog import Catalog
    from catalog.schema import Exercise
    from service.audits.names.index import NameIndex
    from service.audits.reading.programme import ReadEntry, ReadProgramme, UnreadPart
    from service.audits.reading.schedule import ScheduledSession
    from service.audits.schemas import AuditRequest
    from solver.audit import FollowedWeek
    from solver.domain.problem import Problem, RuleSettings


@dataclass(frozen=True)
class AuditQuestion:
    """A programme, resolved. `entries[i]` is what the mark `i` in the sources of the week stands for."""

    request: AuditRequest
    plan_request: PlanRequest
    """What the request says of athlete, places and rules, in the form of a plan's request."""
    problem: Problem
    week: FollowedWeek
    read: ReadProgramme
    sessions: tuple[ScheduledSession, ...]
    entries: tuple[ReadEntry, ...]
    timed_slots: frozenset[str]
    """Slots whose minutes are told."""
    not_judged: Mapping[str, str]
    assumptions: tuple[str, ...]
    catalog: Catalog
    names: Mapping[str, Exercise]
    """Every exercise that a name may mean, by id."""


def ask(request: AuditRequest, catalog: Catalog) -> AuditQuestion:
    """Read and resolve a programme. Raises RequestError with everything that is wrong with the request."""
    faults = list(islice(marker_faults(request, catalog), MAX_FAULTS))
    if faults:
        raise RequestError(faults)
    _require_few_lines(request)
    calendar = WeekRequest(starts_on=request.week.starts_on, repeats=request.week.repeats)
    plan_request = PlanRequest(
        athlete=request.athlete, places=request.places, rules=request.rules, week=calendar, solve=request.solve
    )
    general = to_problem(plan_request, catalog)
    index = index_with(catalog, tagged_exercises(request.exercises, catalog))
    read = _read(request, index)
    _require_sense(read, request)
    laid_out = schedule(read.sessions, request.week.starts_on)
    sessions = laid_out.sessions
    named = None if request.places is None else resolved_places(plan_request, catalog)
    places = places_of(sessions, named, index, catalog)
    week = followed_week(read, sessions, places, index)
    used = {entry.exercise for session in week.sessions for entry in session.entries}
    rules = _with_own_counts(general.rules, request, sessions)
    here = zip(sessions, places, week.sessions, strict=True)
    exercises, reserves = prescribed(plan_request, catalog, _exercises(catalog, index, used))
    problem, reach = reachable(
        replace(
            general,
            exercises=exercises,
            reserves=reserves,
            slots=tuple(slot_of(session, place, followed, rules, index) for session, place, followed in here),
            rules=rules,
            week_repeats=request.week.repeats,
            supersets=True,
        ),
        used,
        experience_stated=request.athlete.experience is not None,
    )
    timed = frozenset(session.slot for session in sessions if session.read.minutes is not None)
    led_rows = any(problem.exercise_by_id[exercise].row_type == "led" for exercise in used)
    own = assumptions(request, problem, timed, reach, led_rows=led_rows)
    return AuditQuestion(
        request=request,
        plan_request=plan_request,
        problem=problem,
        week=week,
        read=read,
        sessions=sessions,
        entries=tuple(entry for session in sessions for entry in session.read.entries),
        timed_slots=timed,
        not_judged=not_judged(request, timed),
        assumptions=(*read.assumptions, *laid_out.assumptions, *own),
        catalog=catalog,
        names=index.exercises,
    )


def _require_few_lines(request: AuditRequest) -> None:
    """Raises RequestError before a long text is read."""
    for name in ("text", "csv"):
        lines = getattr(request.programme, name, "").count("\n")
        if lines > limits.MAX_LINES:
            message = f"a programme has at most {limits.MAX_LINES} lines, this one has {lines}"
            allowed = {"minimum": 1, "maximum": limits.MAX_LINES}
            raise RequestError([Fault(pointer("programme", name), "wrong_size", message, allowed)])


def _read(request: AuditRequest, index: NameIndex) -> ReadProgramme:
    match request.programme:
        case SessionsProgramme():
            return read_week(request.programme, index)
        case TextProgramme():
            return read_text(request.programme.text, index, pointer("programme", "text"))
        case CsvProgramme():
            return read_csv(request.programme.csv, index, pointer("programme", "csv"))


def _require_sense(read: ReadProgramme, request: AuditRequest) -> None:
    """Raises RequestError for a programme without a single known exercise, and for one that is too large."""
    name = next(iter(request.programme.model_fields_set), "")
    at = pointer("programme", name)
    if len(read.sessions) > limits.MAX_SESSIONS:
        message = f"a week has at most {limits.MAX_SESSIONS} sessions, this programme has {len(read.sessions)}"
        raise RequestError([Fault(at, "wrong_size", message, {"minimum": 1, "maximum": limits.MAX_SESSIONS})])
    for session in read.sessions:
        if len(session.entries) > limits.MAX_ENTRIES:
            what = session.label or session.day or "one session"
            message = f"a session has at most {limits.MAX_ENTRIES} exercises, {what} has {len(session.entries)}"
            raise RequestError([Fault(at, "wrong_size", message, {"minimum": 1, "maximum": limits.MAX_ENTRIES})])
    if not read.sessions:
        found = [
            Fault(part.source.pointer, "unread", _unread_message(part.source.line, part.reason), nearest=_names(part))
            for part in read.unread[: MAX_FAULTS - 1]
        ]
        raise RequestError([Fault(at, "no_exercise", "no exercise of the programme could be read"), *found])


def _unread_message(line: int | None, reason: str) -> str:
    return reason if line is None else f"line {line}: {reason}"


def _names(part: UnreadPart) -> tuple[str, ...]:
    return tuple(candidate.exercise for candidate in part.candidates[:3])


def _exercises(catalog: Catalog, index: NameIndex, used: set[str]) -> tuple[Exercise, ...]:
    """The catalog's exercises and the others of this week, in the order of their ids."""
    others = {id_: index.exercises[id_] for id_ in used if id_ not in catalog.exercises}
    return tuple(exercise for _, exercise in sorted({**catalog.exercises, **others}.items()))


def _with_own_counts(rules: RuleSettings, request: AuditRequest, sessions: Sequence[ScheduledSession]) -> RuleSettings:
    """As many sessions, and as many a day, as there are; a stated number a day stands."""
    days = [session.start_minute // (24 * 60) for session in sessions]
    stated = "per_day" in request.rules.get("structure.sessions", {})
    per_day = rules.sessions_per_day if stated else max(days.count(day) for day in days)
    return replace(rules, sessions_min=len(sessions), sessions_max=len(sessions), sessions_per_day=per_day)
