"""A finished plan as Markdown, page and calendar: whole, dated right, and never markup by accident."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from service.calendars.diary import diary_of
from service.calendars.ical import written
from service.plans.examples import answer_examples
from service.plans.formats.html import POLICY, html
from service.plans.formats.markdown import markdown
from service.plans.formats.report import report
from service.plans.repository import PlanRepository
from service.plans.schemas import PlanResponse
from tests.service.tenants.asking import sessions_of

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from tests.service.running import Service


def calendar(answer: PlanResponse, catalog: Catalog) -> str | None:
    diary = diary_of(answer, catalog)
    return None if diary is None else written(diary)


MEDIA = ("application/json", "text/markdown", "text/html", "text/calendar")


def _example(name: str = "week", **changes: Any) -> PlanResponse:
    return PlanResponse.model_validate_json(json.dumps({**answer_examples()[name]["value"], **changes}))


def _placed_at(place: str) -> PlanResponse:
    """The example week with another name for its place, which only a caller could have given."""
    week: Any = json.loads(json.dumps(answer_examples()["week"]["value"]["week"]))
    for session in week["sessions"]:
        session["place"] = place
    return _example(week=week)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.rows = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.rows += tag == "tr"

    def handle_data(self, data: str) -> None:
        self.text += data


def test_markdown_and_page_hold_every_entry_rule_and_muscle(catalog: Catalog) -> None:
    answer = _example()
    assert answer.week is not None
    page = _Page()
    page.feed(html(report(answer, catalog), "Training week"))
    written = markdown(report(answer, catalog))
    entries = [entry for session in answer.week.sessions for entry in session.entries]
    assert answer.score is not None
    score = f"Score {answer.score.value:.2f} of at most {answer.score.bound:.2f}, gap {100 * answer.score.gap:.1f} %"
    for text in (page.text, written):
        assert all(entry.name in text for entry in entries)
        assert all(line.title in text for line in answer.certificate)
        assert score in text
    tables = len(answer.week.sessions) + 2
    assert page.rows == tables + len(entries) + len(answer.certificate) + len(answer.volume)
    columns = {line.count(" | ") for line in written.splitlines() if line.startswith("| 1 ")}
    assert columns == {7}


def test_a_conflict_is_told_with_what_would_help(catalog: Catalog) -> None:
    answer = _example("conflict")
    written = markdown(report(answer, catalog))
    assert "No week keeps every rule." in written
    assert "Calves must get at least 12 sets a week" in written
    assert written.count("\n- ") == len(answer.conflict or []) + len(answer.suggestions)


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "a|b", "*x*", "[x](javascript:1)", "`", "&amp;", '" onload="x', "a\n# b"]
)
def test_names_of_a_caller_stay_text(catalog: Catalog, name: str) -> None:
    answer = _placed_at(name)
    page = _Page()
    page.feed(html(report(answer, catalog), "Training week"))
    shown = " ".join(page.text.split())
    assert " ".join(name.split()) in shown
    assert "script" not in page.tags
    assert not [attribute for attribute, _ in page.attributes if attribute.startswith("on")]
    written = markdown(report(answer, catalog))
    heading = next(line for line in written.splitlines() if line.startswith("## Monday"))
    raw = re.sub(r"\\(.)", r"\1", heading)
    assert raw.endswith(f", {' '.join(name.split())}")
    assert not re.search(r"(?<!\\)[<|*`\[]", heading)


def test_a_calendar_has_every_session_at_its_time(catalog: Catalog) -> None:
    answer = _example()
    assert answer.week is not None
    text = calendar(answer, catalog)
    assert text is not None
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    read = Calendar.from_ical(text)
    events = list(read.walk("VEVENT"))
    assert len(events) == len(answer.week.sessions)
    for event, session in zip(events, answer.week.sessions, strict=True):
        assert session.starts_at is not None
        start: datetime = event.decoded("dtstart")
        assert start == datetime.fromisoformat(session.starts_at)
        assert start.tzinfo is not None
        assert str(event["dtstart"].params["TZID"]) == "Europe/London"
        assert event.decoded("duration") == timedelta(seconds=session.seconds)
        assert event["rrule"]["FREQ"] == ["WEEKLY"]
        assert all(entry.name in str(event["description"]) for entry in session.entries)
    assert len({str(event["uid"]) for event in events}) == len(events)
    assert [str(zone["tzid"]) for zone in read.walk("VTIMEZONE")] == ["Europe/London"]


def test_a_session_keeps_its_hour_when_the_clocks_change(catalog: Catalog) -> None:
    """18:00 in London is 18:00 UTC in winter and 17:00 UTC in summer; the event is at 18:00 local time all the year."""
    text = calendar(_example(), catalog)
    assert text is not None
    first = next(iter(Calendar.from_ical(text).walk("VEVENT"))).decoded("dtstart")
    zone = ZoneInfo("Europe/London")
    later = (first.replace(tzinfo=None) + timedelta(weeks=26)).replace(tzinfo=zone)
    assert (first.hour, later.hour) == (18, 18)
    assert first.utcoffset() != later.utcoffset()


def test_no_dates_no_calendar(catalog: Catalog) -> None:
    week: Any = json.loads(json.dumps(answer_examples()["week"]["value"]["week"]))
    for session in week["sessions"]:
        session["starts_at"] = None
    assert calendar(_example(week=week), catalog) is None
    assert calendar(_example("conflict"), catalog) is None


def _kept(service: Service, answer: PlanResponse) -> str:
    with sessions_of(service).begin() as session:
        PlanRepository(session).add(answer, datetime.fromisoformat(answer.created_at), tenant="local")
    return f"/v1/plans/{answer.id}"


@pytest.mark.parametrize("media", MEDIA)
def test_the_format_is_what_the_reader_likes_best(service: Service, media: str) -> None:
    plan = _kept(service, _example())
    others = ", ".join(f"{other};q=0.{number + 1}" for number, other in enumerate(MEDIA) if other != media)
    response = service.get(plan, headers={"Accept": f"{others}, {media}"})
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == media
    assert "Accept" in response.headers["vary"]
    if media == "text/html":
        assert response.headers["content-security-policy"] == POLICY
        assert "'unsafe" not in POLICY


def test_without_a_wish_it_is_json(service: Service) -> None:
    plan = _kept(service, _example())
    assert service.get(plan).headers["content-type"] == "application/json"
    assert service.get(plan, headers={"Accept": "*/*"}).headers["content-type"] == "application/json"


@pytest.mark.parametrize("accept", ["image/png", "text/plain, image/*", "application/json;q=0"])
def test_a_format_that_is_not_offered_is_refused(service: Service, accept: str) -> None:
    refused = service.get(_kept(service, _example()), headers={"accept": accept})
    assert refused.status_code == 406
    assert refused.headers["content-type"] == "application/problem+json"
    assert all(media in refused.json()["detail"] for media in MEDIA)


def test_before_it_is_finished_there_is_only_json(service: Service) -> None:
    plan = service.post("/v1/plans", json={}).headers["location"]
    refused = service.get(plan, headers={"Accept": "text/markdown"})
    assert refused.status_code == 409
    assert refused.json()["type"] == "/problems/not-finished"
    assert service.get(plan, headers={"Accept": "text/markdown;q=0.5, application/json"}).status_code == 200


def test_a_conflict_has_no_calendar(service: Service) -> None:
    refused = service.get(_kept(service, _example("conflict")), headers={"Accept": "text/calendar"})
    assert refused.status_code == 406
    assert "week.starts_on" in refused.json()["detail"]
