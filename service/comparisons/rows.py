"""Rules and muscles of several plans, a row for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.comparisons.schemas.response import MuscleOfPlanResponse, MuscleRow, RuleRow
from service.plans.phrases import name_of
from solver.rulebook import RULES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catalog.catalog import Catalog
    from service.comparisons.compared import Compared
    from service.plans.schemas.response import Number
    from solver.rulebook import RuleSpec

SLACK_UNITS: Mapping[str, str] = {
    "mobility.thoracic": "drills",
    "balance.upper_pull_push": "pull units",
    "balance.lower_pull_push": "posterior units",
    "shoulder.external_rotation": "sets",
    "scapula.lower_trap": "sets",
    "pull.isometric_hold": "sessions",
    "row.retraction": "sets",
    "progression.deadlift": "stages",
    "time.session": "seconds",
    "recovery.muscle": "hours",
    "recovery.axial": "hours",
    "volume.session_max": "sets",
    "volume.weekly_max": "sets",
    "volume.weekly_min": "sets",
    "structure.sessions": "sessions",
    "structure.exercises": "exercises",
    "athlete.must_include": "sets",
}
"""What each rule's slack counts, as its check defines it; the other rules hold or do not, without a scale."""


def rule_rows(plans: Sequence[Compared]) -> list[RuleRow]:
    """Every rule's slack in every plan, from the certificates, in the order of the rulebook."""
    return [_rule(spec, plans) for spec in RULES]


def _rule(spec: RuleSpec, plans: Sequence[Compared]) -> RuleRow:
    lines = [plan.certificate.get(spec.id) for plan in plans]
    slack = [None if line is None else line.slack for line in lines]
    return RuleRow(
        rule=spec.id,
        title=spec.title,
        mistake=spec.mistake,
        unit=SLACK_UNITS.get(spec.id),
        slack=slack,
        holds=[None if line is None else line.holds for line in lines],
        waived=[line is not None and line.waived is not None for line in lines],
        statements=["not measured" if line is None else line.statement for line in lines],
        tightest=_tightest(slack, plans),
    )


def _tightest(slack: Sequence[Number | None], plans: Sequence[Compared]) -> list[str]:
    known = {value for value in slack if value is not None}
    if len(known) < 2:
        return []
    return [plan.id for plan, value in zip(plans, slack, strict=True) if value == min(known)]


def muscle_name(muscle: str, catalog: Catalog) -> str:
    """The name of a muscle; of one that the present catalog does not know, its id as words."""
    known = catalog.muscles.get(muscle)
    return name_of(muscle).capitalize() if known is None else known.name


def muscle_rows(plans: Sequence[Compared], catalog: Catalog) -> list[MuscleRow]:
    """Every muscle of any plan, in the order in which the plans tell them."""
    muscles = dict.fromkeys(muscle for plan in plans for muscle in plan.volume)
    return [
        MuscleRow(muscle=muscle, name=muscle_name(muscle, catalog), plans=[_muscle(plan, muscle) for plan in plans])
        for muscle in muscles
    ]


def _muscle(plan: Compared, muscle: str) -> MuscleOfPlanResponse | None:
    found = plan.volume.get(muscle)
    if found is None:
        return None
    return MuscleOfPlanResponse(
        sets=found.sets,
        stimulus=found.stimulus,
        min=found.min,
        target=found.target,
        max=found.max,
        pursued=found.pursued,
    )
