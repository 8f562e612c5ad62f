"""`counterpull gym`: weeks for all members of a gym that is told in a file, and schedules as people read them."""

from typing import Annotated

import typer

from service.terminal.console import ExitCode
from service.terminal.ending import ends_plainly
from service.terminal.interrupts import interrupts_held

gym_app = typer.Typer(no_args_is_help=True, help="Gyms whose members share stations.", rich_markup_mode=None)

Schedule = Annotated[str, typer.Argument(metavar="SCHEDULE.json|-", help="A schedule, as the API or --json tells it.")]


@gym_app.command()
@ends_plainly
def schedule(
    gym: Annotated[str, typer.Argument(metavar="GYM.json|-", help="Gym and members; - reads standard input.")],
    before: Annotated[
        str | None, typer.Option(metavar="SCHEDULE.json", help="The schedule to go on from, changing few weeks.")
    ] = None,
    time_limit: Annotated[float | None, typer.Option(help="Seconds to search, instead of the request's.")] = None,
    effort: Annotated[float | None, typer.Option(help="Deterministic seconds for one member's week.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the API's answer and its plans as JSON.")] = False,
) -> ExitCode:
    """Find weeks for all members, so that no more stations are in use than there are. Ctrl-C keeps what there is."""
    with interrupts_held():
        from service.terminal.gym_command import schedule_gym

    return schedule_gym(gym, before=before, time_limit=time_limit, effort=effort, print_as_json=as_json)


@gym_app.command()
@ends_plainly
def show(
    schedule: Schedule,
    member: Annotated[str | None, typer.Argument(metavar="[MEMBER]", help="Show one member's week in full.")] = None,
) -> ExitCode:
    """Show a schedule: what everybody has and loses, how full the stations are, what has changed."""
    from service.terminal.gym_command import show_schedule

    return show_schedule(schedule, member)
