"""The training goals: all that the schema knows, each with a dose for every role."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from catalog.schema import Goal, Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from catalog.faults import Fault
    from catalog.records import Located, Records
    from catalog.schema import Span, TrainingGoal


def check_goals(records: Records) -> Iterator[Fault]:
    """No goal is missing, no role twice, no range upside down."""
    for item in records.goals.records:
        yield from _goal(item)
    if records.goals.records:
        for missing in sorted(set(get_args(Goal)) - records.goals.ids):
            yield records.goals.records[0].fault(f"the goal {missing} is missing")


def _goal(item: Located[TrainingGoal]) -> Iterator[Fault]:
    doses = item.record.doses
    for role in get_args(Role):
        if [dose.role for dose in doses].count(role) != 1:
            yield item.fault(f"the role {role} needs exactly one dose", "doses")
    for index, dose in enumerate(doses):
        for field in ("repetitions", "sets", "reserve"):
            span: Span | None = getattr(dose, field)
            if span is not None and span.min > span.max:
                yield item.fault(f"{field} from {span.min} to {span.max}", "doses", index, field)
