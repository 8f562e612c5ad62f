"""The work of `counterpull gym`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from catalog.catalog import default_catalog
from service.gyms.answers import ScheduleResponse
from service.gyms.kind import SCHEDULES
from service.gyms.schemas import ScheduleRequest
from service.terminal.console import ExitCode, output, print_json
from service.terminal.ending import WrongUseError
from service.terminal.gym_report import member_week, progress_line, report
from service.terminal.lookup import one_of
from service.terminal.sources import read_source
from service.terminal.studying import answered, as_json, asked
from service.validation.parsing import parse

if TYPE_CHECKING:
    from service.studies.kind import Outcome

_ENDS: dict[Outcome, ExitCode] = {
    "done": ExitCode.OK,
    "partial": ExitCode.OK,
    "infeasible": ExitCode.INFEASIBLE,
    "timed_out": ExitCode.TIMED_OUT,
}


def schedule_gym(
    source: str, *, before: str | None, time_limit: float | None, effort: float | None, print_as_json: bool
) -> ExitCode:
    """Schedule the gym in the file `source` (`-`: standard input), going on from the schedule in the file `before`.

    Raises WrongUseError when there is no such file or no schedule in it, MalformedJsonError and RequestError when the
    gym cannot be scheduled, and what the solver raises.
    """
    earlier = None if before is None else read_schedule(before)
    body = parse(ScheduleRequest, read_source(source)).model_dump(mode="json", exclude_unset=True)
    wished = {"time_limit_seconds": time_limit, "effort": effort}
    body["solve"] = {**body.get("solve", {}), **{name: value for name, value in wished.items() if value is not None}}
    body["before"] = None if earlier is None else earlier.id
    question = asked(SCHEDULES, body, earlier=earlier)
    studied = answered(SCHEDULES, question, progress_line)
    if print_as_json:
        print_json(as_json(SCHEDULES, question, studied))
    elif studied.answer is not None:
        output().print(report(studied.answer))
    return _ENDS[studied.outcome]


def show_schedule(source: str, member: str | None) -> ExitCode:
    """Print the schedule in a file, or one member's week in it. Raises WrongUseError."""
    found = read_schedule(source)
    if found.answer is None:
        raise WrongUseError(f"{source} is a schedule without an answer: it is {found.status}.")
    if member is None:
        output().print(report(found.answer))
    else:
        weeks = {one.member: one for one in found.answer.members}
        output().print(member_week(one_of(weeks, member, "member with a week"), default_catalog()))
    return ExitCode.OK


def read_schedule(source: str) -> ScheduleResponse:
    """A schedule as the API tells it, or under `answer` of what `counterpull gym schedule --json` prints.

    Raises WrongUseError when there is no such file or it holds no schedule.
    """
    text = read_source(source)
    try:
        told: Any = json.loads(text)
        return ScheduleResponse.model_validate(told["answer"] if "plans" in told else told)
    except (ValueError, KeyError, TypeError, ValidationError):
        said = f"{source} is not a schedule; counterpull gym schedule --json prints one"
        raise WrongUseError(f"{said}.") from None
