"""Taking a week along: its link, its calendar, its files, and the pages of a plan in each of its states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from service.plans.jobs import PlanWork
from service.plans.schemas.response import OriginResponse
from service.web.history import COOKIE
from service.web.pages.plans import ON_A_PAGE
from tests.service.studies.keeping import kept_week, kept_without_a_week

if TYPE_CHECKING:
    from tests.service.running import Service

SENT = {"": ""}


def _told(markup: str, field: str) -> str | None:
    found = re.search(rf'<input id="{field}" value="http://localhost([^"]+)"', markup)
    return None if found is None else found[1]


def test_a_link_shows_the_week_until_it_is_taken_back(service: Service) -> None:
    week = kept_week(service)
    assert week.week is not None
    take = f"/plans/{week.id}/take"
    assert "Make a link" in service.get(take).text

    made = service.post(f"/plans/{week.id}/link", data=SENT)
    link = _told(made.text, "link")
    assert link is not None
    shown = service.get(link)
    assert shown.status_code == 200
    assert week.week.sessions[0].entries[0].name in shown.text
    assert week.id not in shown.text
    assert shown.headers["x-robots-tag"] == "noindex"
    assert service.get(f"{link}/print").status_code == 200
    # Told once, and not to be found in the database.
    assert _told(service.get(take).text, "link") is None
    with service.app.state.parts.sessions() as session:
        kept = session.execute(text("SELECT * FROM plan_links")).one()
    assert link.rpartition("/")[2] not in str(kept)

    renewed = _told(service.post(f"/plans/{week.id}/link", data=SENT).text, "link")
    assert renewed not in (None, link)
    assert service.get(link).status_code == 404
    assert service.get(str(renewed)).status_code == 200
    service.post(f"/plans/{week.id}/link/end", data=SENT)
    assert service.get(str(renewed)).status_code == 404


def test_a_link_is_made_and_taken_back_over_the_api(service: Service) -> None:
    week, url = kept_week(service), "/v1/plans/{}/link"
    made = service.post(url.format(week.id), headers={"Idempotency-Key": "share"})
    assert made.status_code == 201
    told = made.json()
    assert (told["plan"], told["address"]) == (week.id, made.headers["location"])
    assert service.get(told["address"]).status_code == 200
    assert service.post(url.format(week.id), headers={"Idempotency-Key": "share"}).json() == told
    assert "Make a new link" in service.get(f"/plans/{week.id}/take").text
    assert service.request("DELETE", url.format(week.id)).status_code == 204
    assert service.get(told["address"]).status_code == 404
    assert service.request("DELETE", url.format(week.id)).status_code == 404
    again, once_more = (service.post(url.format(week.id), headers={"Idempotency-Key": "share"}) for _ in range(2))
    assert again.json()["address"] != told["address"]
    assert again.json() == once_more.json()
    assert service.get(again.json()["address"]).status_code == 200
    for status in ("infeasible", "queued"):
        assert service.post(url.format(kept_without_a_week(service, status))).status_code == 409
    other = kept_week(service, tenant="other").id
    assert (
        service.post(url.format(other)).status_code == service.request("DELETE", url.format(other)).status_code == 404
    )


def test_a_link_goes_with_its_plan(service: Service) -> None:
    week = kept_week(service)
    link = _told(service.post(f"/plans/{week.id}/link", data=SENT).text, "link")
    parts = service.app.state.parts
    with parts.sessions.begin() as session:
        PlanWork(parts.catalog, parts.sessions).forget(session, [week.id])
    with parts.sessions() as session:
        assert session.execute(text("SELECT count(*) FROM plan_links")).scalar_one() == 0
    assert service.get(str(link)).status_code == 404


def test_nobody_links_the_plans_of_others(service: Service) -> None:
    theirs = kept_week(service, "gym-a").id
    for path in ("", "/print", "/take", "/week.ics", "/week.md", "/events"):
        assert service.get(f"/plans/{theirs}{path}").status_code == 404, path
    for path in ("/link", "/calendar", "/calendar/end", "/cancel"):
        assert service.post(f"/plans/{theirs}{path}", data=SENT).status_code == 404, path
    assert service.get("/shared/" + 43 * "A").status_code == 404


def test_a_calendar_is_subscribed_to_and_ended(service: Service) -> None:
    week = kept_week(service)
    made = service.post(f"/plans/{week.id}/calendar", data=SENT)
    address = _told(made.text, "calendar")
    assert address is not None
    assert f'href="webcal://localhost{address}"' in made.text
    assert service.get(address).text.startswith("BEGIN:VCALENDAR")
    assert service.post(f"/plans/{week.id}/calendar/end", data=SENT).status_code == 303
    assert service.get(address).status_code == 404


@pytest.mark.parametrize(("name", "begins"), [("week.ics", "BEGIN:VCALENDAR"), ("week.md", "# Training week")])
def test_a_week_is_a_file(name: str, begins: str, service: Service) -> None:
    answer = service.get(f"/plans/{kept_week(service).id}/{name}")
    assert answer.text.startswith(begins)
    assert answer.headers["content-disposition"].startswith("attachment; filename=")


def test_weeks_are_listed_page_by_page(service: Service) -> None:
    ids = [kept_week(service).id for _ in range(ON_A_PAGE)]
    kept_week(service, "gym-a")
    stuck = kept_without_a_week(service, "infeasible")
    newest = service.get("/plans").text
    shown = re.findall(r'href="/plans/([0-9a-f-]{36})"', newest)
    assert shown == [stuck, *reversed(ids[1:])]
    assert "no week keeps every rule" in newest
    older = service.get(f"/plans?before={shown[-1]}").text
    assert re.findall(r'href="/plans/([0-9a-f-]{36})"', older) == [ids[0]]
    assert "Earlier weeks" not in older


def _listed(service: Service, steps: str) -> set[str]:
    shown = service.get("/plans", headers={"Cookie": f"{COOKIE}={steps}"}).text
    return set(re.findall(r'href="/plans/([0-9a-f-]{36})"', shown))


def _kept(service: Service, plan: str, steps: str) -> str:
    """The steps of a visitor who has kept a plan."""
    answer = service.post(f"/plans/{plan}/keep", data=SENT, headers={"Cookie": f"{COOKIE}={steps}"})
    service.client.cookies.clear()
    return answer.cookies[COOKIE]


def test_a_week_of_which_nobody_knows_how_it_came_to_be_can_be_kept(service: Service) -> None:
    old = kept_week(service, origin=None).id
    assert _listed(service, "") == set()
    assert "Keep this week" in service.get(f"/plans/{old}").text
    assert _listed(service, _kept(service, old, "")) == {old}


def test_a_week_that_was_replaced_is_kept_with_its_step_back(service: Service) -> None:
    """From the first to the second, from that to the third, and then the second is kept as well."""
    first, second, third = (
        kept_week(service, origin=OriginResponse(kind=kind, plan=None, question=None)).id
        for kind in ("asked", "replan", "swap")
    )
    steps = f"{second}~{first}.{third}~{second}"
    assert _listed(service, steps) == {first, third}
    assert "Keep this week" in service.get(f"/plans/{second}", headers={"Cookie": f"{COOKIE}={steps}"}).text
    kept = _kept(service, second, steps)
    assert _listed(service, kept) == {first, second, third}
    shown = service.get(f"/plans/{second}", headers={"Cookie": f"{COOKIE}={kept}"}).text
    assert "Keep this week" not in shown
    assert f"/plans/{second}/change/undo" in shown


def test_a_search_under_way_has_its_page(service: Service) -> None:
    asked = service.post("/", data={"base": "{}"}).headers["location"]
    waiting = service.get(asked).text
    assert "Waiting for its turn" in waiting
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in waiting
    assert service.post(f"{asked}/cancel", data=SENT).headers["location"] == asked
    assert "The search was stopped" in service.get(asked).text
    assert service.get(f"{asked}/print").status_code == 409


@pytest.mark.parametrize(
    ("status", "title"),
    [
        ("infeasible", "No week keeps every rule"),
        ("timed_out", "Time ran out"),
        ("cancelled", "The search was stopped"),
        ("failed", "The search failed"),
    ],
)
def test_without_a_week_the_page_says_so(status: str, title: str, service: Service) -> None:
    answer = service.get(f"/plans/{kept_without_a_week(service, status)}")
    assert answer.status_code == 200
    assert f"<h1>{title}</h1>" in answer.text
