"""The command `counterpull`: plan or audit a week, read the rulebook and the catalog, run the server."""

from typing import Annotated

import typer

from catalog.catalog import default_catalog
from service import __version__
from service.audits.forms import Form
from service.comparisons.forms import Drawn, Shown
from service.db.models import DEFAULT_TENANT
from service.terminal.catalog_commands import catalog_app
from service.terminal.console import EXIT_CODES, ExitCode, output, print_json
from service.terminal.db_commands import db_app
from service.terminal.ending import ends_plainly
from service.terminal.feeds_commands import feeds_app
from service.terminal.gym_commands import gym_app
from service.terminal.interrupts import interrupts_held
from service.terminal.keys_commands import keys_app
from service.terminal.lookup import one_of
from service.terminal.rulebook import rule_as_json, rule_detail, rule_list
from solver.rulebook import RULEBOOK, RULEBOOK_BY_ID

_EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {code.value}  {meaning}" for code, meaning in EXIT_CODES)

app = typer.Typer(
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(catalog_app, name="catalog")
app.add_typer(db_app, name="db")
app.add_typer(feeds_app, name="feeds")
app.add_typer(gym_app, name="gym")
app.add_typer(keys_app, name="keys")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def options(
    _: Annotated[bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Show version.")] = False,
) -> None:
    """The best training week that keeps the body in balance, with proof."""


@app.command(epilog=_EPILOG)
@ends_plainly
def plan(
    request: Annotated[str, typer.Argument(metavar="REQUEST.json|-", help="The plan request; - reads standard input.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print the API's answer as JSON.")] = False,
    time_limit: Annotated[float | None, typer.Option(help="Seconds to search, instead of the request's.")] = None,
    gap: Annotated[float | None, typer.Option(help="Distance to the bound at which to stop, 0 to 0.5.")] = None,
    workers: Annotated[int | None, typer.Option(help="Search threads.")] = None,
    seed: Annotated[int | None, typer.Option(help="Seed of the search.")] = None,
) -> ExitCode:
    """Plan a training week. Ctrl-C stops the search and prints the best plan so far."""
    # The solver library takes a second to load, so only this command waits for it; it starts threads as it loads.
    with interrupts_held():
        from service.terminal.plan_command import Overrides, plan_week

    overrides = Overrides(time_limit_seconds=time_limit, gap=gap, workers=workers, seed=seed)
    return plan_week(request, overrides, as_json=as_json)


@app.command(epilog=_EPILOG)
@ends_plainly
def batch(
    requests: Annotated[
        str, typer.Argument(metavar="FILE.ndjson|-", help="A plan request on every line; - reads standard input.")
    ],
    results: Annotated[
        str | None,
        typer.Option(metavar="RESULTS.ndjson", help="Add results to this file, and go on behind those it has."),
    ] = None,
    at_once: Annotated[int | None, typer.Option(min=1, help="Plans that are made at the same time.")] = None,
) -> ExitCode:
    """Plan many weeks; prints a line of JSON for each. Ctrl-C stops; with --results the next run goes on there."""
    with interrupts_held():
        from service.terminal.batch_command import plan_batch

    return plan_batch(requests, results, at_once)


@app.command(epilog=_EPILOG)
@ends_plainly
def audit(
    programme: Annotated[str, typer.Argument(metavar="FILE|-", help="The programme; - reads standard input.")],
    form: Annotated[Form, typer.Option("--format", help="How the programme is written.")] = Form.AUTO,
    request: Annotated[
        str | None, typer.Option(metavar="REQUEST.json", help="A request that tells of athlete, places and rules.")
    ] = None,
    repair: Annotated[bool, typer.Option("--repair", help="Show also the nearest week that keeps every rule.")] = False,
    time_limit: Annotated[float | None, typer.Option(help="Seconds to search for it, instead of 10.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the API's answer as JSON.")] = False,
) -> ExitCode:
    """Find the mistakes in a programme you already follow: JSON, CSV or plain lines such as "Mon: bench press 4x8"."""
    from service.terminal.audit_command import audit_programme

    return audit_programme(programme, form, request, repair=repair, time_limit=time_limit, as_json=as_json)


@app.command(epilog=_EPILOG)
@ends_plainly
def compare(
    plans: Annotated[list[str], typer.Argument(metavar="PLAN...", help="Answers of plan or replan --json, or ids.")],
    form: Annotated[Shown, typer.Option("--format", help="How to print the comparison.")] = Shown.TABLE,
    picture: Annotated[Drawn, typer.Option(help="What --format svg draws.")] = Drawn.ALL,
    baseline: Annotated[
        str | None, typer.Option(help="The plan to hold the others against; default the first.")
    ] = None,
    database: Annotated[str | None, typer.Option(help="SQLite file or a database URL in which ids are known.")] = None,
    tenant: Annotated[str, typer.Option(help="Whose plans are meant by ids.")] = DEFAULT_TENANT,
) -> ExitCode:
    """Put two to eight plans side by side: what each is worth, and what it costs and gains against the first."""
    from service.terminal.compare_command import compare_plans

    return compare_plans(plans, form, picture, baseline=baseline, database=database, tenant=tenant)


@app.command(epilog=_EPILOG)
@ends_plainly
def block(
    request: Annotated[
        str, typer.Argument(metavar="REQUEST.json|-", help="The block's request; - reads standard input.")
    ],
    weeks: Annotated[int | None, typer.Option(help="Weeks to plan, 2 to 12, instead of the request's.")] = None,
    time_limit: Annotated[float | None, typer.Option(help="Seconds to search for all weeks together.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the API's answer and its plans as JSON.")] = False,
) -> ExitCode:
    """Plan weeks in a row that ramp, unload and climb the ladders. Ctrl-C keeps the weeks planned so far."""
    with interrupts_held():
        from service.terminal.block_command import plan_weeks

    return plan_weeks(request, weeks=weeks, time_limit=time_limit, as_json=as_json)


@app.command(epilog=_EPILOG)
@ends_plainly
def replan(
    plan: Annotated[str, typer.Argument(metavar="PLAN.json", help="The answer of plan --json, or of replan --json.")],
    events: Annotated[
        str, typer.Argument(metavar="EVENTS.json|-", help="What has become of the week; - reads standard input.")
    ],
    time_limit: Annotated[float | None, typer.Option(help="Seconds to search, instead of the request's.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the API's answer and the new plan as JSON.")] = False,
) -> ExitCode:
    """Plan the rest of a week anew when sessions were missed, moved or cut short, or something hurts or is gone."""
    with interrupts_held():
        from service.terminal.replan_command import replan_week

    return replan_week(plan, events, time_limit=time_limit, as_json=as_json)


@app.command(epilog=_EPILOG)
@ends_plainly
def swaps(
    plan: Annotated[str, typer.Argument(metavar="PLAN.json|-", help="The answer of plan --json.")],
    slot: Annotated[str, typer.Argument(help="Slot of the session.")],
    exercise: Annotated[str, typer.Argument(help="Exercise that may go.")],
    take: Annotated[
        str | None, typer.Option(metavar="EXERCISE", help="Print the week with this one instead of the alternatives.")
    ] = None,
    sets: Annotated[int | None, typer.Option(help="With --take: so many sets, instead of the best number.")] = None,
    every: Annotated[
        bool, typer.Option("--all", help="List also what has little in common with the exercise that may go.")
    ] = False,
    repairs: Annotated[
        int | None, typer.Option(help="Say of so many that break a rule what else would have to change.")
    ] = None,
    time_limit: Annotated[float | None, typer.Option(help="Seconds to search for that, instead of 2.5.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the API's answer as JSON.")] = False,
) -> ExitCode:
    """Find what could stand in the place of one entry of a plan, and what each alternative does to the rest."""
    with interrupts_held():
        from service.terminal.swaps_command import find_swaps, take_swap

    if take is not None:
        return take_swap(plan, slot, exercise, take, sets=sets, print_as_json=as_json)
    return find_swaps(plan, slot, exercise, every=every, repairs=repairs, time_limit=time_limit, print_as_json=as_json)


@app.command("what-if", epilog=_EPILOG)
@ends_plainly
def what_if(
    plan: Annotated[str, typer.Argument(metavar="PLAN.json", help="The answer of plan --json.")],
    changes: Annotated[
        str | None, typer.Argument(metavar="[CHANGES.json|-]", help="Which changes to try; default the usual ones.")
    ] = None,
    time_limit: Annotated[float | None, typer.Option(help="Seconds to search for all together, instead of 58.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the API's answer and its plans as JSON.")] = False,
) -> ExitCode:
    """Ask what one more item, ten minutes, one day or one stage would buy. Ctrl-C keeps what is found so far."""
    with interrupts_held():
        from service.terminal.what_if_command import ask_what_if

    return ask_what_if(plan, changes, time_limit=time_limit, print_as_json=as_json)


@app.command(epilog=_EPILOG)
@ends_plainly
def variants(
    request: Annotated[str, typer.Argument(metavar="REQUEST.json|-", help="The plan request; - reads standard input.")],
    number: Annotated[int | None, typer.Option("--weeks", "-k", help="How many weeks, 2 to 8; default 3.")] = None,
    loss: Annotated[float | None, typer.Option(help="Percent of the best score that a week may lose.")] = None,
    difference: Annotated[float | None, typer.Option(help="How different any two are at least, 0.05 to 1.")] = None,
    goal: Annotated[
        list[str] | None,
        typer.Option(help="For a front, two or three times: stimulus, minutes, sessions, fatigue or equipment."),
    ] = None,
    time_limit: Annotated[float | None, typer.Option(help="Seconds for everything, instead of 30.")] = None,
    save: Annotated[str | None, typer.Option(metavar="DIR", help="Write the weeks there, one file each.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the API's answer as JSON.")] = False,
) -> ExitCode:
    """Find weeks that are clearly different and nearly as good, or the front over some goals."""
    with interrupts_held():
        from service.terminal.variants_command import Wish, choose_weeks

    wish = Wish(number, loss, difference, tuple(goal or ()), time_limit)
    return choose_weeks(request, wish, save=save, as_json=as_json)


@app.command()
@ends_plainly
def rules(
    id_: Annotated[str | None, typer.Argument(metavar="[ID]", help="Show one rule in full.")] = None,
    as_json: AsJson = False,
) -> ExitCode:
    """Show the rulebook: of weeks, blocks and gyms. A request may change the parameters inside their bounds."""
    chosen = None if id_ is None else one_of(RULEBOOK_BY_ID, id_, "rule")
    if as_json:
        told = [rule_as_json(rule) for rule in RULEBOOK]
        print_json(told if chosen is None else rule_as_json(chosen))
    else:
        output().print(rule_list(RULEBOOK) if chosen is None else rule_detail(chosen, default_catalog().sources))
    return ExitCode.OK


@app.command()
@ends_plainly
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes a free one.")] = 8000,
    database: Annotated[str | None, typer.Option(help="SQLite file, created when missing, or a database URL.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Plans that are solved at the same time.")] = None,
    jobs: Annotated[
        bool | None,
        typer.Option("--jobs/--no-jobs", help="Solve plans, in a process beside, or leave it to workers."),
    ] = None,
) -> ExitCode:
    """Run the HTTP service. GET /health/ready answers 200 when it is up."""
    from service.terminal.serving import serve as run

    return run(host=host, port=port, database=database, workers=workers, jobs=jobs)


@app.command()
@ends_plainly
def worker(
    database: Annotated[str | None, typer.Option(help="Database URL, instead of the environment's.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Plans that are solved at the same time.")] = None,
    name: Annotated[
        str | None, typer.Option(help="Name of this worker: the same after a restart, and no other's.")
    ] = None,
    beside: Annotated[bool, typer.Option("--beside", hidden=True)] = False,
) -> ExitCode:
    """Solve what `counterpull serve` is asked for, as one of any number of processes on a PostgreSQL database."""
    from service.terminal.working import work

    return work(database=database, workers=workers, name=name, beside=beside)


def main() -> None:
    """Entry point of the command."""
    app(prog_name="counterpull")
