"""A plan in a file, for the questions that are about one."""

from __future__ import annotations

import json

from pydantic import ValidationError

from service.plans.schemas import PlanResponse
from service.terminal.ending import WrongUseError
from service.terminal.sources import read_source


def read_plan(source: str) -> PlanResponse:
    """The plan in a file (`-`: standard input), as `counterpull plan --json` prints it, or the only one of what another
    command prints. Raises WrongUseError when there is no such file, or it holds no plan or several."""
    text = read_source(source)
    try:
        told = json.loads(text)
        plans = told.get("plans")
        if isinstance(plans, list) and len(plans) > 1:
            raise WrongUseError(f"{source} holds {len(plans)} plans; write the one that is meant into a file.")
        return PlanResponse.model_validate(plans[0] if plans else told)
    except (ValueError, AttributeError, TypeError, ValidationError):
        said = f"{source} is not the answer to a plan's request; counterpull plan --json prints one"
        raise WrongUseError(f"{said}.") from None
