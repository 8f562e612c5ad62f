"""`counterpull plan`: a request from a file or a pipe, its plan on the terminal or as JSON."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from functools import partial

from catalog.catalog import default_catalog
from service.plans import service
from service.plans.schemas import PlanRequest
from service.terminal.answer import answer, exit_code
from service.terminal.console import ExitCode, errors, output
from service.terminal.sources import read_source
from service.terminal.watching import watched
from service.validation.parsing import parse


@dataclass(frozen=True)
class Overrides:
    """What the command line says instead of the request's `solve`; None leaves it to the request."""

    time_limit_seconds: float | None = None
    gap: float | None = None
    workers: int | None = None
    seed: int | None = None


def plan_week(source: str, overrides: Overrides, *, as_json: bool) -> ExitCode:
    """Plan the week asked for in the file `source` (`-`: standard input) and print it.

    Raises WrongUseError when there is no such file, MalformedJsonError and RequestError when the request cannot be
    used, and what the pipeline raises.
    """
    catalog = default_catalog()
    question = service.ask(_overridden(parse(PlanRequest, read_source(source)), overrides), catalog)
    response = watched(partial(service.answer, question), errors())
    console = output()
    if as_json:
        sys.stdout.write(response.model_dump_json(indent=2) + "\n")
    else:
        console.print(answer(response, catalog.exercises, columns=console.width))
    return exit_code(response)


def _as_written(value: float) -> float:
    """A whole number without a decimal point, as in the request it stands for."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _overridden(request: PlanRequest, overrides: Overrides) -> PlanRequest:
    given = {name: _as_written(value) for name, value in asdict(overrides).items() if value is not None}
    if not given:
        return request
    return request.model_copy(update={"solve": request.solve.model_copy(update=given)})
