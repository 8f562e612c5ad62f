"""A programme that someone follows: which of the six mistakes it makes, and how to mend it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from service.audits.examples import REQUESTS
from service.audits.keeping import as_programme, plan_from
from service.audits.limits import MAX_TEXT_CHARACTERS
from service.audits.schemas import KeepRequest
from service.errors import RequestError
from service.terminal.words import number, sentence
from service.validation.parsing import parse
from service.web.pages.change_list import changed_sessions
from service.web.pages.plan_form import next_monday
from service.web.pages.sessions import SlotName
from service.web.parts.certificate import in_signs
from solver.domain.kinds import DEADLIFT
from solver.rulebook import RULE_BY_ID

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from catalog.catalog import Catalog
    from service.audits.schemas import AuditResponse
    from service.audits.schemas.repair import RepairResponse
    from service.audits.schemas.response import MistakeResponse, UnreadResponse
    from service.plans.schemas.response import SessionResponse, WeekResponse
    from service.web.pages.change_list import ChangedSession
    from service.web.posted import Posted

EXAMPLE: str = REQUESTS["text"]["value"]["programme"]["text"]


@dataclass(frozen=True)
class AuditForm:
    """What was filled in. `faults` say what is wrong with it."""

    text: str
    experience: str
    deadlift: str
    place: str
    faults: tuple[str, ...]
    experiences: tuple[str, ...]
    stages: tuple[tuple[str, str], ...]
    presets: tuple[tuple[str, str], ...]
    most_characters: int = MAX_TEXT_CHARACTERS


def audit_form(sent: Posted | None, catalog: Catalog, *, text: str = "", faults: Sequence[str] = ()) -> AuditForm:
    """The form as it was sent, or empty but for `text`."""

    def said(name: str) -> str:
        return "" if sent is None else sent.text(name)

    return AuditForm(
        text=said("programme") or text,
        experience=said("experience"),
        deadlift=said("deadlift"),
        place=said("place"),
        faults=tuple(faults),
        experiences=("beginner", "intermediate", "advanced"),
        stages=tuple(
            (str(stage.stage), catalog.exercises[stage.exercises[0]].name) for stage in catalog.ladders[DEADLIFT].stages
        ),
        presets=tuple((preset.id, preset.name) for preset in catalog.presets.values()),
    )


def audit_body(form: AuditForm, *, repair: bool) -> dict[str, Any]:
    """The request that the form stands for, as JSON. What is left open is not said."""
    athlete: dict[str, Any] = {}
    if form.experience:
        athlete["experience"] = form.experience
    if form.deadlift:
        athlete["ladder_stages"] = {DEADLIFT: int(form.deadlift) if form.deadlift.isdigit() else form.deadlift}
    body: dict[str, Any] = {"programme": {_form_of(form.text): form.text}, "athlete": athlete, "repair": repair}
    if form.place:
        body["places"] = [{"id": "place", "equipment": form.place}]
    return body


def _form_of(text: str) -> str:
    """A table names its columns in its first row; anything else are plain lines."""
    columns = [column.strip().casefold() for column in text.lstrip().partition("\n")[0].split(",")]
    return "csv" if "exercise" in columns and len(columns) > 1 else "text"


@dataclass(frozen=True)
class EvidenceLine:
    """A line of the programme that counts for a mistake."""

    line: int | None
    text: str
    counts: str


@dataclass(frozen=True)
class Mistake:
    """One of the six."""

    number: int
    title: str
    made: bool
    certain: bool
    statements: tuple[str, ...]
    to_do: tuple[str, ...]
    exercises: tuple[str, ...]
    evidence: tuple[EvidenceLine, ...]


@dataclass(frozen=True)
class Unread:
    """A line that counts in nothing."""

    line: int | None
    text: str
    reason: str
    candidates: tuple[str, ...]


@dataclass(frozen=True)
class Mended:
    """The nearest week that keeps every rule, or why there is none."""

    statement: str
    score_before: float | None
    score_after: float | None
    changes: tuple[ChangedSession, ...]
    sessions: tuple[SessionResponse, ...]
    conflict: tuple[str, ...]
    notes: tuple[str, ...]
    keep: str
    """What keeps the week as a plan, as JSON; empty where that cannot be."""
    not_kept: str = ""
    """Why there is a week that cannot be kept."""


@dataclass(frozen=True)
class AuditPage:
    """The form, and what was found."""

    form: AuditForm
    found: AuditResponse | None = None
    mistakes: tuple[Mistake, ...] = ()
    unread: tuple[Unread, ...] = ()
    read: tuple[tuple[SlotName, str | None, tuple[tuple[str, str, str], ...]], ...] = ()
    """Sessions as they were understood: name, title, and of each entry what was written, its name and its sets."""
    others: tuple[tuple[str, str], ...] = ()
    """Other rules that are broken: title and what was measured."""
    mended: Mended | None = None


def audit_page(form: AuditForm, found: AuditResponse, catalog: Catalog) -> AuditPage:
    """The page of an answer."""
    exercises = {exercise.id: exercise.name for exercise in catalog.exercises.values()}
    names = {s.slot: SlotName(s.day.capitalize(), s.start, s.place) for s in found.programme.sessions}
    return AuditPage(
        form=form,
        found=found,
        mistakes=tuple(_mistake(mistake, exercises) for mistake in found.mistakes),
        unread=tuple(map(_unread, found.programme.unread)),
        read=tuple(
            (names[s.slot], s.label, tuple((e.written, e.name, str(e.sets)) for e in s.entries))
            for s in found.programme.sessions
        ),
        others=tuple(
            (line.title, sentence(in_signs(line.statement)))
            for line in found.certificate
            if line.rule in found.summary.broken_rules
        ),
        mended=None if found.repair is None else _mended(found, found.repair, form, names, catalog),
    )


def _mistake(mistake: MistakeResponse, exercises: Mapping[str, str]) -> Mistake:
    return Mistake(
        number=mistake.mistake,
        title=mistake.title,
        made=mistake.made,
        certain=mistake.certain,
        statements=tuple(sentence(in_signs(said)) for said in mistake.statements),
        to_do=tuple(mistake.to_do),
        exercises=tuple(exercises.get(exercise, exercise) for exercise in mistake.exercises),
        evidence=tuple(
            EvidenceLine(source.line, source.text, f"{number(one.amount)} {one.unit} of {one.side}")
            for one in mistake.evidence
            for source in one.sources
        ),
    )


def _unread(part: UnreadResponse) -> Unread:
    return Unread(part.source.line, part.source.text, part.reason, tuple(one.name for one in part.candidates))


def _mended(
    found: AuditResponse,
    repair: RepairResponse,
    form: AuditForm,
    names: Mapping[str, SlotName],
    catalog: Catalog,
) -> Mended:
    keep, not_kept = ("", "") if repair.week is None else _keep(repair.week, found, form, catalog)
    exercises = {exercise.id: exercise.name for exercise in catalog.exercises.values()}
    return Mended(
        statement=sentence(repair.statement),
        score_before=repair.score_before,
        score_after=repair.score_after,
        changes=changed_sessions(repair.changes, names, exercises),
        sessions=() if repair.week is None else tuple(repair.week.sessions),
        conflict=tuple(f"{sentence(one.statement)} ({RULE_BY_ID[one.rule].title})" for one in repair.conflict or ()),
        notes=tuple(repair.notes),
        keep=keep,
        not_kept=not_kept,
    )


def _keep(week: WeekResponse, found: AuditResponse, form: AuditForm, catalog: Catalog) -> tuple[str, str]:
    """The request to keep a mended week: with all that was said, in the places where it was mended; or why not."""
    said = audit_body(form, repair=False)
    places = said.get("places") or found.resolved["places"]
    text = json.dumps({"programme": as_programme(week), "athlete": said["athlete"], "places": places})
    try:
        plan_from(parse(KeepRequest, text.encode()), "", catalog)
    except RequestError as error:
        return "", sentence(error.detail)
    return text, ""


def keep_request(sent: Posted, today: date) -> KeepRequest:
    """The request that `Mended.keep` stands for, in the week that comes next and in the time zone of the browser.

    Raises RequestError and MalformedJsonError for what is none.
    """
    wish = parse(KeepRequest, sent.text("week").encode())
    calendar = {"starts_on": next_monday(today).isoformat(), "timezone": sent.text("timezone") or "UTC"}
    return wish.model_copy(update={"week": wish.week.model_copy(update=calendar)})
