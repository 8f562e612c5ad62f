"""`counterpull replan`: the rest of a plan's week after what has become of it, on the terminal or as JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from catalog.catalog import default_catalog
from service.ids import new_id
from service.replans.kind import REPLANS
from service.replans.schemas import ReplanRequest
from service.studies.kind import StudyQuestion
from service.studies.weeks import week_of
from service.terminal.console import ExitCode, errors, output, print_json
from service.terminal.kept_plan import read_plan
from service.terminal.replan_report import report
from service.terminal.sources import read_source
from service.terminal.studying import as_json as json_of
from service.terminal.watching import watched
from service.validation.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from service.replans.schemas import ReplanAnswer
    from service.studies.kind import Studied
    from solver.domain.outcome import Progress


def replan_week(plan: str, events: str, *, time_limit: float | None, as_json: bool) -> ExitCode:
    """Replan the plan in the file `plan` after the events in the file `events` (`-`: standard input), and print it.

    Raises WrongUseError when there is no such file or it holds no plan, MalformedJsonError and RequestError when the
    events cannot be used, ApiError when the plan has no week, and what the solver raises.
    """
    catalog = default_catalog()
    about = week_of(read_plan(plan), catalog)
    request = parse(ReplanRequest, read_source(events))
    if time_limit is not None:
        solve = request.solve.model_copy(update={"time_limit_seconds": time_limit})
        request = request.model_copy(update={"solve": solve})
    question = StudyQuestion(new_id(), datetime.now(UTC), request, catalog, about)
    REPLANS.check(question)

    def work(
        *,
        on_progress: Callable[[Progress], None],  # noqa: ARG001  a replan tells of distances, not of scores
        is_cancelled: Callable[[], bool],
    ) -> Studied[ReplanAnswer]:
        return REPLANS.study(question, _Silent(is_cancelled))

    studied = watched(work, errors())
    week = studied.weeks[0] if studied.weeks else None
    if as_json:
        print_json(json_of(REPLANS, question, studied))
    else:
        console = output()
        console.print(report(studied.answer, week, catalog.exercises, columns=console.width))
    if week is not None:
        return ExitCode.OK
    return ExitCode.INFEASIBLE if studied.outcome == "infeasible" else ExitCode.TIMED_OUT


class _Silent:
    """A `Control` that hands on whether to stop."""

    def __init__(self, is_cancelled: Callable[[], bool]) -> None:
        self.is_cancelled = is_cancelled

    def tell(self, progress: Mapping[str, object]) -> None:
        """Nobody listens."""
