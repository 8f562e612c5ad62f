"""`counterpull compare`: plans from files or a database, side by side on the terminal or in another format."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from sqlalchemy.exc import SQLAlchemyError

from catalog.catalog import default_catalog
from service.comparisons.formats.report import report
from service.comparisons.formats.table import table
from service.comparisons.forms import Shown
from service.comparisons.limits import MAX_LABEL_CHARACTERS
from service.comparisons.pictures import drawn
from service.comparisons.question import plans_of, require_sound
from service.comparisons.schemas import ComparisonRequest, ComparisonResponse
from service.comparisons.service import compare
from service.db.session import close_database, open_database
from service.plans.formats.markdown import markdown
from service.plans.repository import PlanRepository
from service.terminal.blocks import document
from service.terminal.console import ExitCode, output
from service.terminal.db_commands import reason
from service.terminal.ending import WrongUseError
from service.terminal.kept_plan import read_plan
from service.validation.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from service.comparisons.forms import Drawn
    from service.plans.schemas import PlanResponse


def compare_plans(
    sources: Sequence[str], form: Shown, picture: Drawn, *, baseline: str | None, database: str | None, tenant: str
) -> ExitCode:
    """Compare the plans in files (`-`: standard input) and under ids, and print the comparison.

    Raises WrongUseError for what cannot be read, RequestError for plans that cannot be compared.
    """
    files = {source: read_plan(source) for source in sources if _is_file(source)}
    ids = {source: files[source].id if source in files else source for source in sources}
    wish = _wish([ids[source] for source in sources], _labels(ids, files), ids.get(baseline or "", baseline))
    asked = [source for source in sources if source not in files]
    answers = {answer.id: answer.model_dump_json() for answer in files.values()}
    answers |= _kept(asked, database, tenant) if asked else {}
    catalog = default_catalog()
    found = compare(plans_of(wish, answers, catalog), wish.baseline or wish.plans[0], catalog)
    _print(found, form, picture)
    return ExitCode.OK


def _print(found: ComparisonResponse, form: Shown, picture: Drawn) -> None:
    match form:
        case Shown.TABLE:
            output().print(document(report(found)))
        case Shown.MARKDOWN:
            sys.stdout.write(markdown(report(found)))
        case Shown.CSV:
            sys.stdout.write(table(found).replace("\r\n", "\n"))
        case Shown.JSON:
            sys.stdout.write(found.model_dump_json(indent=2) + "\n")
        case Shown.SVG:
            sys.stdout.write(drawn(found, picture.value))
        case _:
            assert_never(form)


def _is_file(source: str) -> bool:
    """Ids have neither dots nor slashes, so a file that is not there is told from an unknown plan."""
    return source == "-" or "." in source or "/" in source or Path(source).is_file()


def _labels(ids: Mapping[str, str], files: Mapping[str, PlanResponse]) -> dict[str, str]:
    """Files are called by their names, where these tell them apart."""
    names = {ids[source]: Path(source).stem[:MAX_LABEL_CHARACTERS] for source in files if source != "-"}
    return {plan: name for plan, name in names.items() if list(names.values()).count(name) == 1}


def _wish(plans: list[str], labels: dict[str, str], baseline: str | None) -> ComparisonRequest:
    """The request of the API for the same comparison. Raises RequestError."""
    body = {"plans": plans, "labels": labels, "baseline": baseline}
    wish = parse(ComparisonRequest, json.dumps(body).encode())
    require_sound(wish, default_catalog())
    return wish


def _kept(ids: Sequence[str], database: str | None, tenant: str) -> dict[str, str]:
    """The stored answers under these ids, as far as there are any. Raises WrongUseError."""
    # With the server comes the solver library, which takes a second to load; files do without.
    from service.terminal.serving import settings_for

    try:
        sessions = open_database(settings_for(database).database_url)
    except (SQLAlchemyError, ImportError) as error:
        raise WrongUseError(f"Cannot open the database: {reason(error)}") from None
    try:
        with sessions() as session:
            plans = PlanRepository(session)
            found = [plan for id_ in ids if (plan := plans.find(id_, tenant)) is not None]
    finally:
        close_database(sessions)
    return {plan.id: plan.answer_json for plan in found}
