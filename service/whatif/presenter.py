"""What changes buy, in the caller's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.plans.presenter import present, present_effort
from service.plans.suggestions.advice import presented
from service.studies.weeks import new_week, unsearched
from service.whatif.schemas import WhatIfAnswer, WhatIfOptionResponse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from service.plans.schemas import PlanResponse
    from service.studies.weeks import KeptWeek
    from service.whatif.changes import Tried
    from solver.whatif import Finding, WhatIf


class Presenter:
    """The answer to one question. `weeks` are those that it names, to be kept."""

    def __init__(self, about: KeptWeek, tried: Sequence[Tried], found: WhatIf) -> None:
        self._about, self._tried, self._found = about, tried, found
        self.weeks: list[PlanResponse] = []

    def answer(self) -> WhatIfAnswer:
        """All findings."""
        found = self._found
        better = None if found.better is None else self._kept(unsearched(self._about, found.better))
        return WhatIfAnswer(
            score=found.score,
            bound=found.bound,
            better=better,
            options=[self._option(finding) for finding in found.findings],
            unanswered=sum(finding.verdict == "unanswered" for finding in found.findings),
            solver=present_effort(found.stats),
        )

    def _kept(self, week: PlanResponse) -> str:
        self.weeks.append(week)
        return week.id

    def _option(self, finding: Finding) -> WhatIfOptionResponse:
        tried = self._tried[finding.option]
        return WhatIfOptionResponse(
            what=tried.what,
            change=[presented(operation) for operation in tried.operations],
            statement=tried.statement,
            verdict=finding.verdict,
            says=says(finding),
            gain=finding.gain,
            at_least=finding.low,
            at_most=finding.high,
            searched=not finding.pruned and finding.verdict != "unanswered",
            plan=self._week(tried, finding),
        )

    def _week(self, tried: Tried, finding: Finding) -> str | None:
        if finding.solved is None:
            return None
        question = new_week(tried.request, tried.option.problem, self._about.question.catalog)
        return self._kept(present(question, finding.solved))


def says(finding: Finding) -> str:
    """A finding in a line."""
    match finding.verdict:
        case "impossible":
            return "no week is left; this is proven"
        case "unknown":
            return "no week was found in time, and it is not proven that there is none"
        case "unanswered":
            return "there was no time for it"
        case "none":
            return "changes nothing of the score; this is proven"
        case "unproven" if finding.low is None or finding.high is None:
            return f"score {_signed(finding.gain)}, unproven"
        case "unproven":
            return (
                f"score {_signed(finding.gain)}, unproven: between {_signed(finding.low)} and {_signed(finding.high)}"
            )
        case _ if finding.low == finding.high:
            return f"score {_signed(finding.gain)}; this is proven"
    low, high = _signed(finding.low), _signed(finding.high)
    return f"score {_signed(finding.gain)}, proven to be between {low} and {high}"


def _signed(score: float | None) -> str:
    return f"{round(score or 0.0, 2) + 0.0:+g}"
