"""A whole answer: the week and its report, the conflict, or the end of the budget."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from rich.console import Group
from rich.text import Text

from service.plans.phrases import counted
from service.terminal.console import ExitCode
from service.terminal.report import balance, bullets, heading, notes, score, volume
from service.terminal.week import week
from service.terminal.words import number, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType

    from catalog.schema import Exercise
    from service.plans.schemas.response import ConflictResponse, PlanResponse, SuggestionResponse
    from service.replans.schemas import ReplanAnswer


_MINIMAL = "Leave out any one of them and the others hold together; other rules may still collide."
_NOT_MINIMAL = "Time ended before it was shown that none of them can be spared."


def answer(response: PlanResponse, exercises: Mapping[str, Exercise], *, columns: int) -> RenderableType:
    """Everything a person wants to see of `response`, laid out for `columns` columns."""
    if response.week is not None:
        return _plan(response, exercises, columns)
    if response.conflict is not None:
        return conflict(response)
    return _nothing(response)


def exit_code(response: PlanResponse) -> ExitCode:
    """How the command ends with this answer."""
    if response.week is not None:
        return ExitCode.OK
    match response.status:
        case "infeasible":
            return ExitCode.INFEASIBLE
        case "timed_out" | "cancelled":
            return ExitCode.TIMED_OUT
        case "queued" | "running" | "failed" | "optimal" | "feasible":
            return ExitCode.OUR_FAULT
        case _:
            assert_never(response.status)


def _plan(response: PlanResponse, exercises: Mapping[str, Exercise], columns: int) -> RenderableType:
    assert response.week is not None
    remarks = notes(response)
    unpursued = {muscle.muscle for muscle in response.volume if not muscle.pursued}
    parts: list[RenderableType] = [
        week(response.week, exercises, columns=columns, unpursued=unpursued),
        balance(response.certificate),
        Text(),
        volume(response.volume, columns=columns),
        Text(),
        score(response),
    ]
    return Group(*parts, *([Text(), remarks] if remarks is not None else []))


def conflict(response: PlanResponse | ReplanAnswer) -> RenderableType:
    """The rules that exclude each other and what would help."""
    elements = response.conflict or []
    alone = len(elements) == 1
    why = ("" if alone else _MINIMAL) if response.conflict_minimal else _NOT_MINIMAL
    together = "This cannot be asked for" if alone else f"These {len(elements)} cannot hold together"
    parts: list[RenderableType] = [
        Text("There is no such week; this is proven.", style="bold red"),
        Text(f"{together}. {why}".rstrip()),
        bullets([_element(element) for element in elements]),
    ]
    if response.suggestions_untried is not None:
        parts += [Text(), *_suggestions(response.suggestions, response.suggestions_untried)]
    return Group(*parts)


def _suggestions(suggestions: Sequence[SuggestionResponse], untried: int) -> list[RenderableType]:
    """Every change with its price and what it buys, and whether there may be others."""
    parts: list[RenderableType] = [heading("What would help")]
    if suggestions:
        parts += [bullets([_suggestion(one) for one in suggestions]), Text("Each of them alone; --json has the patch.")]
    else:
        parts.append(Text("No change that was tried gives a plan."))
    if untried:
        kinds = f"{counted(untried, 'other kind')} of change"
        parts.append(Text(f"Time ended before {kinds} had been tried to the end; a longer --time-limit may do it."))
    return parts


def _element(element: ConflictResponse) -> str:
    places = [at for at in element.request if at]
    where = f" (in the request: {', '.join(places)})" if places else _default(element.resolved)
    what = element.rule if not element.subject else f"{element.rule}, {plain(element.subject)}"
    return f"{element.statement} [{what}]{where}"


def _default(resolved: Sequence[str]) -> str:
    return f" (a default: {', '.join(resolved)})" if resolved else " (a default)"


def _suggestion(suggestion: SuggestionResponse) -> str:
    return f"{suggestion.statement} (cost {number(suggestion.cost)}, score {number(suggestion.score)})"


def _nothing(response: PlanResponse) -> RenderableType:
    stopped = "was stopped" if response.status == "cancelled" else f"ended ({plain(response.status)})"
    first = f"No plan yet: the search {stopped} after {response.solver.seconds:.1f} s."
    return Text(f"{first} It has not been shown that there is none; a longer --time-limit may find one.")
