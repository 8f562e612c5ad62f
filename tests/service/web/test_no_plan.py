"""A request that has no week, in the browser: why, and what helps with one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.service.web.keeping import kept_conflict

if TYPE_CHECKING:
    from tests.service.web.site import Site
    from tests.service.web.visiting import Visitor


def test_a_suggestion_is_taken_with_one_click(visitor: Visitor, site: Site) -> None:
    plan = kept_conflict(site)
    page = visitor.page
    visitor.go(f"/plans/{plan.id}")
    assert plan.conflict is not None
    assert page.get_by_role("region", name="What cannot hold together").get_by_role("listitem").count() == len(
        plan.conflict
    )
    visitor.check()
    page.get_by_role("button", name=f"Plan it this way and {plan.suggestions[0].statement}").click()
    page.wait_for_url(lambda url: plan.id not in url)
    new = site.client.get(f"/v1/plans/{page.url.rsplit('/', 1)[1]}").json()
    (operation,) = plan.suggestions[0].change
    *path, last = operation.path.split("/")[1:]
    there = new["request"]
    for part in path:
        there = there[part]
    assert operation.op == "replace"
    assert there[last] == operation.value
    site.client.post(f"/v1/plans/{new['id']}/cancel")
