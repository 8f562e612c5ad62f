"""Around every page: keys, forms from other sites, theme, locale, headers, styles and scripts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from service.app import create_app
from service.tenants import service as keys
from service.tenants.keys import Scope
from service.web.entry import own_address
from service.web.locale import locale_of
from service.web.packing import takes_gzip
from tests.service.running import in_process
from tests.service.studies.keeping import kept_week

if TYPE_CHECKING:
    from collections.abc import Iterator

    from service.settings import Settings
    from tests.service.running import Service

FORM = {"base": "{}"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Origin": "http://elsewhere"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 303),
    ],
)
def test_forms_of_other_sites_are_refused(service: Service, headers: dict[str, str], status: int) -> None:
    answer = service.post("/", data=FORM, headers=headers)
    assert answer.status_code == status
    assert service.stored() == (status == 303)


def test_pages_run_nothing_but_our_own_files(service: Service) -> None:
    answer = service.get("/")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|https?://", answer.text)
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', answer.text):
        file = service.get(address)
        assert file.status_code == 200
        assert "immutable" in file.headers["cache-control"]
        assert service.get(re.sub("page/[0-9a-f]+/", "page/old/", address)).headers["cache-control"] == "no-cache"


def test_what_is_wrong_is_told_on_a_page(service: Service) -> None:
    answer = service.get("/plans/none")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert "There is no plan at this address." in answer.text


def test_a_browser_gets_a_page_also_where_there_is_nothing(service: Service) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = service.get("/nowhere", headers={"Accept": browser})
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "There is nothing at /nowhere." in answer.text
    assert service.get("/nowhere").headers["content-type"] == "application/problem+json"


def test_words_of_a_form_stay_words(service: Service) -> None:
    nasty = '"><script>alert(1)</script>'
    sent = {"base": "{}", "slot-0-on": "yes", "slot-0-day": nasty, "place-0-id": nasty, "timezone": nasty}
    answer = service.post("/", data=sent)
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


def test_the_theme_is_kept_until_it_is_the_systems_again(service: Service) -> None:
    chosen = service.post("/theme", data={"theme": "dark", "back": "/plans?before=1"})
    assert (chosen.status_code, chosen.headers["location"]) == (303, "/plans?before=1")
    cookie = chosen.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict"} <= set(cookie.split("; "))
    assert '<html lang="en" data-theme="dark">' in service.get("/", headers={"Cookie": cookie.split(";")[0]}).text
    for word in ("system", "no such theme"):
        again = service.post("/theme", data={"theme": word}).headers["set-cookie"]
        assert "Max-Age=0" in again.split("; ")
    assert '<html lang="en" data-theme="system">' in service.get("/").text


@pytest.mark.parametrize("address", ["https://elsewhere/", "//elsewhere", "/\\elsewhere", "elsewhere", "", "/a\r\nb"])
def test_nobody_is_sent_elsewhere(address: str) -> None:
    assert own_address(address) == "/"


@pytest.mark.parametrize(
    ("header", "day", "clock"),
    [
        ("", "23 November 2026", "18:00"),
        ("de-DE,en;q=0.5", "23 November 2026", "18:00"),
        ("fr;q=0.2, en-US;q=0.9", "November 23, 2026", "6:00 pm"),
        ("en-AU", "23 November 2026", "6:00 pm"),
        ("*, <b>;q=x", "23 November 2026", "18:00"),
    ],
)
def test_dates_are_written_by_the_locale(header: str, day: str, clock: str) -> None:
    locale = locale_of(header)
    assert locale.date("2026-11-23T18:00:00+00:00") == day
    assert locale.clock("18:00") == clock


@pytest.fixture
def locked(settings: Settings, database: Path) -> Iterator[Service]:
    """A service that asks for keys."""
    with in_process(create_app(replace(settings, run_jobs=False, require_keys=True)), database) as running:
        yield running


def test_a_key_is_given_once(locked: Service) -> None:
    with locked.app.state.parts.sessions.begin() as session:
        _, planner = keys.create(session, tenant="club", scopes=[Scope.PLAN])
        _, reader = keys.create(session, tenant="club", scopes=[Scope.READ])
    asked = locked.get("/plans")
    assert asked.status_code == 401
    assert 'name="key"' in asked.text
    assert '<input type="hidden" name="back" value="/plans">' in asked.text

    wrong = locked.post("/key", data={"key": "cpk_no", "back": "/plans"})
    assert wrong.status_code == 401
    assert "unknown, revoked or expired" in wrong.text
    assert "set-cookie" not in wrong.headers

    given = locked.post("/key", data={"key": planner.shown(), "back": "/plans"})
    assert (given.status_code, given.headers["location"]) == (303, "/plans")
    assert {"HttpOnly", "SameSite=strict"} <= set(given.headers["set-cookie"].split("; "))
    assert locked.get("/plans").status_code == 200
    assert locked.post("/", data=FORM).status_code == 303

    locked.post("/key/forget", data={"": ""})
    assert locked.get("/plans").status_code == 401
    locked.post("/key", data={"key": reader.shown()})
    assert locked.get("/plans").status_code == 200
    assert locked.post("/", data=FORM).status_code == 403


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, GZIP;q=0.5", True),
        ("gzip;q=0", False),
        ("br, gzip; q=0.000", False),
        ("identity", False),
        ("", False),
    ],
)
def test_only_who_takes_gzip_gets_it(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) == takes


def test_pages_and_files_are_packed_and_say_the_same(service: Service) -> None:
    address = re.findall(r'href="(/static/[^"]+css)"', service.get("/").text)[0]
    for path in ("/", address):
        packed = service.get(path, headers={"Accept-Encoding": "gzip"})
        plain = service.get(path, headers={"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert "Accept-Encoding" in plain.headers["vary"]
        assert packed.text == plain.text
        assert int(packed.headers["content-length"]) < len(plain.content) / 3


def test_numbers_that_nobody_could_mean_are_refused_on_the_page(service: Service) -> None:
    plan, endless = kept_week(service).id, "9" * 5000
    for address, sent in (
        (f"/plans/{plan}/change/move", {"slot": "mon", "minutes": endless}),
        ("/what-if", {"plan": plan, "minutes": endless}),
        ("/what-if", {"plan": plan, "seconds": endless}),
        (f"/plans/{plan}/suggestions", {"number": endless}),
    ):
        assert service.post(address, data=sent).status_code == 422, sent


def test_no_address_and_no_form_holds_what_no_database_can(settings: Settings, postgres_url: str) -> None:
    app = create_app(replace(settings, run_jobs=False, database_url=postgres_url))
    with in_process(app, Path()) as service:
        for address in ("/v1/plans/a%00", "/plans/a%00", "/v1/gyms/a%00/members/b"):
            assert service.get(address).status_code == 404
        for address in ("/plans?before=%00", "/v1/plans?cursor=AGE", "/v1/slots?feed=a%00"):
            assert service.get(address).status_code == 422
        assert service.post("/what-if", data={"plan": "a\0"}).status_code == 400
