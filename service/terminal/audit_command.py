"""`counterpull audit`: a programme from a file or a pipe, its mistakes on the terminal or as JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from catalog.catalog import default_catalog
from service.audits.files import request_of
from service.audits.service import answer
from service.terminal.audit_report import report
from service.terminal.console import ExitCode, output
from service.terminal.sources import read_source

if TYPE_CHECKING:
    from service.audits.forms import Form


def audit_programme(source: str, form: Form, about: str | None, *, as_json: bool) -> ExitCode:
    """Audit the programme in the file `source` (`-`: standard input) and print what was found.

    `about` is a file with a request that tells of the athlete. Raises WrongUseError when there is no such file,
    MalformedJsonError and RequestError when the programme or the request cannot be used.
    """
    request = request_of(read_source(source), form, None if about is None else read_source(about))
    found = answer(request, default_catalog())
    console = output()
    if as_json:
        sys.stdout.write(found.model_dump_json(indent=2) + "\n")
    else:
        console.print(report(found, columns=console.width))
    return ExitCode.MISTAKES if found.summary.made else ExitCode.OK
