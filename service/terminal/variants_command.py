"""`counterpull variants`: several weeks for one request, side by side on the terminal, as JSON or in files."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalog.catalog import default_catalog
from service.errors import RequestError
from service.ids import new_id
from service.plans.schemas import PlanRequest
from service.studies.asking import require_sense
from service.studies.kind import StudyQuestion
from service.terminal.console import ExitCode, errors, output, print_json
from service.terminal.ending import WrongUseError
from service.terminal.sources import read_source
from service.terminal.studying import as_json as json_of
from service.terminal.variants_report import progress_line, report
from service.terminal.watching import watched
from service.validation.parsing import parse
from service.variants.kind import VARIANTS
from service.variants.schemas import VariantsRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from service.plans.schemas import PlanResponse
    from service.studies.kind import Studied
    from service.variants.schemas import VariantsAnswer


@dataclass(frozen=True)
class Wish:
    """What the command line asks for; None and nothing are left to the defaults."""

    weeks: int | None = None
    loss: float | None = None
    difference: float | None = None
    goals: tuple[str, ...] = ()
    time_limit_seconds: float | None = None

    def fields(self, solve: Mapping[str, Any]) -> dict[str, Any]:
        """The fields of the request beside its plan, which says `solve`."""
        if self.time_limit_seconds is not None:
            solve = {**solve, "time_limit_seconds": self.time_limit_seconds}
        fields = {
            "k": self.weeks,
            "max_score_loss": self.loss,
            "min_difference": self.difference,
            "goals": list(self.goals) or None,
            "solve": dict(solve) or None,
        }
        return {name: value for name, value in fields.items() if value is not None}


def choose_weeks(source: str, wish: Wish, *, save: str | None, as_json: bool) -> ExitCode:
    """Find the weeks for the plan request in the file `source` (`-`: standard input) and print them.

    `save`: a directory that every week is written into, as `plan --json` writes it. Raises WrongUseError when a file
    cannot be read or written, MalformedJsonError and RequestError when the request cannot be used, and what the solver
    raises.
    """
    question = _question(source, wish)

    def work(
        *, on_progress: Callable[[Mapping[str, object]], None], is_cancelled: Callable[[], bool]
    ) -> Studied[VariantsAnswer]:
        return VARIANTS.study(question, _Control(on_progress, is_cancelled))

    studied = watched(work, errors(), progress_line)
    files = [] if save is None else _saved(studied.weeks, save)
    assert studied.answer is not None
    if as_json:
        print_json(json_of(VARIANTS, question, studied))
    else:
        output().print(report(studied.answer, files))
    if studied.weeks:
        return ExitCode.OK
    return ExitCode.INFEASIBLE if studied.outcome == "infeasible" else ExitCode.TIMED_OUT


def _question(source: str, wish: Wish) -> StudyQuestion[VariantsRequest]:
    """The request in the file with what the command line adds; faults point into the file."""
    raw = read_source(source)
    plan = parse(PlanRequest, raw).model_dump(mode="json", exclude_unset=True)
    catalog = default_catalog()
    try:
        fields = wish.fields(plan.pop("solve", {}))
        request = parse(VariantsRequest, json.dumps({"plan": plan, **fields}).encode())
        question = StudyQuestion(new_id(), datetime.now(UTC), request, catalog)
        require_sense(VARIANTS, question)
    except RequestError as error:
        raise RequestError([replace(f, pointer=f.pointer.removeprefix("/plan")) for f in error.faults]) from None
    return question


def _saved(weeks: Sequence[PlanResponse], directory: str) -> list[Path]:
    """Write the weeks and return their files, in the same order."""
    files = [Path(directory) / f"week-{number}.json" for number in range(1, len(weeks) + 1)]
    try:
        Path(directory).mkdir(parents=True, exist_ok=True)
        for file, week in zip(files, weeks, strict=True):
            file.write_text(week.model_dump_json(indent=2) + "\n", "utf-8")
    except OSError as error:
        raise WrongUseError(f"Cannot write into {directory}: {error.strerror}.") from None
    return files


class _Control:
    """A `service.jobs.job.Control` for the terminal."""

    def __init__(self, tell: Callable[[Mapping[str, object]], None], is_cancelled: Callable[[], bool]) -> None:
        self.tell, self.is_cancelled = tell, is_cancelled
