"""What an audit says it took for granted, and what it leaves unjudged because nobody told it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.plans.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Collection

    from service.audits.schemas import AuditRequest
    from solver.domain.problem import Problem


def not_judged(request: AuditRequest, timed: Collection[str]) -> dict[str, str]:
    """What an audit leaves out, because it judges what is done and was not told what could be."""
    reasons = {}
    if request.places is None:
        reasons["equipment.available"] = "no places are given"
    if not timed:
        reasons["time.session"] = "no minutes are given"
    if request.athlete.experience is None and not request.athlete.ladder_stages:
        reason = "neither experience nor ladder stages are given"
        reasons |= {"athlete.skill": reason, "athlete.prerequisite": reason}
    if "structure.sessions" not in request.rules:
        reasons["structure.sessions"] = "how many sessions there are, and on which days, is the athlete's own choice"
    return reasons


def assumptions(
    request: AuditRequest, problem: Problem, timed: Collection[str], reach: str | None, *, led_rows: bool
) -> list[str]:
    """Sentences about the athlete, the place and the time. `timed`: slots whose minutes are told."""
    said = []
    if request.athlete.experience is None:
        said.append(f"No experience is given: {problem.athlete.experience} is assumed.")
    if reach is not None:
        said.append(reach)
    if "deadlift" not in request.athlete.ladder_stages:
        stage = problem.athlete.stages["deadlift"]
        said.append(f"No deadlift stage is given: stage {stage}, usual for {problem.athlete.experience}, is assumed.")
    if request.places is None:
        gym = any("rack" in slot.place.equipment for slot in problem.slots)
        what = "a full gym" if gym else "what the programme needs, the floor and a wall"
        said.append(f"No places are given: {what} is assumed.")
    if led_rows:
        said.append("Dumbbell, cable and machine rows are taken to be led by the shoulder blades: no text shows how.")
    untimed = len(problem.slots) - len(timed)
    if untimed:
        which = "No minutes are given" if not timed else f"Without minutes: {counted(untimed, 'session')}"
        said.append(f"{which}: whether the time suffices is not judged there.")
    return said
