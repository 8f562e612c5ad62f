"""Answers of studies for the documentation.

They are real ones: `python -m service.studies.examples [kind ...]` asks for them anew, questions about a plan about the
documented week. Tests hold them to the present form.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from service.plans.examples import answer_examples as plan_examples
from service.plans.schemas.summary import PlanSummary
from service.studies.kinds import KINDS
from service.studies.schemas import ID, StudySummary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic import BaseModel

    from service.studies.kind import AnyKind
    from service.studies.weeks import KeptWeek

ANSWERING = ("create", "get", "cancel", "delete")
"""Operations of a kind that are answered with a study."""


@cache
def answers_of(kind: AnyKind) -> dict[str, dict[str, Any]]:
    """Every documented answer of a kind."""
    return {
        name: {"summary": example.summary, "value": json.loads(example.file.read_text("utf-8"))}
        for name, example in kind.examples.items()
        if example.file is not None
    }


def pending_of(kind: AnyKind) -> dict[str, dict[str, Any]]:
    """A study whose work has not begun: the first documented one before it was answered."""
    first = next(iter(answers_of(kind).values()))["value"]
    value = {**first, "status": "queued", "answer": None, "failure": None}
    return {"queued": {"summary": "Work that waits for its turn", "value": value}}


def list_examples() -> dict[str, Mapping[str, Any]]:
    """A page of every list of questions, and of plans, by operation id."""
    plans = [answer["value"] for answer in plan_examples().values()]
    lists: dict[str, Mapping[str, Any]] = {"listPlans": page_example(PlanSummary, plans)}
    for kind in KINDS:
        studies = [answer["value"] for answer in answers_of(kind).values()]
        lists[kind.listing] = page_example(StudySummary, studies)
    return lists


def page_example(summary: type[BaseModel], items: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A page with what a list tells of some documents."""
    told = [{name: item[name] for name in summary.model_fields} for item in items]
    return {"page": {"summary": "The last page", "value": {"items": told, "next_cursor": None}}}


def answer_examples() -> dict[str, Mapping[str, Any]]:
    """Finished answers by operation id."""
    answers = {f"{verb}{kind.operation}": answers_of(kind) for kind in KINDS for verb in ANSWERING}
    return {**answers, **list_examples()}


def pending_examples() -> dict[str, Mapping[str, Any]]:
    """Answers before they are there, by operation id."""
    return {f"{verb}{kind.operation}": pending_of(kind) for kind in KINDS for verb in ANSWERING}


def renew(names: list[str]) -> None:
    """Answer the documented requests of the named kinds, or of all, and write the answers over the old ones."""
    for kind in KINDS:
        if not names or kind.name in names:
            _renew(kind)


def documented_week() -> KeptWeek:
    """The documented plan, which the documented questions about a plan are about."""
    from catalog.catalog import default_catalog
    from service.plans.schemas import PlanResponse
    from service.studies.weeks import week_of

    document = json.dumps(plan_examples()["week"]["value"])
    return week_of(PlanResponse.model_validate_json(document), default_catalog())


def _renew(kind: AnyKind) -> None:
    # The service imports this module for the documentation; only here it needs the solver.
    from catalog.catalog import default_catalog
    from service.studies.asking import require_sense
    from service.studies.jobs import presented
    from service.studies.kind import StudyQuestion
    from service.validation.parsing import parse

    about = documented_week() if kind.about_plan else None
    for example in kind.examples.values():
        if example.file is None:
            continue
        request = parse(kind.request, json.dumps(dict(example.request)).encode())
        question = StudyQuestion(ID, datetime(2026, 11, 20, 9, 15, tzinfo=UTC), request, default_catalog(), about)
        require_sense(kind, question)
        studied = kind.study(question, _Patient())
        answer = presented(kind, question, studied.outcome, studied.answer)
        example.file.parent.mkdir(exist_ok=True)
        example.file.write_text(answer.model_dump_json(indent=1) + "\n", "utf-8")
        print(f"{kind.name} {example.file.name}: {answer.status}")


class _Patient:
    """A `Control` that never stops anything."""

    def is_cancelled(self) -> bool:
        return False

    def tell(self, progress: Mapping[str, object]) -> None:
        pass


if __name__ == "__main__":
    renew(sys.argv[1:])
