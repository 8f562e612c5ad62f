"""What to do about each of the six mistakes, in a coach's words and this week's numbers."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from service.audits.phrases import inside_a_sentence, joined
from service.plans.phrases import SMALL, counted, ratio_of, sets_of
from solver.domain import kinds
from solver.domain.eligibility import Eligibility
from solver.domain.kinds import DEADLIFT, FIRST_LOADED_STAGE
from solver.verifier.balance_upper_pull_push import PUSH_SETS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from catalog.schema import Exercise
    from service.audits.question import AuditQuestion
    from solver.domain.outcome import CertificateLine
    from solver.domain.problem import Problem

TITLES: Mapping[int, str] = {
    1: "The upper back is not mobilised",
    2: "Pushing outweighs pulling",
    3: "Upper traps get the work of the lower",
    4: "The top of the pull-up is never held",
    5: "Rows are led by the arms",
    6: "The deadlift is not built up in stages",
}
"""The guide's six mistakes."""

_UNITS_OF_A_COMPOUND_SET = 2
_MOST_NAMED = 3


def to_do(question: AuditQuestion, line: CertificateLine) -> list[str]:
    """Sentences for a broken rule, what weighs most first; empty when it holds."""
    return [] if line.holds else list(_ADVICE[line.rule](question, line))


def prescriptions(problem: Problem, mistake: int) -> list[Exercise]:
    """The guide's own exercises against a mistake that are possible in this week."""
    return list(Eligibility.of(problem).eligible(lambda e: mistake in e.guide_mistakes))


def _number(values: Mapping[str, object], name: str) -> Fraction:
    value = values[name]
    assert isinstance(value, int | float)
    return Fraction(value)


def _days(question: AuditQuestion, slots: Sequence[str]) -> str:
    """Sessions as people call them."""
    names = {session.slot: session.read.label or session.day.capitalize() for session in question.sessions}
    return joined([names[slot] for slot in slots])


def _some(problem: Problem, wanted: Callable[[Exercise], bool]) -> str:
    """A few exercises of a kind that are possible here, those of the guide first."""
    found = sorted(Eligibility.of(problem).eligible(wanted), key=lambda e: (not e.guide_mistakes, e.skill_level, e.id))
    return joined([inside_a_sentence(e.name) for e in found[:_MOST_NAMED]], "or")


def _thoracic(question: AuditQuestion, line: CertificateLine) -> Iterator[str]:
    drills = _some(question.problem, kinds.thoracic_drill)
    slots = [v.subject for v in line.violations if v.subject in question.problem.slot_by_id]
    if slots:
        opened = _days(question, slots)
        yield f"Open {opened} with a thoracic drill before the first pull: {drills}. A set or two will do."
    missing = _number(line.limit, "distinct") - _number(line.measured, "distinct")
    if missing > 0:
        yield f"Vary the drills: {counted(int(missing), 'more different one')} over the week."
    for kind, what in (("rotation", "turns"), ("extension", "straightens")):
        if _number(line.measured, kind) < _number(line.limit, kind):
            one = _some(question.problem, _thoracic_drill(kind))
            yield f"Have one drill that {what} the upper back: {one}."


def _thoracic_drill(kind: str) -> Callable[[Exercise], bool]:
    return lambda e: kinds.thoracic_drill(e) and e.thoracic == kind


def _upper(question: AuditQuestion, line: CertificateLine) -> Iterator[str]:
    ratio = question.problem.rules.upper_balance.minimum
    pull, push = _number(line.measured, "pull"), _number(line.measured, "push")
    missing = ratio * push - pull
    if missing > 0:
        add = ceil(missing / _UNITS_OF_A_COMPOUND_SET)
        less = ceil(missing / (ratio * _UNITS_OF_A_COMPOUND_SET))
        yield (
            f"Pulling counts {counted(pull, 'unit')}, pushing {push}, and each of pushing asks for {ratio_of(ratio)} "
            f"of pulling: add {sets_of(add)} of rows, pulldowns, pull-ups or face pulls over the week, or leave out "
            f"{sets_of(less)} of pressing, or some of both."
        )
    for violation in line.violations:
        if "Single-joint" in violation.statement:
            yield "Turn some of the small pulls, reverse flies and the like, into rows, pulldowns or pull-ups."
        elif violation.statement.startswith("No "):
            yield f"Keep one press in the week, with {PUSH_SETS} sets or more: balance is not the end of pushing."


def _lower(question: AuditQuestion, line: CertificateLine) -> Iterator[str]:
    limits = question.problem.rules.lower_balance
    pull, push = _number(line.measured, "pull"), _number(line.measured, "push")
    missing = limits.minimum * push - pull
    if missing > 0:
        add = ceil(missing / _UNITS_OF_A_COMPOUND_SET)
        less = ceil(missing / (limits.minimum * _UNITS_OF_A_COMPOUND_SET))
        yield (
            f"The back of the legs and hips counts {counted(pull, 'unit')}, the front {push}: add {sets_of(add)} "
            f"of hinges, hip thrusts or back extensions over the week, or leave out {sets_of(less)} of squats, presses "
            "or lunges."
        )
    if limits.maximum is not None and push > 0 and pull > limits.maximum * push:
        add = ceil((pull / limits.maximum - push) / _UNITS_OF_A_COMPOUND_SET)
        yield f"The front of the legs comes too short: add {sets_of(add)} of squats or lunges, or hinge less."
    for violation in line.violations:
        if "Single-joint" in violation.statement:
            side = "leg curls and bridges" if "posterior" in violation.statement else "leg extensions"
            yield f"Too much of it is {side}: turn some into work for the whole leg and hip."
        elif "no compound squat" in violation.statement:
            yield "Have at least one squat or lunge in the week."
        elif "no hard posterior" in violation.statement:
            yield "Have at least one exercise for hamstrings and glutes in the week."


def _external_rotation(question: AuditQuestion, line: CertificateLine) -> Iterator[str]:
    rules = question.problem.rules
    external, internal = _number(line.measured, "external"), _number(line.measured, "internal")
    needed = max(Fraction(rules.external_rotation_sets), rules.external_rotation_share * internal)
    what = _some(question.problem, kinds.external_rotation)
    if external < needed:
        more = sets_of(ceil(needed - external))
        yield f"Turn the shoulders outwards under load: {more} more a week of {what}."
    sessions, spread = _number(line.measured, "sessions"), _number(line.limit, "sessions")
    if sessions < spread:
        yield f"Spread the outward rotation over {SMALL[int(spread)]} sessions."


def _lower_trap(question: AuditQuestion, line: CertificateLine) -> Iterator[str]:
    measured, limit = line.measured, line.limit
    raises = _some(question.problem, lambda e: kinds.direct_lower_trap(e, 3) and e.pattern == "scapular_control")
    raises = raises or _some(question.problem, lambda e: kinds.direct_lower_trap(e, 3))
    floor = int(_number(limit, "sets") - _number(measured, "floor"))
    heavy = int(_number(limit, "heavy") - _number(measured, "heavy"))
    if floor > 0 or heavy > 0:
        yield f"Train the lower traps directly: {sets_of(max(floor, heavy))} more a week of {raises}."
    lower, upper = _number(measured, "lower"), _number(measured, "upper")
    ratio = question.problem.rules.lower_trap_ratio
    if lower < ratio * upper:
        yield (
            f"The upper traps get {counted(upper, 'weighted set')}, the lower {float(lower):g}: fewer shrugs, upright "
            "rows and overhead presses, or more Y raises and face pulls."
        )
    if _number(measured, "direct_lower") < _number(measured, "direct_upper"):
        yield "Swap shrugs and upright rows for raises that pull the shoulder blades down, set for set."


def _hold(question: AuditQuestion, line: CertificateLine) -> Iterator[str]:
    more = int(_number(line.limit, "sessions") - _number(line.measured, "sessions"))
    holds = _some(question.problem, kinds.top_hold)
    often = "Once" if more == 1 else f"{more} times"
    yield (
        f"{often} a week hold the top of a chin-up or pull-up, chin over the bar and blades "
        f"down, for 10 to 20 seconds at a time: {holds}."
    )


def _row(question: AuditQuestion, line: CertificateLine) -> Iterator[str]:
    missing = int(_number(line.limit, "sets") - _number(line.measured, "sets"))
    rows = _some(question.problem, kinds.led_dumbbell_or_cable_row)
    rows = rows or _some(question.problem, kinds.led_row)
    if missing > 0:
        yield f"Do {sets_of(missing)} more a week of rows that the shoulder blades begin, then the elbows: {rows}."
    led, plain = _number(line.measured, "led"), _number(line.measured, "plain")
    if led < plain:
        yield (
            f"Let the shoulder blades lead at least half of all row sets: {led} do, {plain} do not. Swap "
            f"{sets_of(ceil((plain - led) / 2))} of barbell or body-weight rows for dumbbell or cable rows."
        )


def _deadlift(question: AuditQuestion, line: CertificateLine) -> Iterator[str]:
    problem = question.problem
    stage = problem.athlete.stages[DEADLIFT]
    ladder = question.catalog.ladders[DEADLIFT].stages
    names = [question.catalog.exercises[exercise].name for exercise in ladder[stage - 1].exercises]
    current = joined([inside_a_sentence(name) for name in names], "or")
    statements = [violation.statement for violation in line.violations]
    early = [v.subject for v in line.violations if v.subject in problem.exercise_by_id]
    if early:
        heavy = joined([problem.exercise_by_id[e].name for e in early])
        until = ladder[stage - 1].advance_criterion.rstrip(".")
        yield f"{heavy} comes too early: earn it stage by stage. Stage {stage} is {current}, until this: {until}."
    if any("is not trained" in text for text in statements) and not early:
        yield f"Train stage {stage} of the deadlift at least once a week: {current}."
    if any(text.startswith("No hinge drill") for text in statements):
        drill = _some(problem, lambda e: e.is_hinge_drill and kinds.deadlift_stage(e) < FIRST_LOADED_STAGE)
        yield f"Open every session with deadlifts with a short hinge drill: {drill}."
    if any("hinge drills come first" in text or "lower stages come first" in text for text in statements):
        yield "Put the drill first and the easier stage before the harder one."
    if any("falls back" in text or "jumps" in text or "different deadlift stages" in text for text in statements):
        yield "Stay on one loaded stage for the whole week: neither jump ahead nor fall back."


_ADVICE: Mapping[str, Callable[[AuditQuestion, CertificateLine], Iterator[str]]] = {
    "mobility.thoracic": _thoracic,
    "balance.upper_pull_push": _upper,
    "balance.lower_pull_push": _lower,
    "shoulder.external_rotation": _external_rotation,
    "scapula.lower_trap": _lower_trap,
    "pull.isometric_hold": _hold,
    "row.retraction": _row,
    "progression.deadlift": _deadlift,
}
