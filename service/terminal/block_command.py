"""`counterpull block`: weeks in a row from a request in a file or a pipe, on the terminal or as JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from catalog.catalog import default_catalog
from service.blocks.kind import BLOCKS
from service.blocks.schemas import BlockRequest
from service.ids import new_id
from service.studies.effort import solve_of
from service.studies.kind import StudyQuestion
from service.terminal.block_report import report
from service.terminal.console import ExitCode, errors, output, print_json
from service.terminal.sources import read_source
from service.terminal.studying import as_json as json_of
from service.terminal.watching import watched
from service.terminal.words import number
from service.validation.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from service.blocks.schemas import BlockAnswer
    from service.studies.kind import Studied


def plan_weeks(source: str, *, weeks: int | None, time_limit: float | None, as_json: bool) -> ExitCode:
    """Plan the block asked for in the file `source` (`-`: standard input) and print it.

    Raises WrongUseError when there is no such file, MalformedJsonError and RequestError when the request cannot be
    used, and what the solver raises.
    """
    catalog = default_catalog()
    request = parse(BlockRequest, read_source(source))
    if weeks is not None:
        request = request.model_copy(update={"weeks": weeks})
    if time_limit is not None:
        solve = solve_of(request).model_copy(update={"time_limit_seconds": time_limit})
        plan = request.plan.model_copy(update={"solve": solve})
        request = request.model_copy(update={"plan": plan, "solve": solve})
    question = StudyQuestion(new_id(), datetime.now(UTC), request, catalog)
    BLOCKS.check(question)

    def work(
        *, on_progress: Callable[[Mapping[str, object]], None], is_cancelled: Callable[[], bool]
    ) -> Studied[BlockAnswer]:
        return BLOCKS.study(question, _Teller(on_progress, is_cancelled))

    studied = watched(work, errors(), line=_progress_line)
    if as_json:
        print_json(json_of(BLOCKS, question, studied))
    else:
        console = output()
        assert studied.answer is not None
        console.print(report(studied.answer, studied.weeks, catalog))
    match studied.outcome:
        case "infeasible":
            return ExitCode.INFEASIBLE
        case "done" | "partial" | "timed_out":
            whole = studied.answer is not None and studied.answer.unfinished is None
            return ExitCode.OK if whole else ExitCode.TIMED_OUT


def _progress_line(progress: Mapping[str, object]) -> str:
    """`12.3 s  3 of 8 weeks  score 91.2`."""
    score = progress["score"]
    said = f"  score {number(score)}" if isinstance(score, float) else ""
    return f"{progress['seconds']:.1f} s  {progress['weeks_planned']} of {progress['weeks']} weeks{said}"


class _Teller:
    """A `Control` for a terminal."""

    def __init__(self, tell: Callable[[Mapping[str, object]], None], is_cancelled: Callable[[], bool]) -> None:
        self.tell, self.is_cancelled = tell, is_cancelled
