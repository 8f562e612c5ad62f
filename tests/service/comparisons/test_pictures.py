"""Pictures are well formed, say in words what they show, stay inside their frame and tell the truth by length."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from service.comparisons.formats.table import table
from service.comparisons.pictures import PICTURES, drawn
from service.comparisons.pictures.svg import STYLE, WIDTH, ticks
from tests.service.comparisons.plans import THREE_DAYS, TWO_DAYS, compared, plan, scored

if TYPE_CHECKING:
    from service.comparisons.schemas import ComparisonResponse

NAMES = [*PICTURES, "all"]
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '=1+1 <script>alert("&")</script> ]]>'
PAIR = compared(plan(THREE_DAYS), plan(TWO_DAYS), labels={TWO_DAYS: HOSTILE})
EIGHT = compared(
    plan(THREE_DAYS),
    *(scored((THREE_DAYS, TWO_DAYS)[n % 2], 70.0 + n, 75.0 + n, id=f"plan-{n}") for n in range(7)),
    labels={f"plan-{n}": f"{'A long name for week'} {n} of many others"[:40] for n in range(7)},
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("found", [PAIR, EIGHT], ids=["two", "eight"])
def test_a_picture_is_whole_and_inside_its_frame(name: str, found: ComparisonResponse) -> None:
    root = ElementTree.fromstring(drawn(found, name))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    assert (width, root.attrib["role"]) == (WIDTH, "img")
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert all(one.label in (description.text or "") for one in found.plans)
    for text in root.iter(f"{SVG}text"):
        x, wide = float(text.attrib["x"]), len(text.text or "") * 12 * 0.5
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[text.attrib["text-anchor"]]
        assert left >= -1
        assert left + wide <= width + 10, text.text
        assert float(text.attrib["y"]) < height


@pytest.mark.parametrize("name", NAMES)
def test_no_label_turns_into_markup(name: str) -> None:
    drawing = drawn(PAIR, name)
    assert "<script" not in drawing
    assert HOSTILE in "".join(ElementTree.fromstring(drawing).itertext())


def test_every_class_has_a_colour_in_both_schemes() -> None:
    light, dark = STYLE.split("@media (prefers-color-scheme:dark)")
    used = set(" ".join(re.findall(r' class="([^"]*)"', drawn(EIGHT, "all"))).split())
    assert {f"p{n}" for n in range(8)} <= used
    for name in used - {"small", "bold", "title"}:
        assert f".{name}{{" in light
        assert f".{name}{{" in dark


def test_bars_are_as_long_as_their_sets_are_many() -> None:
    root = ElementTree.fromstring(drawn(PAIR, "volume"))
    bars = [(rect.attrib["class"], float(rect.attrib["width"])) for rect in root.iter(f"{SVG}rect")]
    trained = [
        row for row in PAIR.volume if any(one and (one.sets or (one.pursued and one.target)) for one in row.plans)
    ]
    for index in range(2):
        sets = [one.sets for row in trained if (one := row.plans[index]) is not None]
        lengths = [width for name, width in bars if name == f"p{index}"]
        unit = max(lengths) / max(sets)
        assert lengths == pytest.approx([unit * one for one in sets], rel=1e-3, abs=0.1)


def test_the_higher_point_has_the_higher_score() -> None:
    root = ElementTree.fromstring(drawn(PAIR, "score"))
    places = {
        path.attrib["class"]: [float(n) for n in re.findall(r"[-.\d]+", path.attrib["transform"])]
        for path in root.iter(f"{SVG}path")
    }
    metrics = {row.metric: row.values for row in PAIR.metrics}
    assert metrics["score"][0] > metrics["score"][1]
    assert metrics["seconds"][0] > metrics["seconds"][1]
    assert places["p0"][1] < places["p1"][1], "up is less in SVG"
    assert places["p0"][0] > places["p1"][0]


@pytest.mark.parametrize(("low", "high"), [(0, 0), (0, 16), (78.8, 78.9), (5370, 5400), (-3, 101), (0.001, 0.002)])
def test_ticks_hold_the_range_in_a_few_round_steps(low: float, high: float) -> None:
    marks = ticks(low, high)
    assert marks[0] <= low + 1e-9
    assert marks[-1] >= high - 1e-9
    assert 1 <= len(marks) <= 11


def test_no_cell_of_the_table_is_a_formula() -> None:
    first, *_ = table(PAIR).splitlines()
    assert first.startswith("section,id,name,unit,A,\"'=1+1 <script>")
