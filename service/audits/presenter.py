"""From findings to the answer, in the caller's own words and lines."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from service.audits.advice import TITLES, prescriptions, to_do
from service.audits.phrases import joined
from service.audits.programme import present_programme, sources_of
from service.audits.schemas.response import (
    AuditLineResponse,
    AuditResponse,
    AuditVolumeResponse,
    BalanceScoreResponse,
    ClashResponse,
    CrowdingResponse,
    EvidenceResponse,
    MistakeResponse,
    ScorePartResponse,
    Standing,
    SummaryResponse,
    ViolationResponse,
)
from service.plans.mapping import resolve
from service.plans.schemas.response import WaiverResponse
from service.plans.sessions import present_volume
from solver.rulebook import RULE_BY_ID

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from service.audits.question import AuditQuestion
    from service.audits.schemas.repair import RepairResponse
    from service.plans.schemas.response import VolumeResponse
    from solver.audit import Audit, BalanceScore, Clash, Crowding, Evidence, MistakeFinding, RuleFinding

SCORE_DEFINITION = (
    "Each of the six mistakes is worth a sixth of 100 points. It gets the mean fulfilment of its rules: 1 for a rule "
    "that is kept or waived, otherwise the mean share of its limits that is reached, at most 0.9. So 100 means that "
    "none of the mistakes is made."
)
_RESOLVED_PARTS = ("athlete", "places", "rules", "muscles")


def present(question: AuditQuestion, found: Audit, repair: RepairResponse | None = None) -> AuditResponse:
    """The answer to a question, with the nearest compliant week where it was asked for."""
    return AuditResponse(
        summary=_summary(found),
        score=_score(found.score, found.mistakes),
        mistakes=[_mistake(question, mistake) for mistake in found.mistakes],
        programme=present_programme(question),
        certificate=[_line(question, finding) for finding in found.rules],
        volume=[_volume(muscle) for muscle in present_volume(question.problem, question.week.plan)],
        clashes=[_clash(question, clash) for clash in found.clashes],
        crowding=[_crowding(question, crowding) for crowding in found.crowding],
        resolved=_resolved(question),
        repair=repair,
        catalog=question.catalog.content_hash,
    )


def _summary(found: Audit) -> SummaryResponse:
    made = [mistake.mistake for mistake in found.mistakes if mistake.made]
    uncertain = [mistake.mistake for mistake in found.mistakes if not mistake.certain]
    others = [f.line.rule for f in found.rules if f.broken and RULE_BY_ID[f.line.rule].mistake is None]
    return SummaryResponse(
        made=made,
        not_made=[mistake.mistake for mistake in found.mistakes if not mistake.made],
        uncertain=uncertain,
        broken_rules=others,
        statement=_in_short(made, uncertain, len(found.mistakes)),
    )


def _in_short(made: Sequence[int], uncertain: Sequence[int], all_: int) -> str:
    listed = joined([str(number) for number in made])
    if not made:
        said = f"None of the {all_} mistakes is made."
    elif len(made) == all_:
        said = f"All {all_} mistakes are made."
    else:
        said = f"{len(made)} of the {all_} mistakes {'is' if len(made) == 1 else 'are'} made: {listed}."
    if uncertain:
        open_ = joined([str(number) for number in uncertain])
        said += f" Lines that could not be read leave the verdict on {open_} uncertain."
    return said


def _score(score: BalanceScore, mistakes: Sequence[MistakeFinding]) -> BalanceScoreResponse:
    return BalanceScoreResponse(
        value=round(float(score.value), 2) if score.value < 100 else 100.0,
        certain=all(mistake.certain for mistake in mistakes),
        parts=[
            ScorePartResponse(mistake=part.mistake, points=round(float(part.points), 2), of=round(float(part.of), 2))
            for part in score.parts
        ],
        definition=SCORE_DEFINITION,
    )


def _mistake(question: AuditQuestion, finding: MistakeFinding) -> MistakeResponse:
    broken = [rule.line for rule in finding.rules if rule.broken]
    return MistakeResponse(
        mistake=finding.mistake,
        title=TITLES[finding.mistake],
        made=finding.made,
        certain=finding.certain,
        rules=[rule.line.rule for rule in finding.rules],
        statements=[rule.line.statement for rule in finding.rules],
        to_do=[sentence for line in broken for sentence in to_do(question, line)],
        exercises=[e.id for e in prescriptions(question.problem, finding.mistake)] if finding.made else [],
        evidence=[_evidence(question, evidence) for evidence in finding.evidence],
    )


def _evidence(question: AuditQuestion, evidence: Evidence) -> EvidenceResponse:
    return EvidenceResponse(
        rule=evidence.rule,
        side=evidence.side,
        amount=_number(evidence.amount),
        unit=evidence.unit,
        slot=evidence.slot,
        exercise=evidence.entry.exercise,
        sets=evidence.entry.sets,
        sources=sources_of(question, evidence.entry.sources),
    )


def _number(value: Fraction) -> int | float:
    return value.numerator if value.denominator == 1 else float(value)


def _line(question: AuditQuestion, finding: RuleFinding) -> AuditLineResponse:
    line, spec, judged = finding.line, RULE_BY_ID[finding.line.rule], finding.not_judged is None
    limit = dict(line.limit)
    if line.rule == "time.session":
        limit = {slot: seconds for slot, seconds in limit.items() if slot in question.timed_slots}
    return AuditLineResponse(
        rule=line.rule,
        title=spec.title,
        mistake=spec.mistake,
        holds=line.holds or not judged,
        statement=line.statement if judged else f"not judged: {finding.not_judged}",
        measured=dict(line.measured),
        limit=limit if judged else {},
        slack=line.slack if judged else None,
        waived=None if line.waived is None else WaiverResponse(**asdict(line.waived)),
        notes=list(line.notes),
        judged=judged,
        not_judged=finding.not_judged,
        certain=finding.certain,
        violations=[ViolationResponse(subject=v.subject, statement=v.statement) for v in line.violations if judged],
    )


def _volume(muscle: VolumeResponse) -> AuditVolumeResponse:
    return AuditVolumeResponse(**muscle.model_dump(), standing=_standing(muscle))


def _standing(muscle: VolumeResponse) -> Standing:
    if muscle.sets > muscle.max:
        return "above_max"
    if not muscle.pursued:
        return "not_pursued"
    if muscle.stimulus < muscle.min:
        return "below_min"
    return "on_target" if muscle.stimulus >= muscle.weekly_target else "below_target"


def _clash(question: AuditQuestion, clash: Clash) -> ClashResponse:
    days = {session.slot: session.day for session in question.sessions}
    return ClashResponse(
        muscle=clash.muscle,
        slots=list(clash.slots),
        days=[days[slot] for slot in clash.slots],
        hours=_number(clash.hours),
        needed_hours=clash.needed_hours,
        sets=[_number(sets) for sets in clash.sets],
        sources=sources_of(question, clash.sources),
    )


def _crowding(question: AuditQuestion, crowding: Crowding) -> CrowdingResponse:
    return CrowdingResponse(
        muscle=crowding.muscle,
        slots=list(crowding.slots),
        window_hours=crowding.window_hours,
        sets=_number(crowding.sets),
        max_sets=crowding.max_sets,
        sources=sources_of(question, crowding.sources),
    )


def _resolved(question: AuditQuestion) -> dict[str, Any]:
    whole = resolve(question.plan_request, question.problem, question.catalog)
    places = {slot.place.id: slot.place for slot in question.problem.slots}
    whole["places"] = [{"id": place.id, "equipment": sorted(place.equipment)} for place in places.values()]
    return {part: whole[part] for part in _RESOLVED_PARTS}
