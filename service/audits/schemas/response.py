"""What an audit answers: the six mistakes, every rule, volume, recovery, a score, and what was read."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, JsonValue

from service.audits.schemas.repair import RepairResponse
from service.plans.schemas.response import CertificateLineResponse, Number, RepsResponse, ResponseModel, VolumeResponse

How = Literal["tagged", "id", "name", "alias", "like", "spelling"]
Standing = Literal["below_min", "below_target", "on_target", "above_max", "not_pursued"]


class SourceResponse(ResponseModel):
    """Where the programme says something."""

    line: int | None = Field(description="Line of the text or table, 1 is the first; null in JSON.", examples=[3])
    pointer: str = Field(description="JSON Pointer into the request.", examples=["/programme/text"])
    text: str = Field(description="What stands there.", examples=["bench press 4x8"])


class MatchResponse(ResponseModel):
    """How a name was understood. No name is ever matched without saying so here."""

    how: How = Field(
        description="`tagged` by the request, `id`, `name` or `alias` of the catalog, `like`: an exercise outside the "
        "catalog that counts like one in it, `spelling`: a slip of the pen corrected.",
        examples=["alias"],
    )
    score: float = Field(description="Similarity of the name, of 100.", examples=[100.0])


class FollowedEntryResponse(ResponseModel):
    """One exercise of a session as it counts."""

    exercise: str = Field(description="Exercise id.", examples=["barbell_bench_press"])
    name: str = Field(description="Name of the exercise.", examples=["Barbell bench press"])
    written: str = Field(description="Its name in the programme.", examples=["bench press"])
    sets: int = Field(description="Number of sets.", examples=[4])
    reps: RepsResponse | None = Field(description="Repetitions of a set; null where none are told.")
    hold_seconds: int | None = Field(description="Seconds of each hold; null where none are told.", examples=[None])
    superset: str | None = Field(description="Entries with the same label are done in alternation.", examples=[None])
    equipment: list[str] = Field(description="What it is done with.", examples=[["barbell", "rack", "flat_bench"]])
    seconds: int = Field(description="Setup, work and the rests between sets, at the catalog's prices.", examples=[890])
    match: MatchResponse
    remarks: list[str] = Field(description="What was taken for granted in reading its sets.", examples=[[]])
    sources: list[SourceResponse] = Field(description="The lines that say so.")


class FollowedSessionResponse(ResponseModel):
    """One session as it counts."""

    slot: str = Field(description="Name of the session in this answer.", examples=["mon"])
    label: str | None = Field(description="Its title in the programme.", examples=["Push"])
    day: str = Field(description="Day of the week.", examples=["monday"])
    start: str = Field(description="Local time of the start.", examples=["18:00"])
    place: str = Field(description="Id of the place.", examples=["gym"])
    seconds: int = Field(description="Length with warm-up and changeovers, at the catalog's prices.", examples=[3480])
    limit_seconds: int | None = Field(description="Length as told; null where it is not told.", examples=[3600])
    entries: list[FollowedEntryResponse] = Field(description="Exercises in order.")


class CandidateResponse(ResponseModel):
    """An exercise that a name may have meant."""

    exercise: str = Field(description="Exercise id.", examples=["cable_row_retraction"])
    name: str = Field(examples=["Seated cable row with scapular retraction"])
    score: float = Field(description="Similarity, of 100.", examples=[80.0])


class UnreadResponse(ResponseModel):
    """A line, or a part of one, that may be training and counts in nothing."""

    source: SourceResponse
    slot: str | None = Field(description="Its session; null where it belongs to none.", examples=["mon"])
    reason: str = Field(description="Why it was not read.", examples=["several exercises fit 'rows'"])
    candidates: list[CandidateResponse] = Field(description="What it may mean, the most similar first.")


class IgnoredResponse(ResponseModel):
    """A line that is no strength training and changes no verdict."""

    source: SourceResponse
    reason: str = Field(examples=["a rest day"])


class ProgrammeResponse(ResponseModel):
    """The programme as it was understood."""

    sessions: list[FollowedSessionResponse] = Field(description="Sessions in time order.")
    unread: list[UnreadResponse] = Field(
        description="What was not read. Verdicts that it could turn round have `certain` false."
    )
    ignored: list[IgnoredResponse] = Field(description="Titles, remarks, rest days, endurance work.")
    assumptions: list[str] = Field(
        description="What was taken for granted.", examples=[["Sessions without a time of day start at 18:00."]]
    )


class EvidenceResponse(ResponseModel):
    """An entry that counts for a mistake, on one side or the other."""

    rule: str = Field(description="Rule id.", examples=["balance.upper_pull_push"])
    side: str = Field(description="What it counts as.", examples=["push"])
    amount: Number = Field(description="How much it counts.", examples=[8])
    unit: str = Field(description="Unit of amount.", examples=["units"])
    slot: str = Field(examples=["mon"])
    exercise: str = Field(examples=["barbell_bench_press"])
    sets: int = Field(examples=[4])
    sources: list[SourceResponse] = Field(description="The lines of the programme.")


class MistakeResponse(ResponseModel):
    """One of the guide's six mistakes."""

    mistake: int = Field(description="Number of the mistake, 1 to 6.", examples=[2])
    title: str = Field(description="The mistake in a few words.", examples=["Pushing outweighs pulling"])
    made: bool = Field(description="Whether the week, as far as it was read, makes it.", examples=[True])
    certain: bool = Field(description="False when the unread lines could turn the verdict round.", examples=[True])
    rules: list[str] = Field(description="Rules that answer it; see `certificate`.", examples=[["row.retraction"]])
    statements: list[str] = Field(
        description="The measurements, a sentence for each rule.", examples=[["pull 18 < 2 x push 20"]]
    )
    to_do: list[str] = Field(
        description="What to do about it, in a coach's words; empty when it is not made.",
        examples=[["Add 11 sets of rows, pulldowns or pull-ups over the week, or leave out 6 sets of pressing."]],
    )
    exercises: list[str] = Field(
        description="Exercises against this mistake that are possible here.", examples=[["face_pull"]]
    )
    evidence: list[EvidenceResponse] = Field(description="Entries that count for it, rule by rule.")


class ViolationResponse(ResponseModel):
    """One way in which a rule is broken."""

    subject: str = Field(description="Slot, muscle, exercise ... or empty.", examples=["mon"])
    statement: str = Field(examples=["The session in 'mon' has no thoracic drill before its first pull."])


class AuditLineResponse(CertificateLineResponse):
    """One rule, measured on the week by the independent verifier."""

    judged: bool = Field(description="False when what the rule asks about was not told.", examples=[True])
    not_judged: str | None = Field(description="Why it is not judged.", examples=[None])
    certain: bool = Field(description="False when the unread lines could change whether it holds.", examples=[True])
    violations: list[ViolationResponse] = Field(description="Every way in which it is broken; empty if not judged.")


class AuditVolumeResponse(VolumeResponse):
    """One muscle's week against this athlete's numbers."""

    standing: Standing = Field(
        description="Where the sets stand; `not_pursued` while within the maximum.",
        examples=["on_target"],
    )


class ClashResponse(ResponseModel):
    """Two sessions that load a muscle too soon after one another."""

    muscle: str = Field(examples=["hamstrings"])
    slots: list[str] = Field(description="The two sessions.", examples=[["tue", "wed"]])
    days: list[str] = Field(description="Their days.", examples=[["tuesday", "wednesday"]])
    hours: Number = Field(description="Hours from start to start, the shorter way round the week.", examples=[24])
    needed_hours: int = Field(description="Hours the muscle needs.", examples=[48])
    sets: list[Number] = Field(description="Its hard sets in the two sessions.", examples=[[2.25, 6]])
    sources: list[SourceResponse] = Field(description="The lines that load it.")


class CrowdingResponse(ResponseModel):
    """A muscle with more sets inside its recovery time than one session may hold."""

    muscle: str = Field(examples=["erector_spinae"])
    slots: list[str] = Field(description="The sessions.", examples=[["tue", "wed"]])
    window_hours: int = Field(description="Its recovery time.", examples=[48])
    sets: Number = Field(description="Hard sets inside it.", examples=[8])
    max_sets: int = Field(description="Hard sets there may be.", examples=[5])
    sources: list[SourceResponse]


class ScorePartResponse(ResponseModel):
    """One mistake's share of the score."""

    mistake: int = Field(examples=[2])
    points: float = Field(examples=[8.9])
    of: float = Field(description="Most there is.", examples=[16.67])


class BalanceScoreResponse(ResponseModel):
    """How far the week is from making none of the six mistakes."""

    value: float = Field(description="0 to 100; 100 exactly when no mistake is made.", examples=[61.4])
    certain: bool = Field(description="False when the unread lines could change it.", examples=[True])
    parts: list[ScorePartResponse]
    definition: str = Field(description="How it is counted.", examples=["Each mistake is worth a sixth of 100 points."])


class SummaryResponse(ResponseModel):
    """The verdicts at a glance."""

    made: list[int] = Field(description="Mistakes that are made.", examples=[[1, 2]])
    not_made: list[int] = Field(description="Mistakes that are not made.", examples=[[5]])
    uncertain: list[int] = Field(description="Those of both whose verdict hangs on unread lines.", examples=[[5]])
    broken_rules: list[str] = Field(description="Other rules that are broken.", examples=[["recovery.muscle"]])
    statement: str = Field(examples=["2 of the 6 mistakes are made: 1 and 2."])


class AuditResponse(ResponseModel):
    """An audited programme. Nothing of it is stored."""

    summary: SummaryResponse
    score: BalanceScoreResponse
    mistakes: list[MistakeResponse] = Field(description="The six mistakes in order.")
    programme: ProgrammeResponse
    certificate: list[AuditLineResponse] = Field(description="Every rule of the rulebook, in its order.")
    volume: list[AuditVolumeResponse] = Field(description="Every muscle's weekly sets.")
    clashes: list[ClashResponse] = Field(description="Sessions too close together for a muscle; the worst first.")
    crowding: list[CrowdingResponse] = Field(description="Too many sets of a muscle inside its recovery time.")
    resolved: dict[str, JsonValue] = Field(
        description="Athlete, places, rules and each muscle's numbers with every default filled in.",
        examples=[{"athlete": {"experience": "intermediate"}}],
    )
    repair: RepairResponse | None = Field(description="The nearest week that keeps every rule; null if not asked for.")
    catalog: str = Field(description="Hash of the catalog that was used.", examples=["sha256:2f7c..."])
