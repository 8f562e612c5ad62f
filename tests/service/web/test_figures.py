"""The figures of a week in the browser: every number leads to its entries, by pointing, by keys and without scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.service.web.site import Site
    from tests.service.web.visiting import Visitor

MUSCLE = "latissimus_dorsi"


def _lit(page: Page) -> list[str]:
    return [str(element.get_attribute("id")) for element in page.locator(".is-source").all()]


def test_the_week_with_its_figures_is_fit_for_all(visitor: Visitor, site: Site) -> None:
    visitor.go(f"/plans/{site.solved()['id']}")
    visitor.page.locator(".others summary").click()
    visitor.check()


def test_a_muscle_pointed_at_shows_its_entries(desktop: Visitor, site: Site) -> None:
    desktop.go(f"/plans/{site.solved()['id']}")
    page = desktop.page
    muscle = page.locator(f".muscle-map .muscle[data-muscle={MUSCLE}]")
    wanted = str(muscle.get_attribute("data-entries")).split()
    assert wanted
    muscle.scroll_into_view_if_needed()
    box = muscle.bounding_box()
    assert box is not None
    for side in (0.2, 0.8):
        page.mouse.move(0, 0)
        assert _lit(page) == []
        page.mouse.move(box["x"] + side * box["width"], box["y"] + box["height"] / 3)
        assert _lit(page) == wanted
    card = page.locator(".trace-card")
    assert card.locator("li").count() == len(wanted)
    assert card.locator("p").inner_text().startswith("Latissimus dorsi")
    page.keyboard.press("Escape")
    assert not card.is_visible()
    assert _lit(page) == []


def test_a_number_that_has_the_focus_shows_its_entries_and_opens(desktop: Visitor, site: Site) -> None:
    desktop.go(f"/plans/{site.solved()['id']}")
    page = desktop.page
    number = page.locator(f"tr[data-muscle={MUSCLE}] summary")
    number.focus()
    assert _lit(page) == str(number.get_attribute("data-entries")).split()
    assert page.locator(".trace-card").is_visible()
    page.keyboard.press("Enter")
    entry = page.locator(f"tr[data-muscle={MUSCLE}] .traced li a").first
    entry.click()
    assert page.url.endswith(str(entry.get_attribute("href")))
    assert page.locator(str(entry.get_attribute("href"))).is_visible()


def test_minutes_and_rules_lead_to_their_entries(desktop: Visitor, site: Site) -> None:
    plan = site.solved()
    desktop.go(f"/plans/{plan['id']}")
    page = desktop.page
    page.locator("#s0 .minutes summary").focus()
    assert _lit(page) == [f"s0e{position}" for position in range(len(plan["week"]["sessions"][0]["entries"]))]
    rule = page.get_by_role("region", name="Certificate").locator("#rule-balance\\.upper_pull_push a")
    rule.focus()
    told = page.locator(".trace-card li").all_inner_texts()
    assert sorted(told) == sorted(
        f"{session['day'].capitalize()}: {entry['name']}"
        for session in plan["week"]["sessions"]
        for entry in session["entries"]
        if f"s{plan['week']['sessions'].index(session)}e{session['entries'].index(entry)}" in _lit(page)
    )
    assert told
    rule.click()
    assert page.locator("#gauge-balance\\.upper_pull_push").is_visible()


def test_without_scripts_a_number_opens_into_its_entries(scriptless: Visitor, site: Site) -> None:
    scriptless.go(f"/plans/{site.solved()['id']}")
    row = scriptless.page.locator(f"tr[data-muscle={MUSCLE}]")
    assert not row.locator("li").first.is_visible()
    row.locator("summary").click()
    assert row.locator("li").first.is_visible()


def test_a_muscle_clicked_in_the_form_is_asked_for_before_others(desktop: Visitor) -> None:
    desktop.go("/")
    page = desktop.page
    calves = page.locator(".picker .muscle[data-muscle=calves]")
    assert page.locator("#priority-calves").input_value() == ""
    calves.first.dispatch_event("click")
    assert page.locator("#priority-calves").input_value() == "2"
    assert page.locator(".picked").inner_text() == "Calves: before others"
    for piece in calves.all():
        assert "priority-2" in str(piece.get_attribute("class")).split()
    page.get_by_text("Muscle by muscle").click()
    page.get_by_label("Calves").select_option("0")
    assert "priority-0" in str(calves.first.get_attribute("class")).split()
