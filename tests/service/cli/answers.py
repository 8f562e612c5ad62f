"""Answers with every part filled in, made by hand."""

from __future__ import annotations

from service.plans.schemas.response import (
    CertificateLineResponse,
    ConflictResponse,
    EntryResponse,
    PlanResponse,
    RepsResponse,
    ScoreResponse,
    SessionResponse,
    SetOperation,
    SolverResponse,
    Status,
    SuggestionResponse,
    TierResponse,
    VolumeResponse,
    WaiverResponse,
    WeekResponse,
)

SOLVER = SolverResponse(
    version="or-tools 9.15.6755",
    seconds=1.34,
    deterministic_seconds=0.9,
    build_seconds=0.2,
    first_plan_seconds=0.4,
    stopped_by_clock=False,
    seed=1,
    workers=2,
    variables=1500,
    constraints=4000,
)


def entry(
    exercise: str,
    name: str,
    *,
    sets: int = 3,
    reps: tuple[int, int] = (8, 12),
    hold: int | None = None,
    rest: int = 90,
    serves: tuple[str, ...] = (),
    equipment: str = "none",
) -> EntryResponse:
    return EntryResponse(
        exercise=exercise,
        name=name,
        sets=sets,
        reps=RepsResponse(min=reps[0], max=reps[1]),
        hold_seconds=hold,
        rest_seconds=rest,
        seconds=300,
        equipment=[equipment],
        superset=None,
        cue=f"A cue for the {name.lower()} that is long enough to need a second line in eighty columns of text.",
        serves=list(serves),
    )


def line(rule: str, title: str, mistake: int | None, **fields: object) -> CertificateLineResponse:
    blank: dict[str, object] = {
        "holds": True,
        "statement": "pull 24 >= 2 x push 12",
        "measured": {"pull": 24},
        "limit": {"ratio": [2, 1]},
        "slack": 0,
        "waived": None,
        "notes": [],
    }
    return CertificateLineResponse.model_validate({"rule": rule, "title": title, "mistake": mistake, **blank, **fields})


def muscle(
    name: str,
    sets: float,
    target: float,
    maximum: int,
    *,
    minimum: int = 0,
    worth: float | None = None,
    priority: int = 1,
) -> VolumeResponse:
    return VolumeResponse(
        muscle=name,
        sets=sets,
        stimulus=sets if worth is None else worth,
        min=minimum,
        target=target,
        weekly_target=int(target),
        max=maximum,
        priority=priority,
        pursued=priority > 0,
        required=False,
    )


def blank(status: Status) -> PlanResponse:
    """An answer without a plan."""
    return PlanResponse(
        id="01a20306-2ae8-767e-959d-0008e758f64a",
        status=status,
        created_at="2026-11-20T09:15:00.000+00:00",
        request={},
        resolved={},
        score=None,
        tiers=[],
        week=None,
        certificate=[],
        volume=[],
        conflict=None,
        conflict_minimal=None,
        suggestions=[],
        suggestions_untried=None,
        catalog="sha256:0",
        solver=SOLVER,
    )


def planned() -> PlanResponse:
    """A week of one session, with a waiver, a loosened parameter and a muscle below its minimum."""
    session = SessionResponse(
        slot="mon",
        day="monday",
        start="18:00",
        starts_at="2026-11-23T18:00:00+00:00",
        place="club",
        seconds=3410,
        limit_seconds=3600,
        entries=[
            entry("bird_dog", "Bird dog", sets=2, reps=(5, 8), hold=5, rest=15, serves=("mobility.thoracic",)),
            entry(
                "isometric_chin_up_hold",
                "Chin-up hold",
                reps=(1, 1),
                hold=20,
                serves=("pull.isometric_hold",),
                equipment="pull_up_bar",
            ),
            entry(
                "face_pull",
                "Cable face pull",
                rest=180,
                equipment="cable_machine",
                serves=("balance.upper_pull_push", "shoulder.external_rotation", "scapula.lower_trap"),
            ),
            entry("standing_calf_raise", "Standing calf raise", reps=(10, 10), rest=0, equipment="calf_raise_machine"),
        ],
    )
    waived = WaiverResponse(reason="no dumbbells or cable at any place", restored_by="dumbbells at one place")
    minima = TierResponse(
        tier=1, name="minima", sense="min", unit="sets", value=0, bound=0, gap=0.0, proven=True, terms=[]
    )
    quality = TierResponse(
        tier=3, name="quality", sense="max", unit="points", value=-3, bound=None, gap=None, proven=False, terms=[]
    )
    return blank("feasible").model_copy(
        update={
            "week": WeekResponse(sessions=[session]),
            "score": ScoreResponse(value=92.456, bound=94.0, gap=0.0164, terms=[]),
            "tiers": [minima, quality],
            "certificate": [
                line("row.retraction", "Rows led by the shoulder blades", 5, waived=waived),
                line("balance.upper_pull_push", "Upper body: pull to push", 2, notes=["ratio loosened from 2 to 1.5"]),
                line("time.session", "Minutes of a session", None, statement="the longest takes 57 of 60 min"),
            ],
            "volume": [
                muscle("glutes", 6.5, 7, 13),
                muscle("quadriceps", 1.0, 8, 15, minimum=4),
                muscle("biceps", 8.0, 7, 14, worth=6.0),
            ],
        }
    )


def impossible() -> PlanResponse:
    """Two rules that cannot hold together, and a way out."""
    return blank("infeasible").model_copy(
        update={
            "conflict": [
                ConflictResponse(
                    rule="volume.weekly_min",
                    subject="glutes",
                    about="muscle",
                    statement="glutes must get at least 20 sets a week",
                    request=["/rules/volume.weekly_min/glutes"],
                    resolved=["/muscles/glutes/weekly_min_sets"],
                ),
                ConflictResponse(
                    rule="time.session",
                    subject="mon",
                    about="slot",
                    statement="mon lasts 20 minutes",
                    request=[],
                    resolved=["/week/slots/0/minutes"],
                ),
            ],
            "conflict_minimal": True,
            "suggestions_untried": 0,
            "suggestions": [
                SuggestionResponse(
                    change=[SetOperation(op="replace", path="/rules/volume.weekly_min/glutes", value=8)],
                    statement="ask for 8 sets of glutes instead of 20",
                    cost=12,
                    score=71.25,
                )
            ],
        }
    )
