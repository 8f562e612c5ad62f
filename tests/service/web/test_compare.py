"""Weeks side by side in the browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.service.web.keeping import kept_week

if TYPE_CHECKING:
    from tests.service.web.site import Site
    from tests.service.web.visiting import Visitor


def test_weeks_are_picked_and_held_against_one_another(visitor: Visitor, site: Site) -> None:
    weeks = [kept_week(site).id, kept_week(site).id]
    page = visitor.page
    visitor.go(f"/compare?plans={weeks[0]}")
    visitor.check()
    page.locator(f"input[value='{weeks[1]}']").check()
    page.get_by_role("button", name="Compare").click()
    page.get_by_role("heading", name="Weeks side by side").wait_for()
    visitor.check()
    assert "B scores" in page.get_by_role("region", name=re.compile("^B ")).inner_text()
    page.get_by_role("link", name="Hold against B").click()
    assert "A scores" in page.get_by_role("region", name=re.compile("^A ")).inner_text()


def test_each_week_has_its_figure_shaded_as_on_its_own_page(desktop: Visitor, site: Site) -> None:
    weeks = [kept_week(site).id, str(site.solved()["id"])]
    page = desktop.page
    shades = "all => all.map(one => [one.dataset.muscle, one.getAttribute('class')])"
    alone = []
    for week in weeks:
        desktop.go(f"/plans/{week}")
        alone.append(page.locator(".body .muscle").evaluate_all(shades))
    desktop.go(f"/compare?plans={','.join(weeks)}")
    figures = page.locator(".body-compared")
    assert [figures.nth(n).locator(".muscle").evaluate_all(shades) for n in range(2)] == alone
    assert alone[0] != alone[1]
    glutes = figures.nth(0).locator("[data-muscle=glutes]")
    glutes.scroll_into_view_if_needed()
    box = glutes.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 4, box["y"] + box["height"] / 2)
    lit = page.locator(".is-lit").evaluate_all("all => all.map(one => one.dataset.muscle + ' ' + one.tagName)")
    assert lit == ["glutes use", "glutes use", "glutes TR"]


def test_it_is_whole_with_scripts_off(scriptless: Visitor, site: Site) -> None:
    weeks = [kept_week(site).id, site.solved()["id"]]
    scriptless.go(f"/compare?plans={','.join(weeks)}")
    text = scriptless.page.locator("main").inner_text()
    for words in ("Not like for like", "Score", "Upper body: pull to push", "Glutes"):
        assert words in text
    assert "Kettlebell swing" in (scriptless.page.locator("details", has_text="What differs").text_content() or "")


def test_five_weeks_are_too_many_for_a_page(desktop: Visitor) -> None:
    desktop.page.goto(f"{desktop.base}/compare?plans=a,b,c,d,e")
    desktop.expects("422")
    assert "At most 4 plans stand side by side" in desktop.page.locator("main").inner_text()
