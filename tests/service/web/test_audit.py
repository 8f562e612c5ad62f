"""Auditing a programme in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.service.web.visiting import WORK

if TYPE_CHECKING:
    from tests.service.web.site import Site
    from tests.service.web.visiting import Visitor


def test_the_mistakes_of_a_pasted_week_are_found(visitor: Visitor, site: Site) -> None:
    page = visitor.page
    visitor.go("/audit")
    visitor.check()
    page.get_by_label("Your week").fill("Mon: bench press 4x8, rows 3x10\nThu: squat 5x5, <b>shrugs</b> 3x10")
    page.get_by_role("button", name="Find the mistakes").click()
    page.get_by_role("heading", name="What your programme does").wait_for()
    visitor.check()
    answer = site.client.post("/v1/audits", json={"programme": {"text": page.get_by_label("Your week").input_value()}})
    assert page.locator(".audit-mistake.made").count() == len(answer.json()["summary"]["made"])
    assert "rows" in page.get_by_role("region", name="Not understood, and not counted").inner_text()


def test_an_empty_programme_is_told_at_the_form(desktop: Visitor) -> None:
    desktop.go("/audit")
    desktop.page.get_by_label("Your week").fill("nothing that anybody trains")
    desktop.page.get_by_role("button", name="Find the mistakes").click()
    assert "No exercise" in desktop.page.get_by_role("alert").inner_text()
    desktop.expects("422")
    desktop.check()


def test_a_week_is_mended_and_kept_with_scripts_off(scriptless: Visitor, site: Site) -> None:
    page = scriptless.page
    scriptless.go("/audit")
    page.get_by_label("Your week").fill("Mon: push-up 3x10, band row 3x10")
    page.get_by_label("Equipment").select_option("bands_only")
    page.get_by_role("button", name="Find the mistakes").click()
    page.get_by_role("button", name="Mend my week").click()
    mended = page.get_by_role("region", name="Mended")
    mended.wait_for(timeout=WORK)
    assert "keeps every rule" in mended.inner_text()
    assert mended.locator(".changes li").count() > 3
    page.get_by_role("button", name="Keep this week").click()
    page.get_by_role("heading", name="Your week").wait_for()
    kept = site.client.get(f"/v1/plans/{page.url.rpartition('/')[2]}").json()
    assert kept["origin"]["kind"] == "audit"
    assert all(line["holds"] for line in kept["certificate"])
    assert kept["week"]["sessions"][0]["starts_at"] is not None
    assert kept["request"]["places"] == [{"id": "place", "equipment": "bands_only"}]
    for door in ("change", "print", "take"):
        scriptless.go(f"/plans/{kept['id']}/{door}")
    scriptless.go("/plans")
    assert page.locator(".plans li").first.locator(".tag").inner_text() == "from an audit"
