"""Which weeks a visitor has taken, and which they came from: plans never change, a change is another plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from service.web.entry import keep_cookie

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

COOKIE = "counterpull_steps"
MOST_STEPS = 20
_STEP = re.compile(r"([A-Za-z0-9-]{1,64})~([A-Za-z0-9-]{1,64})")
"""A plan, and the one that it came from: itself where it is only kept."""


def came_from(request: Request, plan: str) -> str | None:
    """The plan in whose place this visitor has put `plan`; None when there is none."""
    return {step: before for step, before in _steps(request) if before != step}.get(plan)


def taken(request: Request) -> set[str]:
    """The plans that this visitor has kept or put in the place of others, and that stand there still.

    What was replaced and then kept stands there as well.
    """
    found: set[str] = set()
    for plan, before in _steps(request):
        found.discard(before)
        found.add(plan)
    return found


def keep(request: Request, response: Response, plan: str) -> None:
    """Keep a plan, whatever has taken its place; where it has come from is known still."""
    step = plan, plan
    _note(request, response, [*(other for other in _steps(request) if other != step), step])


def remember(request: Request, response: Response, plan: str, before: str) -> None:
    """Note that `plan` has come in the place of `before`."""
    _note(request, response, [*(step for step in _steps(request) if step[0] != plan), (plan, before)])


def forget(request: Request, response: Response, plan: str) -> None:
    """Forget where `plan` has come from."""
    _note(request, response, [step for step in _steps(request) if step[0] != plan])


def _steps(request: Request) -> list[tuple[str, str]]:
    found = (_STEP.fullmatch(step) for step in request.cookies.get(COOKIE, "").split("."))
    return [(step[1], step[2]) for step in found if step]


def _note(request: Request, response: Response, steps: list[tuple[str, str]]) -> None:
    keep_cookie(request, response, COOKIE, ".".join("~".join(step) for step in steps[-MOST_STEPS:]))
