"""The list of weeks: what somebody asked for or took, and on demand everything else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from service.plans.schemas.response import ASKED, OriginResponse
from tests.service.web.keeping import kept_week

if TYPE_CHECKING:
    from tests.service.web.site import Site
    from tests.service.web.visiting import Visitor


def test_what_was_only_looked_at_is_no_week_of_mine_until_i_keep_it(visitor: Visitor, site: Site) -> None:
    _, asked = (kept_week(site, origin=ASKED).id for _ in range(2))
    variant = kept_week(site, origin=OriginResponse(kind="variant", plan=None, question="none")).id
    page = visitor.page

    def listed(path: str) -> list[str]:
        visitor.go(path)
        links = page.locator(".plans a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        return [link.removeprefix("/plans/") for link in links[:2]]

    assert listed("/plans?all") == [variant, asked]
    assert page.locator(".plans li").first.locator(".tag").inner_text() == "one of several"
    assert listed("/plans")[0] == asked
    visitor.check()
    visitor.go("/compare")
    assert page.locator(f"input[value='{asked}']").count() == 1
    assert page.locator(f"input[value='{variant}']").count() == 0

    visitor.go(f"/plans/{asked}")
    assert page.get_by_role("button", name="Keep this week").count() == 0
    visitor.go(f"/plans/{variant}")
    page.get_by_role("button", name="Keep this week").click()
    page.wait_for_url(f"**/plans/{variant}")
    assert page.get_by_role("button", name=re.compile("Keep this week|Undo")).count() == 0
    assert listed("/plans") == [variant, asked]

    page.goto(f"{site.url}/plans/{variant}/change")
    page.get_by_role("button", name=re.compile("^Lock ")).first.click()
    page.wait_for_url(re.compile(r"/change#"))
    locked = page.url.split("/plans/")[1].split("/")[0]
    assert locked != variant
    assert listed("/plans") == [locked, asked]
    visitor.go(f"/plans/{locked}")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_url(f"**/plans/{variant}")
    assert listed("/plans") == [variant, asked]
