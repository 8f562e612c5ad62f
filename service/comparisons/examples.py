"""Requests and answers for the documentation.

The answers are real ones: `python -m service.comparisons.examples` makes them anew, which a change of a rule, of an
exercise or of an answer's form makes necessary. Tests hold them to the present catalog, verifier and presenter.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from service.comparisons.schemas.request import EXAMPLE_IDS

_FILES = Path(__file__).parent / "examples"

_HOME = [{"id": "flat", "equipment": "bands_only"}]
_SOLVE = {"time_limit_seconds": 20, "gap": 0.02, "workers": 2}

ASKED: dict[str, dict[str, Any]] = {
    EXAMPLE_IDS[0]: {
        "places": _HOME,
        "week": {"slots": [{"id": day[:3], "day": day, "minutes": 30} for day in ("monday", "wednesday", "friday")]},
        "solve": _SOLVE,
    },
    EXAMPLE_IDS[1]: {
        "places": _HOME,
        "week": {"slots": [{"id": day[:3], "day": day, "minutes": 40} for day in ("monday", "thursday")]},
        "solve": _SOLVE,
    },
}
"""The requests of the plans that the example answer compares, by the ids that they are given."""

_LABELS = dict(zip(EXAMPLE_IDS, ("Three days", "Two days"), strict=True))

REQUESTS: dict[str, dict[str, Any]] = {
    "two plans": {
        "summary": "Three short days or two longer ones",
        "value": {"plans": list(EXAMPLE_IDS), "labels": _LABELS},
    },
    "against the second": {
        "summary": "The same, held against the second plan",
        "value": {"plans": list(EXAMPLE_IDS), "baseline": EXAMPLE_IDS[1]},
    },
}


@cache
def answer_examples() -> dict[str, dict[str, Any]]:
    """Two plans side by side."""
    return {"two plans": {"summary": "Three short days or two longer ones", "value": _read("answer")}}


@cache
def format_examples() -> dict[str, str]:
    """The same in the other short formats, by media type; the picture is the one of scores."""
    found: dict[str, str] = _read("formats")
    return found


def compared_answers() -> dict[str, Any]:
    """The answers to `ASKED` that were compared."""
    found: dict[str, Any] = _read("plans")
    return found


def _read(name: str) -> Any:
    return json.loads((_FILES / f"{name}.json").read_text("utf-8"))


def _write(name: str, text: str) -> None:
    (_FILES / f"{name}.json").write_text(text + "\n", "utf-8")


def renew() -> None:
    """Plan and compare anew, and write the answers over the old ones. Takes as long as the searches."""
    # The service imports this module for the documentation; only here it needs the solver.
    from dataclasses import replace

    from catalog.catalog import default_catalog
    from service.plans.schemas import PlanRequest
    from service.plans.service import answer, ask
    from service.validation.parsing import parse

    catalog, plans = default_catalog(), {}
    for plan_id, body in ASKED.items():
        question = replace(ask(parse(PlanRequest, json.dumps(body).encode()), catalog), id=plan_id)
        plans[plan_id] = answer(question)
        print(f"{_LABELS[plan_id]}: {plans[plan_id].status} after {plans[plan_id].solver.seconds:.1f} s")
    _write("plans", json.dumps({plan_id: plan.model_dump(mode="json") for plan_id, plan in plans.items()}))
    retell()


def retell() -> None:
    """Compare the kept plans anew: enough when only the form of a comparison has changed."""
    answer, formats = told()
    _write("answer", json.dumps(answer, indent=1))
    _write("formats", json.dumps(formats, indent=1))


def told() -> tuple[dict[str, Any], dict[str, str]]:
    """What the service says today of the kept plans: the answer, and its other formats by media type."""
    from catalog.catalog import default_catalog
    from service.comparisons.question import plans_of
    from service.comparisons.schemas import ComparisonRequest
    from service.comparisons.service import compare
    from service.comparisons.showing import CSV, MARKDOWN, SVG, shown

    wish = ComparisonRequest.model_validate(REQUESTS["two plans"]["value"])
    answers = {plan_id: json.dumps(plan) for plan_id, plan in compared_answers().items()}
    found = compare(plans_of(wish, answers, default_catalog()), wish.plans[0], default_catalog())
    formats = {media: bytes(shown(found, media, "score").body).decode() for media in (MARKDOWN, CSV, SVG)}
    return found.model_dump(mode="json"), formats


if __name__ == "__main__":
    renew()
