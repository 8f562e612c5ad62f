"""Weeks to choose from, fronts, and what changes buy, in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.variants.kind import VARIANTS
from service.whatif.kind import WHAT_IFS
from tests.service.web.keeping import kept_answer, kept_week
from tests.service.web.visiting import WORK

if TYPE_CHECKING:
    from tests.service.web.site import Site
    from tests.service.web.visiting import Visitor


def test_different_weeks_can_be_compared(visitor: Visitor, site: Site) -> None:
    study = kept_answer(site, VARIANTS, "variants")
    page = visitor.page
    visitor.go(f"/variants/{study.id}")
    assert page.get_by_role("listitem").filter(has_text="See week").count() == len(study.answer.weeks)
    visitor.check()
    page.get_by_role("button", name="Compare the ticked weeks").click()
    page.get_by_role("heading", name="Weeks side by side").wait_for()


def test_a_front_leads_to_its_weeks(visitor: Visitor, site: Site) -> None:
    study = kept_answer(site, VARIANTS, "front")
    visitor.go(f"/variants/{study.id}")
    visitor.check()
    points = study.answer.front.points
    rows = visitor.page.get_by_role("region", name="Table: weeks of the front").get_by_role("row")
    assert rows.count() == len(points) + 1
    visitor.page.get_by_role("link", name="Week 2:").click()
    visitor.page.wait_for_url(f"**/plans/{points[1].plan}")


def test_a_search_for_weeks_tells_how_far_it_is_and_can_be_stopped(desktop: Visitor, site: Site) -> None:
    plan = site.solved()
    page = desktop.page
    desktop.go(f"/plans/{plan['id']}")
    page.get_by_role("link", name="Other weeks").click()
    desktop.check()
    page.get_by_label("Fewer minutes").uncheck()
    page.get_by_role("button", name="Find the trade-offs").click()
    assert "Goals holds 2 to 3 items" in page.get_by_role("alert").inner_text()
    desktop.expects("422")
    page.get_by_role("button", name="Find different weeks").click()
    page.get_by_role("button", name="Stop").wait_for()
    desktop.check()
    page.get_by_text("so far").wait_for(timeout=WORK)
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("heading", name="Weeks to choose from").wait_for(timeout=WORK)


def test_what_changes_buy_is_ranked_with_what_is_proven(visitor: Visitor, site: Site) -> None:
    week = kept_week(site)
    study = kept_answer(site, WHAT_IFS, "minutes and a day", week.id)
    page = visitor.page
    visitor.go(f"/what-ifs/{study.id}")
    visitor.check()
    told = page.get_by_role("region", name="The most gained first").get_by_role("listitem").all_inner_texts()
    assert [option.says.lower() in text.lower() for option, text in zip(study.answer.options, told, strict=True)]
    page.get_by_role("link", name="Compare with this change, 1").click()
    page.get_by_role("heading", name="Weeks side by side").wait_for()


def test_a_change_is_tried(desktop: Visitor, site: Site) -> None:
    plan = site.solved()
    page = desktop.page
    desktop.go(f"/plans/{plan['id']}")
    page.get_by_role("link", name="What would it buy?").click()
    desktop.check()
    page.get_by_label("10 minutes").uncheck()
    page.get_by_label("On every ladder").uncheck()
    page.get_by_text("One more item of equipment").click()
    page.get_by_label("Pulling blocks").check()
    page.get_by_role("button", name="Try them").click()
    page.get_by_role("heading", name="What each change buys").wait_for(timeout=WORK)
    page.get_by_text("1 change provably without effect").click()
    assert "pulling blocks" in page.locator("main").inner_text()
