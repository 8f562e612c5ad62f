"""`counterpull audit`: a programme from a file or a pipe, its mistakes on the terminal or as JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from catalog.catalog import default_catalog
from service.audits.files import request_of
from service.audits.question import ask
from service.audits.service import answer_to
from service.terminal.audit_report import report
from service.terminal.console import ExitCode, errors, output
from service.terminal.sources import read_source

if TYPE_CHECKING:
    from collections.abc import Callable

    from service.audits.forms import Form
    from service.audits.question import AuditQuestion
    from service.audits.schemas import AuditResponse
    from solver.domain.outcome import Progress


def audit_programme(
    source: str, form: Form, about: str | None, *, repair: bool, time_limit: float | None, as_json: bool
) -> ExitCode:
    """Audit the programme in the file `source` (`-`: standard input) and print what was found.

    `about` is a file with a request that tells of the athlete. `repair` searches for the nearest week that keeps every
    rule, at most `time_limit` seconds. Raises WrongUseError when there is no such file, MalformedJsonError and
    RequestError when the programme or the request cannot be used.
    """
    told = None if about is None else read_source(about)
    request = request_of(read_source(source), form, told, repair=repair, time_limit=time_limit)
    found = _answer(ask(request, default_catalog()))
    console = output()
    if as_json:
        sys.stdout.write(found.model_dump_json(indent=2) + "\n")
    else:
        console.print(report(found, columns=console.width))
    return ExitCode.MISTAKES if found.summary.made else ExitCode.OK


def _answer(question: AuditQuestion) -> AuditResponse:
    if not question.request.repair:
        return answer_to(question)
    # The solver library takes a second to load and starts threads as it loads, so only a repair waits for it.
    from service.terminal.interrupts import interrupts_held
    from service.terminal.watching import watched

    def work(
        *,
        on_progress: Callable[[Progress], None],  # noqa: ARG001  a repair tells of distances, not of scores
        is_cancelled: Callable[[], bool],
    ) -> AuditResponse:
        return answer_to(question, is_cancelled=is_cancelled)

    with interrupts_held():
        return watched(work, errors())
