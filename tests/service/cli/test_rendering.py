"""What an answer looks like at 80 and at 120 columns."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from catalog.catalog import default_catalog
from service.plans.schemas.response import TierResponse
from service.terminal.answer import answer, exit_code
from service.terminal.console import ExitCode
from service.terminal.report import volume
from tests.service.cli.answers import blank, entry, impossible, muscle, planned

if TYPE_CHECKING:
    from service.plans.schemas import PlanResponse


def drawn(response: PlanResponse, columns: int = 80, *, colour: bool = False) -> str:
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=columns,
        color_system="standard" if colour else None,
        force_terminal=colour,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(answer(response, default_catalog().exercises, columns=columns))
    return stream.getvalue()


def row(text: str, beginning: str) -> str:
    """The line that starts with `beginning`, with single blanks."""
    return next(" ".join(line.split()) for line in text.splitlines() if line.lstrip().startswith(beginning))


@pytest.mark.parametrize("columns", [80, 120])
def test_no_line_is_wider_than_the_terminal(columns: int) -> None:
    for response in (planned(), impossible(), blank("timed_out")):
        assert max(map(len, drawn(response, columns).splitlines())) <= columns


def test_a_session_says_when_where_and_how_long() -> None:
    # 3,410 s are 56 min 50 s, and a begun minute counts.
    for columns in (80, 120):
        heading = drawn(planned(), columns).splitlines()[0]
        assert re.match(r"Monday 2026-11-23 18:00  club ─+ 57 of 60 min$", heading)
        assert len(heading) == columns


def test_an_entry_says_dose_rest_and_purpose() -> None:
    text = drawn(planned())
    assert row(text, "1 ") == "1 Bird dog 2 x 5-8 x 5 s/side 15 s thoracic mobility"
    assert row(text, "2 ") == "2 Chin-up hold 3 x 20 s 90 s isometric hold"
    assert row(text, "3 ").startswith("3 Cable face pull 3 x 8-12 3 min upper balance,")
    # Where no rule needs an entry, the muscles say what it is for.
    assert row(text, "4 ") == "4 Standing calf raise 3 x 10 - calves"


def test_unusual_equipment_is_named() -> None:
    usual, other = (entry("pull_up", "Pull-up"), entry("pull_up", "Pull-up").model_copy(update={"equipment": ["rack"]}))
    catalog = default_catalog()
    usual = usual.model_copy(update={"equipment": list(catalog.exercises["pull_up"].equipment[0])})
    response = planned()
    assert response.week is not None
    session = response.week.sessions[0].model_copy(update={"entries": [usual, other]})
    text = drawn(response.model_copy(update={"week": response.week.model_copy(update={"sessions": [session]})}))
    assert row(text, "1 ").startswith("1 Pull-up 3 x")
    assert row(text, "2 ").startswith("2 Pull-up (rack) 3 x")


def test_no_equipment_is_called_no_load() -> None:
    lunge = next(e for e in default_catalog().exercises.values() if ("none",) in e.equipment[1:])
    response = planned()
    assert response.week is not None
    session = response.week.sessions[0].model_copy(update={"entries": [entry(lunge.id, "Lunge")]})
    text = drawn(response.model_copy(update={"week": response.week.model_copy(update={"sessions": [session]})}))
    assert row(text, "1 ").startswith("1 Lunge (no load) 3 x")
    assert "none" not in text


def test_a_muscle_that_is_not_pursued_is_no_purpose() -> None:
    response = planned()
    volume_lines = [*response.volume, muscle("calves", 3, 5, 9, priority=0)]
    text = drawn(response.model_copy(update={"volume": volume_lines}))
    assert row(text, "4 ") == "4 Standing calf raise 3 x 10 -"


def test_a_cue_stands_under_its_entry_in_eighty_columns_and_beside_it_in_a_hundred_and_twenty() -> None:
    cue = "A cue for the bird dog"
    narrow, wide = drawn(planned(), 80).splitlines(), drawn(planned(), 120).splitlines()
    assert next(i for i, text in enumerate(narrow) if cue in text) == 1 + next(
        i for i, text in enumerate(narrow) if "Bird dog" in text
    )
    assert any("Bird dog" in text and cue in text for text in wide)
    assert not any("Bird dog" in text and cue in text for text in drawn(planned(), 119).splitlines())


def test_the_certificate_shows_the_mistakes_in_order_with_their_numbers() -> None:
    text = drawn(planned())
    balance = text[text.index("Balance") : text.index("Volume")]
    assert balance.index("Upper body: pull to push") < balance.index("Rows led by")
    assert "2 Upper body: pull to push holds pull 24 >= 2 x push 12" in " ".join(balance.split())
    assert "5 Rows led by the shoulder blades waived" in " ".join(balance.split())
    assert "Minutes of a session" not in balance


def test_a_broken_rule_stands_out_without_colour() -> None:
    broken = planned()
    lines = [certificate.model_copy(update={"holds": False}) for certificate in broken.certificate]
    assert "BROKEN" in drawn(broken.model_copy(update={"certificate": lines}))


def test_volume_is_a_bar_up_to_the_maximum_with_the_target_marked() -> None:
    text = drawn(planned())
    # 16 cells for 13 sets: 6.5 sets fill 8 of them, the target of 7 falls on cell 16 * 7 // 13 = 8.
    assert "glutes     ████████|·······   6.5 of 7" in text
    assert "quadriceps █▏" in text
    assert "below the minimum of 4" in row(text, "quadriceps")
    assert "8 of 7 worth 6" in row(text, "biceps")


def test_volume_names_the_pursued_target_and_what_is_not_pursued() -> None:
    stream = io.StringIO()
    shown = [muscle("glutes", 6.0, 10.5, 13, priority=3), muscle("calves", 1.0, 5, 9, minimum=2, priority=0)]
    Console(file=stream, width=80).print(volume(shown, columns=80))
    assert row(stream.getvalue(), "glutes").endswith("6 of 10.5")
    assert row(stream.getvalue(), "calves").endswith("1 of 5 not pursued")


@pytest.mark.parametrize(("sets", "maximum", "target"), [(0, 0, 0), (20, 10, 10), (0.5, 16, 16), (10, 10, 0)])
def test_a_bar_is_always_as_wide(sets: float, maximum: int, target: int) -> None:
    stream = io.StringIO()
    Console(file=stream, width=80).print(volume([muscle("calves", sets, target, maximum)], columns=80))
    bar = stream.getvalue().splitlines()[1].removeprefix("calves ")[:17]
    assert len(bar.rstrip()) == 16
    assert bar.count("|") == 1


def test_score_bound_gap_and_tiers() -> None:
    text = " ".join(drawn(planned()).split())
    assert "Score 92.46 of at most 94, gap 1.6 %: feasible after 1.3 s" in text
    assert "tier 1 minima: nothing short of the minima, proven" in text
    assert "tier 3 quality: -3 points, not searched in time" in text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": 6, "bound": 0, "gap": 1.0}, "short of the targets by 0.75 weighted sets, at best 0"),
        ({"value": 6, "bound": 2, "gap": 0.67}, "short of the targets by 0.75 weighted sets, at best 0.25"),
        ({"value": 8, "bound": 8, "gap": 0.0, "proven": True}, "short of the targets by 1 weighted set, proven"),
        ({"value": 8, "bound": None, "gap": None}, "short of the targets by 1 weighted set, not searched in time"),
        (
            {"tier": 3, "name": "quality", "sense": "max", "unit": "points", "value": -124, "bound": -63, "gap": 0.49},
            "-124 points, at best -63",
        ),
        (
            {"tier": 3, "name": "quality", "sense": "max", "unit": "points", "value": -124, "bound": 876, "gap": 1.0},
            "-124 points, at best 876",
        ),
        (
            {"tier": 3, "name": "quality", "sense": "max", "unit": "points", "value": -124, "bound": 877, "gap": 1.0},
            "-124 points, bound not yet useful",
        ),
        ({"value": 16_000, "bound": 0, "gap": 1.0}, "short of the targets by 2000 weighted sets, at best 0"),
    ],
)
def test_a_tier_says_in_sets_what_is_missing_and_what_may_still_be_possible(
    fields: dict[str, object], words: str
) -> None:
    blank_tier = {"tier": 2, "name": "targets", "sense": "min", "unit": "weighted eighth sets", "proven": False}
    tier = TierResponse.model_validate({**blank_tier, "terms": [], **fields})
    text = " ".join(drawn(planned().model_copy(update={"tiers": [tier]})).split())
    assert f"tier {tier.tier} {tier.name}: {words}" in text
    assert f"{words}, gap" not in text


def test_waivers_and_loosened_parameters_are_said() -> None:
    text = " ".join(drawn(planned()).split())
    assert "waived. No dumbbells or cable at any place. What would restore it: Dumbbells at one place." in text
    assert "Upper body: pull to push: Ratio loosened from 2 to 1.5." in text


def test_a_conflict_is_told_in_words_with_what_would_help() -> None:
    text = " ".join(drawn(impossible()).split())
    # A minimal conflict says nothing of the rules outside it, so no plan may be promised.
    assert "These 2 cannot hold together. Leave out any one of them and the others hold together; other rules" in text
    assert "glutes must get at least 20 sets a week [volume.weekly_min, glutes]" in text
    assert "(in the request: /rules/volume.weekly_min/glutes)" in text
    assert "ask for 8 sets of glutes instead of 20 (cost 12, score 71.25)" in text
    assert "Time ended" not in text


def test_a_conflict_of_one_speaks_of_no_others() -> None:
    response = impossible()
    assert response.conflict is not None
    text = " ".join(drawn(response.model_copy(update={"conflict": response.conflict[:1]})).split())
    assert "This cannot be asked for. -" in text
    assert "Leave out any one" not in text


def test_what_time_left_open_is_said() -> None:
    hurried = impossible().model_copy(update={"conflict_minimal": False, "suggestions_untried": 3})
    text = " ".join(drawn(hurried).split())
    assert "These 2 cannot hold together. Time ended before it was shown that none of them can be spared." in text
    assert "Time ended before 3 other kinds of change had been tried to the end" in text
    nothing = " ".join(drawn(hurried.model_copy(update={"suggestions": [], "suggestions_untried": 1})).split())
    assert "No change that was tried gives a plan. Time ended before 1 other kind of change had been tried" in nothing


def test_what_only_a_default_says_is_called_a_default() -> None:
    response = impossible()
    assert response.conflict is not None
    elements = [element.model_copy(update={"request": [""]}) for element in response.conflict]
    text = " ".join(drawn(response.model_copy(update={"conflict": elements})).split())
    assert "glutes must get at least 20 sets a week [volume.weekly_min, glutes] (a default: /muscles/glutes/" in text
    assert "in the request" not in text


def test_the_end_of_the_budget_is_not_called_impossible() -> None:
    text = " ".join(drawn(blank("timed_out")).split())
    assert text.startswith("No plan yet")
    assert "It has not been shown that there is none" in text


def test_colour_only_adds_to_the_words() -> None:
    coloured = drawn(planned(), colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == drawn(planned())


@pytest.mark.parametrize(
    ("response", "code"),
    [
        (planned(), ExitCode.OK),
        (impossible(), ExitCode.INFEASIBLE),
        (blank("timed_out"), ExitCode.TIMED_OUT),
        (blank("cancelled"), ExitCode.TIMED_OUT),
        (blank("failed"), ExitCode.OUR_FAULT),
    ],
)
def test_every_answer_has_its_exit_code(response: PlanResponse, code: ExitCode) -> None:
    assert exit_code(response) is code
