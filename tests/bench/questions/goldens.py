"""Every question about every golden week, in short searches, and every answer checked by the verifiers.

Asked as a caller does, without web or database. How long the answers take is for the other modules; this one is about
their being right: each week that comes out of a question is read back from its JSON and judged anew, and what the
answer says of it (scores, bounds, slack, distances, stages) is held against the week.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise, permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalog.catalog import default_catalog
from service.blocks.kind import BLOCKS
from service.comparisons.compared import compared
from service.comparisons.service import compare
from service.ids import new_id
from service.plans.schemas import PlanRequest, PlanResponse
from service.plans.service import answer, ask
from service.replans.kind import REPLANS
from service.studies.asking import require_sense
from service.studies.kind import StudyQuestion
from service.studies.weeks import week_of
from service.swaps.kind import SWAPS
from service.validation.parsing import parse
from service.variants.kind import VARIANTS
from service.whatif.kind import WHAT_IFS
from solver.measured import MeasuredWeek
from solver.swaps.direct import replaced
from solver.verifier import verify
from tests.plurals import slips_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from service.studies.kind import AnyKind
    from service.studies.weeks import KeptWeek

GOLDEN = Path(__file__).parents[2] / "golden" / "requests"
PLAN, BRIEF, LONG = ({"time_limit_seconds": seconds, "workers": 2} for seconds in (5, 3, 6))
CLOSE = 2e-4
"""Scores are told with four decimals."""


class WrongError(Exception):
    """An answer that is not what it says."""


def report() -> Iterator[str]:
    """A line for every golden week: how many weeks of each question were checked (none: there is
    none, or none was found in time), or what is wrong with an answer."""
    yield f"| week | {' | '.join(QUESTIONS)} | seconds |"
    yield "|---" * (len(QUESTIONS) + 2) + "|"
    checked, wrong = 0, 0
    for name in sorted(path.stem for path in GOLDEN.glob("*.json")):
        started, cells = time.perf_counter(), []
        about = planned(json.loads((GOLDEN / f"{name}.json").read_text("utf-8")))
        for check in QUESTIONS.values():
            try:
                weeks = 0 if about is None else check(about)
            except Exception as error:  # a fault of ours as well: all the others are to be asked yet
                wrong += 1
                cells.append(f"WRONG: {type(error).__name__} {error}")
            else:
                checked += weeks
                cells.append(str(weeks) if weeks else "none")
        yield f"| {name} | {' | '.join(cells)} | {time.perf_counter() - started:.0f} |"
    yield ""
    yield f"{checked} weeks checked, {wrong} answers wrong: {'MISSED' if wrong else 'met'}."


def planned(body: Mapping[str, Any]) -> KeptWeek | None:
    """The week of a request; None when none is found in time. Raises WrongError when it is not what it says."""
    request = parse(PlanRequest, json.dumps({**body, "solve": PLAN}).encode())
    told = answer(ask(request, default_catalog()))
    _require(told.status != "infeasible", "is said to be impossible")
    return None if told.week is None else valid(told)


def read_back(told: PlanResponse) -> KeptWeek:
    """A week as it would be kept, checked against what is told of it. Raises WrongError."""
    week = _read(told)
    said_broken = {line.rule for line in told.certificate if not line.holds}
    broken = {violation.rule for violation in verify(week.problem, week.plan)}
    _require(broken == said_broken, f"breaks {broken ^ said_broken}")
    measured = MeasuredWeek(week.problem, week.plan)
    _require(told.score is not None and abs(told.score.value - measured.score) < CLOSE, "scores something else")
    told_slack = {line.rule: line.slack for line in told.certificate}
    _require(told_slack == {line.rule: line.slack for line in measured.certificate}, "has other slack")
    slips = slips_in([line.statement for line in told.certificate])
    _require(not slips, f"says {slips}")
    return week


def _read(told: PlanResponse) -> KeptWeek:
    return week_of(PlanResponse.model_validate_json(told.model_dump_json()), default_catalog())


def valid(told: PlanResponse) -> KeptWeek:
    """The same for a week that has to keep every rule."""
    week = read_back(told)
    _require(not verify(week.problem, week.plan), "breaks a rule")
    return week


def _require(holds: bool, said: str) -> None:
    if not holds:
        raise WrongError(said)


class _Patient:
    """A `Control` that never stops anything."""

    def is_cancelled(self) -> bool:
        return False

    def tell(self, progress: Mapping[str, object]) -> None:
        del progress


def _studied(
    kind: AnyKind, body: Mapping[str, Any], about: KeptWeek | None = None
) -> tuple[Any, tuple[PlanResponse, ...]]:
    """What was found: the answer, and the weeks that it names."""
    request = parse(kind.request, json.dumps(body).encode())
    question: StudyQuestion[Any] = StudyQuestion(new_id(), datetime.now(UTC), request, default_catalog(), about)
    require_sense(kind, question)
    found = kind.study(question, _Patient())
    slips = [] if found.answer is None else slips_in(found.answer.model_dump(mode="json"))
    _require(not slips, f"says {slips}")
    for week in found.weeks:
        at = None if about is None else about.id
        _require(week.origin is not None and (week.origin.question, week.origin.plan) == (question.id, at), "origin")
    return found.answer, found.weeks


def _request(about: KeptWeek) -> dict[str, Any]:
    """What the week was asked for, without how long to search."""
    return {name: value for name, value in about.response.request.items() if name != "solve"}


def supersets(about: KeptWeek) -> int:
    """Neighbours in pairs, never with a lift of the highest axial load or skill."""
    week = planned({**_request(about), "supersets": True})
    if week is None:
        return 0
    by_id = week.problem.exercise_by_id
    for session in week.plan.sessions:
        labels = Counter(entry.superset for entry in session.entries if entry.superset is not None)
        _require(set(labels.values()) <= {2}, "has a superset that is no pair")
        for first, second in pairwise(session.entries):
            if first.superset is not None and first.superset == second.superset:
                one, other = by_id[first.exercise], by_id[second.exercise]
                demands = (one.axial_load, other.axial_load, one.skill_level, other.skill_level)
                _require(max(demands) < 3, "pairs what it must not")
    return 1


def variants(about: KeptWeek) -> int:
    """Weeks that differ and lose as told."""
    told, kept = _studied(VARIANTS, {"plan": _request(about), "k": 3, "solve": LONG})
    weeks = [valid(week) for week in kept]
    for one, other in permutations(range(len(weeks)), 2):
        _require(told.differences[one][other] >= 0.4 - CLOSE, "has weeks that are alike")
    for week, said in zip(weeks, told.weeks, strict=True):
        _require(abs(week.measured.score - said.score.value) < CLOSE, "tells another score")
    return len(weeks)


def front(about: KeptWeek) -> int:
    """Points of which none is as good as another in all and better in one."""
    told, kept = _studied(VARIANTS, {"plan": _request(about), "goals": ["stimulus", "minutes"], "solve": LONG})
    for week in kept:
        valid(week)
    points = [] if told.front is None else told.front.points
    values = [(-point.goals[0].value, point.goals[1].value) for point in points]
    dominated = [one for one, other in permutations(values, 2) if other[0] <= one[0] and other[1] <= one[1]]
    _require(not dominated, f"has dominated points {dominated}")
    return len(kept)


def comparison(about: KeptWeek) -> int:
    """The week beside variants of it: slack as measured, and changes that lead from one to the other."""
    _, kept = _studied(VARIANTS, {"plan": _request(about), "k": 2, "solve": BRIEF})
    answers = [about.response, *kept]
    told = compare([compared(a.id, a, default_catalog()) for a in answers], about.id, default_catalog())
    _require(told.not_comparable == [], "finds weeks of one request not comparable")
    for index, one in enumerate(answers):
        week = valid(one)
        slack = {row.rule: row.slack[index] for row in told.rules}
        _require(slack == {line.rule: line.slack for line in week.measured.certificate}, "tells other slack")
        against = told.plans[index].against_baseline
        if against is not None:
            _require(_after(about, against.changes or []) == _entries(week), "tells changes that lead elsewhere")
            _require(against.distance == sum(change.weight for change in against.changes or []), "tells other weights")
    return len(answers)


def _entries(week: KeptWeek) -> Counter[tuple[str, str, int]]:
    return Counter((s.slot, e.exercise, e.sets) for s in week.plan.sessions for e in s.entries)


def _after(about: KeptWeek, changes: list[Any]) -> Counter[tuple[str, str, int]]:
    """The entries of a week after some changes."""
    week = _entries(about)
    week -= Counter((c.before.slot, c.before.exercise, c.before.sets) for c in changes if c.before)
    return week + Counter((c.after.slot, c.after.exercise, c.after.sets) for c in changes if c.after)


def what_if(about: KeptWeek) -> int:
    """Weeks of changed requests, with gains inside their bounds."""
    asked = {"equipment": ["kettlebell"], "minutes": [10], "rules": [{"rule": "shoulder.external_rotation"}]}
    told, kept = _studied(WHAT_IFS, {**asked, "stages": ["deadlift"], "solve": LONG}, about)
    weeks = {week.id: valid(week) for week in kept}
    for option in told.options:
        gain, least, most = option.gain, option.at_least, option.at_most
        inside = gain is None or ((least is None or least <= gain + CLOSE) and (most is None or gain <= most + CLOSE))
        _require(inside, f"tells a gain of {gain} outside {least} to {most}")
        if option.plan is not None and gain is not None:
            score = weeks[option.plan].measured.score
            _require(abs(score - told.score - gain) < 2 * CLOSE, "tells a gain that its week has not")
    return len(kept)


def swaps(about: KeptWeek) -> int:
    """Alternatives of which the verifier says what is told."""
    pinned = {(pin.slot, pin.exercise) for pin in about.problem.pinned_entries}
    fixed = {session.slot for session in about.problem.pinned_sessions}
    free = [(s.slot, e.exercise) for s in about.plan.sessions if s.slot not in fixed for e in s.entries]
    slot, exercise = next(entry for entry in free if entry not in pinned)
    told, kept = _studied(SWAPS, {"slot": slot, "exercise": exercise, "repairs": 1, "solve": BRIEF}, about)
    for week in kept:
        valid(week)
    for one in told.alternatives:
        new = about.problem.exercise_by_id[one.exercise]
        swapped = replaced(about.problem, about.plan, slot, exercise, new, one.sets)
        broken = {violation.rule for violation in verify(about.problem, swapped)}
        _require(broken == set(one.broken), f"is wrong about what {one.exercise} breaks")
    return len(told.alternatives)


def replan(about: KeptWeek) -> int:
    """The rest of a week whose first session was missed."""
    first = about.plan.sessions[0].slot
    if first in {session.slot for session in about.problem.pinned_sessions}:
        first = about.plan.sessions[1].slot
    told, kept = _studied(REPLANS, {"missed": [first], "solve": BRIEF}, about)
    for one in kept:
        week = read_back(one)
        said = {unkept.rule for unkept in (*told.broken, *told.unkept)}
        _require({v.rule for v in verify(week.problem, week.plan)} <= said, "breaks a rule that it does not tell of")
        _require(first not in {session.slot for session in week.plan.sessions}, "holds the missed session")
        distance = told.distance
        _require(distance.bound <= distance.value == sum(c.weight for c in told.changes), "tells other weights")
        _require(_after(about, told.changes) == _entries(week), "tells changes that lead elsewhere")
    return len(kept)


def block(about: KeptWeek) -> int:
    """Four weeks whose certificate holds and whose ladders are climbed rung by rung."""
    told, kept = _studied(BLOCKS, {"plan": _request(about), "weeks": 4, "solve": {**LONG, "time_limit_seconds": 16}})
    for one in kept:
        # Its score and slack are those of the targets of its place in the block, so only its rules are judged anew.
        week = _read(one)
        _require(not verify(week.problem, week.plan), "breaks a rule")
    _require(all(line.holds for line in told.certificate), "breaks a rule of blocks")
    for ladder in told.ladders:
        _require(all(0 <= b - a <= 1 for a, b in pairwise(ladder.stages)) or not ladder.strict, "skips a stage")
    return len(kept)


QUESTIONS: Mapping[str, Callable[[KeptWeek], int]] = {
    question.__name__.replace("_", "-"): question
    for question in (supersets, variants, front, comparison, what_if, swaps, replan, block)
}
