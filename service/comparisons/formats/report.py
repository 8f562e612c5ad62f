"""A comparison as a document: what each plan costs and gains first, then the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.comparisons.formats.cells import figure, muscle, short, slack
from service.comparisons.pictures import PICTURES
from service.comparisons.pictures.svg import document
from service.plans.formats.document import Block, Bullets, Heading, Paragraph, Picture, Table
from service.plans.phrases import listed, name_of
from service.terminal.words import minutes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.comparisons.schemas import ComparisonResponse
    from service.comparisons.schemas.response import ComparedPlanResponse

TITLE = "Comparison of training weeks"


def report(found: ComparisonResponse, *, pictures: bool = False) -> list[Block]:
    """The whole comparison in order of reading, with the pictures where the format can hold them."""
    blocks: list[Block] = [Heading(1, TITLE), Bullets(tuple(_introduced(plan) for plan in found.plans))]
    blocks += [Heading(2, "What it costs, what it gains"), Bullets(statements(found))]
    if found.not_comparable:
        blocks += [Heading(2, "Not alike"), Bullets(tuple(note.statement for note in found.not_comparable))]
    if pictures:
        drawings = (draw(found) for draw in PICTURES.values())
        blocks += [Picture(document(drawing), f"{drawing.title}. {drawing.description}") for drawing in drawings]
    blocks += [Heading(2, "Figures"), figures(found), Heading(2, "Distance to every rule"), rules(found)]
    blocks += [Heading(2, "Weekly sets"), volume(found), Heading(2, "Time"), time(found)]
    return [*blocks, *_changes(found)]


def _introduced(plan: ComparedPlanResponse) -> str:
    items = listed([name_of(item) for item in plan.equipment] or ["no equipment"], "and")
    return f"{plan.label}: plan {plan.id}, {plan.status}, made {plan.created_at}; done with {items}."


def statements(found: ComparisonResponse) -> tuple[str, ...]:
    """The sentence of every plan but the baseline."""
    return tuple(plan.against_baseline.statement for plan in found.plans if plan.against_baseline is not None)


def _labels(found: ComparisonResponse) -> tuple[str, ...]:
    return tuple(plan.label for plan in found.plans)


def figures(found: ComparisonResponse) -> Table:
    """Every figure; the best of a row is marked."""
    rows = tuple(
        (row.name, short(row), *(figure(row, index, plan.id in row.best) for index, plan in enumerate(found.plans)))
        for row in found.metrics
    )
    return Table(("Figure", "Unit", *_labels(found)), rows)


def rules(found: ComparisonResponse) -> Table:
    """Every rule's slack; the tightest of a row is marked."""
    rows = tuple(
        (
            row.title,
            row.unit or "",
            *(slack(row, index, plan.id in row.tightest) for index, plan in enumerate(found.plans)),
        )
        for row in found.rules
    )
    return Table(("Rule", "Unit", *_labels(found)), rows)


def volume(found: ComparisonResponse) -> Table:
    """Every muscle's sets of the target, with minimum and maximum."""
    rows = tuple((row.name, *(muscle(one) for one in row.plans)) for row in found.volume)
    return Table(("Sets of target (minimum to maximum)", *_labels(found)), rows)


def time(found: ComparisonResponse) -> Table:
    """Every session of every plan against its slot."""
    rows = tuple(
        (
            plan.label,
            f"{session.slot}: {session.day.capitalize()} {session.start}, {session.place}",
            minutes(session.seconds),
            str(session.limit_seconds // 60),
        )
        for plan in found.plans
        for session in plan.sessions
    )
    return Table(("Plan", "Session", "Minutes", "Limit"), rows)


def _changes(found: ComparisonResponse) -> Iterator[Block]:
    base = next(plan for plan in found.plans if plan.id == found.baseline)
    for plan in found.plans:
        told = plan.against_baseline
        if told is None or told.changes is None:
            continue
        yield Heading(2, f"From {base.label} to {plan.label}")
        paired = tuple(f"{pair.slot} is taken for {pair.baseline_slot} of {base.label}" for pair in told.paired_slots)
        changes = tuple(change.statement for change in told.changes)
        yield Bullets((*paired, *changes)) if paired or changes else Paragraph("No entry differs.")
