"""From the form to the week in the browser, with a key and without, on paper, in light and dark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from service.tenants import service as keys
from service.tenants.keys import Scope
from tests.service.web.keeping import storage
from tests.service.web.site import running
from tests.service.web.visiting import DESKTOP, PHONE, visiting
from tests.service.web.weeks import full_week, pages_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from catalog.catalog import Catalog
    from tests.service.web.site import Site
    from tests.service.web.visiting import Visitor

WEEK = re.compile(r"/plans/[0-9a-f-]{36}$")


def _plan(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Plan my week").click()
    visitor.page.wait_for_url(WEEK)


def test_a_week_is_planned_and_the_search_watched_and_stopped(phone: Visitor) -> None:
    page = phone.page
    phone.go("/")
    page.locator(".more summary").click()
    phone.check()
    page.select_option("#time_limit", "60")
    _plan(phone)
    assert page.locator("h1").inner_text() == "Looking for your best week"
    page.locator("[data-score]").filter(has_text=re.compile("^[0-9]")).wait_for()
    page.wait_for_selector(".closing svg")
    assert str(page.locator(".closing .score").get_attribute("d")).startswith("M")
    phone.check()
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector(".week")
    assert page.locator(".session").count() == 3


def test_a_week_is_planned_again_without_scripts(scriptless: Visitor, site: Site) -> None:
    page = scriptless.page
    scriptless.go(f"/?from={site.solved()['id']}")
    page.fill("#slot-0-minutes", "35")
    page.check("#slot-2-on")
    page.get_by_role("button", name="Another session").first.click()
    page.wait_for_selector("#slot-7-start")
    page.uncheck("#slot-7-on")
    _plan(scriptless)
    # The page of the search renews itself.
    page.wait_for_selector(".week", timeout=40_000)
    assert page.locator(".session h2").all_inner_texts() == ["Monday", "Tuesday", "Thursday"]
    assert "of 35 minutes" in page.locator(".session").first.inner_text()


def test_a_form_is_judged_while_it_is_filled_in(desktop: Visitor) -> None:
    page = desktop.page
    desktop.go("/")
    page.fill("#slot-0-minutes", "5")
    page.fill("#avoid_exercises", "Barbell shrug, barbel hip thrust")
    page.wait_for_selector("#avoid_exercises-fault:visible")
    assert page.locator("#slot-0-minutes-fault").inner_text() == "Minutes is between 10 and 240 minutes, not 5."
    assert page.locator("#slot-0-minutes").get_attribute("aria-invalid") == "true"
    assert page.locator("[data-judged]").inner_text() == "2 fields to look at again."

    page.get_by_role("button", name="Plan my week").click()
    page.wait_for_selector("#faults")
    desktop.expects("422")
    assert page.evaluate("document.activeElement.id") == "faults"
    page.locator("#faults a", has_text="Monday, minutes").click()
    assert page.evaluate("document.activeElement.id") == "slot-0-minutes"
    desktop.check()

    page.fill("#slot-0-minutes", "50")
    page.fill("#avoid_exercises", "Barbell shrug")
    page.wait_for_selector("#faults", state="detached")
    assert page.locator(".fault:visible").count() == 0


def test_presets_tick_their_items(desktop: Visitor) -> None:
    page = desktop.page
    desktop.go("/")
    page.check("input[name=place-0-choice][value=bodyweight]")
    page.click("summary:has-text('Item by item')")
    ticked = page.locator("input[name=place-0-items]:checked")
    assert ticked.evaluate_all("items => items.map(item => item.value)") == ["dowel", "wall"]
    page.check("input[name=place-0-items][value=kettlebell]")
    assert page.locator("input[name=place-0-choice]:checked").get_attribute("value") == "own"


@pytest.mark.parametrize(("sessions", "entries"), [(2, 13), (4, 9), (6, 13), (14, 13)])
def test_a_week_is_one_page_of_paper(
    desktop: Visitor, site: Site, catalog: Catalog, sessions: int, entries: int
) -> None:
    desktop.go(f"/plans/{full_week(site, catalog, sessions=sessions, entries=entries)}/print")
    for paper in ("A4", "Letter"):
        assert pages_of(desktop.page.pdf(format=paper, landscape=True)) == 1
    shown = desktop.page.locator(".sheet li")
    assert shown.count() == sessions * entries


def test_every_other_page_is_fit_for_all(visitor: Visitor, site: Site) -> None:
    plan = site.solved()["id"]
    page = visitor.page
    for path in ("/plans", f"/plans/{plan}/print", f"/plans/{plan}/take"):
        visitor.go(path)
        visitor.check()
    page.get_by_role("button", name=re.compile("Make a (new )?link")).click()
    link = page.locator("#link").input_value()
    visitor.check()
    visitor.go(link.removeprefix(site.url))
    assert page.locator(".session").count() == 2
    visitor.check()


def test_the_theme_is_switched_in_place_kept_and_given_back_to_the_system(desktop: Visitor) -> None:
    page = desktop.page
    page.emulate_media(color_scheme="dark")
    desktop.go("/plans")
    ground = "getComputedStyle(document.body).backgroundColor"
    pressed = page.get_by_role("group", name="Theme").locator("[aria-pressed=true]")

    def choose(theme: str) -> str:
        page.evaluate("document.body.id = 'as-it-was'")
        with page.expect_response("**/theme"):
            page.get_by_role("button", name=f"{theme} theme").press("Enter")
        assert page.locator("#as-it-was").is_visible()
        chosen = str(page.evaluate(ground))
        desktop.go("/plans")
        assert pressed.get_attribute("title") == f"{theme} theme"
        assert page.evaluate(ground) == chosen
        return chosen

    of_the_system = page.evaluate(ground)
    assert pressed.get_attribute("title") == "System theme"
    light = choose("Light")
    assert light != of_the_system
    assert choose("Dark") == of_the_system
    assert choose("System") == of_the_system
    page.emulate_media(color_scheme="light")
    assert page.evaluate(ground) == light


def test_the_theme_is_switched_without_scripts(scriptless: Visitor) -> None:
    scriptless.go("/plans")
    scriptless.page.get_by_role("button", name="Dark theme").click()
    scriptless.page.wait_for_selector("[data-theme=dark]")
    assert scriptless.page.url.endswith("/plans")


def test_dates_are_written_in_the_language_of_the_reader(chromium: Browser, site: Site) -> None:
    path = f"/plans/{site.solved()['id']}"
    for locale, shown in (("fr-FR", "23 novembre 2026"), ("en-US", "November 23, 2026")):
        with visiting(chromium, site.url, DESKTOP, locale=locale) as visitor:
            visitor.go(path)
            assert visitor.page.locator("h1 time").inner_text() == shown


def test_a_key_is_asked_for_once(chromium: Browser, tmp_path: Path) -> None:
    with running(tmp_path, require_keys=True, run_jobs=False) as locked:
        with storage(locked) as session:
            _, token = keys.create(session, tenant="club", scopes=[Scope.PLAN])
        with visiting(chromium, locked.url, PHONE) as visitor:
            page = visitor.page
            page.goto(f"{locked.url}/plans")
            visitor.expects("401")
            visitor.check()
            page.fill("#key", token.shown())
            page.get_by_role("button", name="Go on").click()
            page.wait_for_url("**/plans")
            assert page.locator("h1").inner_text() == "Weeks"
            assert page.evaluate("document.cookie") == ""
            # A link on another site leads in as well, though such a request comes without the cookie.
            page.route("**/elsewhere", lambda route: route.fulfill(body=f'<a href="{locked.url}/plans">Weeks</a>'))
            page.goto(f"{locked.url.replace('127.0.0.1', 'localhost')}/elsewhere")
            page.click("a")
            page.get_by_role("heading", name="Weeks").wait_for()
            visitor.expects("401")
            visitor.expects("/elsewhere")
            # The script that judges forms has the cookie as well.
            visitor.go("/")
            page.fill("#slot-0-minutes", "5")
            page.wait_for_selector("#slot-0-minutes-fault:visible")
