"""Changing a week in the browser: every change is looked at before it is taken, and can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from service.replans.kind import REPLANS
from service.swaps.kind import SWAPS
from tests.service.running import WAITING
from tests.service.web.keeping import kept_answer, kept_week
from tests.service.web.visiting import WORK

if TYPE_CHECKING:
    from playwright.sync_api import Locator

    from tests.service.web.site import Site
    from tests.service.web.visiting import Visitor


def _entries(visitor: Visitor, session: str) -> Locator:
    return visitor.page.get_by_role("region", name=session).get_by_role("listitem")


def test_an_entry_is_locked_another_swapped_and_both_undone(desktop: Visitor, site: Site) -> None:
    plan = site.solved()
    first = plan["week"]["sessions"][0]["entries"][0]["name"]
    last = plan["week"]["sessions"][1]["entries"][-1]["name"]
    page = desktop.page
    desktop.go(f"/plans/{plan['id']}")
    page.get_by_role("link", name="Change this week").click()
    page.get_by_role("button", name=f"Lock {first} on Monday").click()
    page.get_by_role("button", name=f"Unlock {first} on Monday").wait_for()
    assert "locked" in _entries(desktop, "Monday").first.inner_text()
    desktop.check()
    locked = page.url.rsplit("/", 2)[1]
    page.get_by_role("button", name=f"Swap {last} on Thursday").click()
    page.get_by_role("heading", name=f"Instead of {last}").wait_for(timeout=WORK)
    desktop.check()
    page.get_by_role("button", name="See the week").first.click()
    page.get_by_role("heading", name="Take this change?").wait_for()
    desktop.check()
    assert any(last in text for text in page.locator(".changes del").all_inner_texts())
    page.get_by_role("button", name="Take the new week").click()
    page.get_by_role("heading", name="Your week").wait_for()
    assert last not in page.get_by_role("region", name="Thursday").inner_text()
    # Each step goes back to where it came from; the week that was asked for came from nowhere.
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(f"**/plans/{locked}")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(f"**/plans/{plan['id']}")
    assert page.get_by_role("button", name="Undo").count() == 0


def test_a_removed_exercise_stays_out_until_it_is_allowed_again(desktop: Visitor, site: Site) -> None:
    plan = site.solved()
    entry = plan["week"]["sessions"][0]["entries"][-1]
    page = desktop.page
    desktop.go(f"/plans/{plan['id']}/change")
    page.locator("summary", has_text=f"Remove {entry['name']} on Monday").click()
    page.get_by_role("button", name=f"Remove {entry['name']} from Monday").click()
    page.get_by_role("button", name="Take the new week").click(timeout=WORK)
    page.get_by_role("link", name="Change this week").click()
    assert entry["name"] not in _entries(desktop, "Monday").all_inner_texts()
    desktop.check()
    changed = page.url.rsplit("/", 2)[1]
    pins = site.client.get(f"/v1/plans/{changed}").json()["request"]["pins"]
    assert pins == [{"slot": "mon", "exercise": entry["exercise"], "sets": 0}]
    page.get_by_role("button", name=f"Allow again {entry['name']} on Monday").click()
    page.wait_for_url("**/replans/*")
    asked = site.client.post(f"/v1{page.url.removeprefix(site.url)}/cancel").json()
    assert asked["request"]["pins"] == []


def test_a_missed_session_is_looked_at_and_left(desktop: Visitor, site: Site) -> None:
    plan = site.solved()
    page = desktop.page
    desktop.go(f"/plans/{plan['id']}/change")
    page.get_by_text("Move or missed on Monday").click()
    page.get_by_role("button", name="Missed on Monday").click()
    page.get_by_role("heading", name="Take this change?").wait_for(timeout=WORK)
    assert "Not done" in page.get_by_role("region", name="Monday").inner_text()
    desktop.check()
    page.get_by_role("link", name="Keep your week").click()
    page.wait_for_url(f"**/plans/{plan['id']}/change")


def test_a_session_is_moved_with_scripts_off(scriptless: Visitor, site: Site) -> None:
    plan = site.solved()
    page = scriptless.page
    scriptless.go(f"/plans/{plan['id']}/change")
    page.get_by_text("Move or missed on Thursday").click()
    page.get_by_role("button", name="Move the session of Thursday").click()
    scriptless.expects("422")
    assert "Say what is new" in page.get_by_role("alert").inner_text()
    page.get_by_text("Move or missed on Thursday").click()
    page.locator("#thu-day").select_option("saturday")
    page.get_by_role("button", name="Move the session of Thursday").click()
    page.get_by_role("button", name="Take the new week").click(timeout=WORK)
    assert page.get_by_role("heading", name="Saturday").count() == 1
    scriptless.no_faults()


def test_the_reasons_of_a_replan_and_what_a_swap_drags_along_are_told(visitor: Visitor, site: Site) -> None:
    week = kept_week(site)
    visitor.go(f"/replans/{kept_answer(site, REPLANS, 'missed', week.id).id}")
    visitor.page.get_by_text("Why").first.click()
    assert "No hinge drill comes before Rack pull" in visitor.page.get_by_role("region", name="Monday").inner_text()
    visitor.check()
    visitor.go(f"/swaps/{kept_answer(site, SWAPS, 'with repairs', week.id).id}")
    assert "None keeps every rule" in visitor.page.get_by_role("region", name="All else can stay").inner_text()
    visitor.page.get_by_text("What else changes").first.click()
    visitor.check()
    visitor.go(f"/plans/{week.id}/change")
    visitor.page.locator("summary", has_text="Move or missed on Monday").click()
    visitor.page.locator("summary", has_text="Remove Leg extension on Monday").click()
    visitor.check()


def test_calendars_follow_what_is_taken_and_not_what_is_looked_at(site: Site) -> None:
    """Looked at by HTTP alone: a calendar is read by an application."""
    base, other = kept_week(site), kept_week(site)
    assert other.week is not None
    sessions = [other.week.sessions[0], other.week.sessions[1].model_copy(update={"start": "07:15"})]
    moved = kept_week(site, week=other.week.model_copy(update={"sessions": sessions}))
    client = httpx.Client(base_url=site.url, follow_redirects=False)
    calendar = site.client.post(f"/v1/plans/{base.id}/calendar").json()["address"]
    asked = {"missed": ["mon"], "propose": True, "solve": {"time_limit_seconds": 20, "gap": 0.5}}
    assert site.client.post(f"/v1/plans/{base.id}/replan", json=asked, headers=WAITING).json()["answer"]["plan"]
    before = client.get(calendar).text
    assert "T071500" not in before
    for _ in range(2):
        taken = client.post(f"/plans/{base.id}/change/take", data={"plan": moved.id})
        assert (taken.status_code, taken.headers["location"]) == (303, f"/plans/{moved.id}")
        assert "T071500" in client.get(calendar).text
        undone = client.post(f"/plans/{moved.id}/change/undo")
        assert (undone.status_code, undone.headers["location"]) == (303, f"/plans/{base.id}")
        assert "T180000" in client.get(calendar).text
        assert "T071500" not in client.get(calendar).text
    assert client.post(f"/plans/{moved.id}/change/undo").status_code == 404


def test_all_but_the_locked_is_planned_anew(site: Site) -> None:
    entry = site.solved()["week"]["sessions"][0]["entries"][0]
    lock = {"slot": "mon", "exercise": entry["exercise"], "sets": entry["sets"]}
    with httpx.Client(base_url=site.url, timeout=100) as client:
        plan = site.solved()["id"]
        locked = client.post(f"/plans/{plan}/change/lock", data=lock).headers["location"].split("/")[2]
        study = client.post(f"/plans/{locked}/change/anew").headers["location"]
        client.post(f"{study}/cancel")
        asked = client.get(f"/v1{study}").json()
    assert (asked["plan"], asked["request"]) == (locked, {"propose": True, "prefer": "best_week"})
    assert site.client.get(f"/v1/plans/{locked}").json()["request"]["pins"] == [lock]
