"""An answer as a document: the sessions first, then the proof; or the conflict and what would help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.plans.formats.document import Block, Bullets, Heading, Paragraph, Table
from service.terminal.alternation import Step, steps
from service.terminal.words import dose, effort, minutes, number, percent, sentence, short_rule, timed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.catalog import Catalog
    from service.plans.schemas.response import EntryResponse, PlanResponse, SessionResponse

_ENDINGS = {
    "optimal": "Proven best.",
    "feasible": "Keeps every rule; a better week may exist.",
    "cancelled": "The search was stopped before its end.",
    "infeasible": "No week keeps every rule.",
    "timed_out": "Time ran out before there was a week.",
    "failed": "The search failed.",
    "queued": "The search has not begun.",
    "running": "The search is running.",
}


def report(answer: PlanResponse, catalog: Catalog) -> list[Block]:
    """The whole answer in order of reading."""
    blocks: list[Block] = [Heading(1, "Training week"), Paragraph(_ending(answer))]
    if answer.week is not None:
        for session in answer.week.sessions:
            blocks += _session(session, catalog)
        blocks += _proof(answer)
    blocks += _conflict(answer)
    blocks.append(Paragraph(f"Plan {answer.id}, made {answer.created_at}, catalog {answer.catalog}."))
    return blocks


def _ending(answer: PlanResponse) -> str:
    ending = _ENDINGS[answer.status]
    if answer.score is None:
        return ending
    score = answer.score
    return f"{ending} Score {number(score.value)} of at most {number(score.bound)}, gap {percent(score.gap)}."


def _session(session: SessionResponse, catalog: Catalog) -> Iterator[Block]:
    date = f" {session.starts_at[:10]}" if session.starts_at else ""
    yield Heading(2, f"{session.day.capitalize()}{date} {session.start}, {session.place}")
    yield Paragraph(f"{minutes(session.seconds)} of {session.limit_seconds // 60} minutes.")
    columns: tuple[str, ...] = ("", "Exercise", "Sets", "Effort", "Rest", "With", "For", "Cue")
    rows = tuple(_entry(step, catalog) for step in steps(session.entries))
    times = [timed(session.start, entry) for entry in session.entries]
    if any(times):
        columns, rows = (*columns, "When"), tuple((*row, when) for row, when in zip(rows, times, strict=True))
    yield Table(columns, rows)


def _entry(step: Step, catalog: Catalog) -> tuple[str, ...]:
    entry = step.entry
    items = [catalog.equipment[item].name for item in entry.equipment if item != "none" and item in catalog.equipment]
    serves = ", ".join(short_rule(rule) for rule in entry.serves)
    return (
        step.mark,
        entry.name,
        dose_of(entry, catalog),
        effort(entry),
        step.rest,
        ", ".join(items),
        serves,
        entry.cue,
    )


def dose_of(entry: EntryResponse, catalog: Catalog) -> str:
    """Sets and what a set is, as a training log writes it."""
    exercise = catalog.exercises.get(entry.exercise)
    return dose(entry, a_side=exercise is not None and exercise.unilateral)


def _proof(answer: PlanResponse) -> Iterator[Block]:
    yield Heading(2, "Every rule, measured")
    yield Table(
        ("Rule", "Holds", "Measured"),
        tuple(
            (line.title, _verdict(line.holds, line.waived is not None), line.statement) for line in answer.certificate
        ),
    )
    waived = [line for line in answer.certificate if line.waived is not None]
    if waived:
        told = [f"{x.title}: {x.waived.reason} To restore it: {x.waived.restored_by}" for x in waived if x.waived]
        yield Bullets(tuple(sentence(text) for text in told))
    yield Heading(2, "Weekly sets")
    yield Table(
        ("Muscle", "Sets", "Minimum", "Target", "Maximum"),
        tuple((v.muscle, number(v.sets), str(v.min), number(v.target), str(v.max)) for v in answer.volume),
    )


def _verdict(holds: bool, waived: bool) -> str:
    if waived:
        return "waived"
    return "yes" if holds else "no"


def _conflict(answer: PlanResponse) -> Iterator[Block]:
    if answer.conflict:
        yield Heading(2, "What collides")
        yield Bullets(tuple(f"{sentence(element.statement)} ({element.rule})" for element in answer.conflict))
    if answer.suggestions:
        yield Heading(2, "What would help")
        yield Bullets(
            tuple(
                f"{sentence(s.statement)} Score {number(s.score)}, cost {number(s.cost)}." for s in answer.suggestions
            )
        )
