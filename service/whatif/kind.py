"""What-if as a kind of study."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from service.errors import Fault, RequestError
from service.studies.effort import budget_of
from service.studies.kind import Example, Studied, StudyKind, StudyQuestion
from service.studies.weeks import require_valid
from service.whatif.changes import Trials
from service.whatif.presenter import Presenter
from service.whatif.schemas import TIME_LIMIT_SECONDS, WhatIfAnswer, WhatIfRequest, WhatIfResponse
from solver.whatif import Known, what_if

if TYPE_CHECKING:
    from service.jobs.job import Control
    from service.studies.weeks import KeptWeek

_EXAMPLES = Path(__file__).parent / "examples"
MOST_CHANGES = 100


def check(question: StudyQuestion[WhatIfRequest]) -> None:
    """Raises RequestError for changes that cannot be made or are too many, ApiError `rules-broken` when the week is not
    valid."""
    require_valid(question.week)
    number = len(Trials(question.week).all(question.request))
    if number > MOST_CHANGES:
        message = f"a what-if tries at most {MOST_CHANGES} changes, these are {number}: name fewer items or minutes"
        raise RequestError([Fault("", "too_many", message, {"maximum": MOST_CHANGES})])


def run(question: StudyQuestion[WhatIfRequest], control: Control) -> Studied[WhatIfAnswer]:
    """Solve every changed request and compare."""
    started = time.perf_counter()
    about = question.week
    tried = Trials(about).all(question.request)
    budget = budget_of(question.request.solve, TIME_LIMIT_SECONDS)

    def tell(done: int, of: int) -> None:
        control.tell({"seconds": round(time.perf_counter() - started, 3), "done": done, "of": of})

    found = what_if(
        about.problem,
        about.plan,
        known_of(about),
        [one.option for one in tried],
        budget,
        on_progress=tell,
        is_cancelled=control.is_cancelled,
    )
    presenter = Presenter(about, tried, found)
    answer = presenter.answer()
    return Studied(
        outcome="done" if found.complete else "partial",
        answer=answer,
        weeks=tuple(presenter.weeks),
        repeatable=not found.stats.stopped_by_clock,
    )


def known_of(about: KeptWeek) -> Known:
    """What the plan's own search has proven; with no bound, nothing."""
    minima, targets = about.response.tiers[:2]
    return Known((int(minima.value), int(minima.bound or 0)), (int(targets.value), int(targets.bound or 0)))


WHAT_IFS = StudyKind(
    name="what-ifs",
    asked_as="what-if",
    operation="WhatIf",
    summary="Ask what a change would buy",
    description="What one more item, some minutes, one more slot, one stage up, another number of a rule or any other "
    "change of a plan's request would buy, each alone: solved anew from the plan, and ranked by the score gained with "
    "what is proven of the difference. The weeks found are plans of their own.",
    request=WhatIfRequest,
    answer=WhatIfAnswer,
    response=WhatIfResponse,
    run=run,
    makes=lambda _: "what-if",
    check=check,
    threads=lambda question: question.request.solve.workers,
    examples={
        "minutes and a day": Example(
            "Fifteen minutes more, a free Saturday, or a milder ratio",
            {
                "equipment": [],
                "minutes": [15],
                "days": ["saturday"],
                "stages": [],
                "rules": [{"rule": "balance.upper_pull_push"}],
                "solve": {"time_limit_seconds": 60, "workers": 2},
            },
            _EXAMPLES / "what_if.json",
        ),
    },
    about_plan=True,
)
