"""The rules of a block, beside those of its weeks."""

from __future__ import annotations

from solver.rulebook.spec import RuleSpec

_SAID = (
    (
        "block.weeks",
        "Every week keeps every rule",
        "Each week keeps all rules of a training week, answers the same wishes as the others, and is judged with the "
        "sessions of the week before in mind.",
        "definition",
    ),
    (
        "block.targets",
        "Targets ramp within the maxima",
        "Weekly targets follow the cycle's percentages to the eighth of a set, never above a muscle's own maximum and "
        "never below its minimum.",
        "judgement",
    ),
    (
        "block.unloading",
        "A week of unloading is one",
        "A week of unloading holds at most its percentage of the hard sets of the week before, or, where the rules "
        "leave no such week, as few more as they do, and that is noted.",
        "judgement",
    ),
    (
        "block.ladders",
        "Ladders are climbed rung by rung",
        "A stage is entered only after the required sessions on the one below, never in a week of unloading and never "
        "left downwards; a strict ladder skips no stage, another one only stages that are not possible here.",
        "SEED; MSK13; judgement",
    ),
    (
        "block.recovery_muscle",
        "Muscles recover across weeks",
        "A muscle's recovery time and the most sets within it hold from the last sessions of a week to the first of "
        "the next.",
        "ACSM; BEL19; REC-SJMJ; MAD14",
    ),
    (
        "block.recovery_axial",
        "The spine recovers across weeks",
        "Sessions with the highest axial load are 48 hours apart across weeks too.",
        "BEL19; judgement",
    ),
    (
        "block.stability",
        "Nothing changes without a reason",
        "Every difference between a week and the one before is told with its reason.",
        "judgement",
    ),
)

BLOCK_RULES: tuple[RuleSpec, ...] = tuple(RuleSpec(*said, suggestible=False, of="block") for said in _SAID)
