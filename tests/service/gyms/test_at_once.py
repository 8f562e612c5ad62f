"""Changes of a gym that come at the same moment: none is lost, none is made twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.service.at_once import at_once
from tests.service.gyms.test_gyms import EARLY, GYM, LATE, kept

if TYPE_CHECKING:
    import pytest

    from tests.service.running import Service


def test_two_machines_break_at_the_same_moment(service: Service) -> None:
    gym = service.post("/v1/gyms", json=GYM).headers["location"]
    stations = f"{gym}/places/club/stations"
    answers = at_once(
        service, ("PATCH", f"{stations}/bar", {"count": 0}), ("PATCH", f"{stations}/flat_bench", {"count": 1})
    )
    assert [answer.status_code for answer in answers] == [200, 200]
    (place,) = service.get(gym).json()["gym"]["places"]
    assert {station["id"]: station["count"] for station in place["stations"]} == {"bar": 0, "band": 1, "flat_bench": 1}


def test_a_member_is_made_once(service: Service) -> None:
    gym = service.post("/v1/gyms", json=GYM).headers["location"]
    put = at_once(service, *(("PUT", f"{gym}/members/anna", EARLY) for _ in range(2)))
    assert sorted(answer.status_code for answer in put) == [200, 201]
    posted = at_once(service, *(("POST", f"{gym}/members", {"id": "bert", **EARLY}) for _ in range(2)))
    assert sorted(answer.status_code for answer in posted) == [201, 409]


def test_what_was_read_before_another_changed_it_is_not_written_back(service: Service) -> None:
    gym = kept(service)
    anna, wider = f"{gym}/members/anna", {**GYM, "name": "North and south"}
    for address, change in ((gym, wider), (anna, LATE)):
        tag = service.get(address).headers["etag"]
        both = [
            service.request("PUT", address, json=body, headers={"If-Match": f'"other", {tag}'})
            for body in (change, GYM if address == gym else EARLY)
        ]
        assert [answer.status_code for answer in both] == [200, 412]
        assert both[1].json()["type"] == "/problems/changed-meanwhile"
        assert service.get(address).json() == both[0].json(), "the second has changed nothing"
        assert service.request("PUT", address, json=change, headers={"If-Match": "*"}).status_code == 200
        weak = {"If-Match": f"W/{service.get(address).headers['etag']}"}
        assert service.request("PUT", address, json=change, headers=weak).status_code == 412
    nobody = service.request("PUT", f"{gym}/members/zoe", json={}, headers={"If-Match": "*"})
    assert (nobody.status_code, service.get(f"{gym}/members/zoe").status_code) == (412, 404)


def test_no_more_gyms_and_feeds_are_made_than_a_tenant_may_have(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.gyms.service.MAX_GYMS", 1)
    monkeypatch.setattr("service.booking.feed_endpoints.MOST_FEEDS", 1)
    gyms = at_once(service, *(("POST", "/v1/gyms", {**GYM, "name": name}) for name in ("north", "south")))
    assert sorted(answer.status_code for answer in gyms) == [201, 409]
    urls = {name: f"https://{name}.example/slots" for name in ("north", "south")}
    feeds = at_once(service, *(("POST", "/v1/feeds", {"name": name, "url": url}) for name, url in urls.items()))
    assert sorted(answer.status_code for answer in feeds) == [201, 409]


def test_a_gym_that_is_asked_about_twice_is_scheduled_once(service: Service) -> None:
    gym = kept(service)
    asked = at_once(service, *(("POST", f"{gym}/schedules", {"solve": {"seed": seed}}) for seed in (1, 2)))
    assert sorted(answer.status_code for answer in asked) == [202, 409]
    assert len(service.get(f"{gym}/schedules").json()["items"]) == 1
    assert len(service.get("/v1/schedules").json()["items"]) == 1
