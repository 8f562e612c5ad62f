"""Plans side by side."""

from fastapi import Request, Response

from service.comparisons.asking import side_by_side
from service.comparisons.schemas import ComparisonRequest
from service.dependencies import CurrentParts
from service.errors import Fault, RequestError, pointer
from service.web.endpoints import plan_of
from service.web.entry import PageCaller
from service.web.frame import page
from service.web.history import taken
from service.web.pages.comparing import MOST_PLANS, compare_page
from service.web.pages.picking import pick_page
from service.web.pages.proposal import exercise_names
from service.web.pages.sessions import slot_names
from service.web.routing import page_router

router = page_router()


@router.get("/compare")
def compare(request: Request, parts: CurrentParts, caller: PageCaller) -> Response:
    """The plans of `?plans=a,b` or `?plans=a&plans=b` side by side; with fewer than two,
    or with `?pick`, plans to pick from."""
    named = request.query_params.getlist("plans")
    chosen = list(dict.fromkeys(plan for part in named for plan in part.split(",") if plan))
    if len(chosen) < 2 or "pick" in request.query_params:
        return page(request, "pick", pick_page(chosen, taken(request), caller.tenant, parts))
    if len(chosen) > MOST_PLANS:
        message = f"at most {MOST_PLANS} plans stand side by side here, these are {len(chosen)}"
        raise RequestError([Fault(pointer("plans"), "wrong_size", message)])
    wish = ComparisonRequest(plans=chosen, baseline=request.query_params.get("baseline") or chosen[0])
    found = side_by_side(wish, caller.tenant, parts)
    plans = [plan_of(plan, caller.tenant, parts) for plan in chosen]
    base_first = sorted(plans, key=lambda plan: plan.id != found.baseline)
    names, exercises = slot_names(*base_first), exercise_names(parts.catalog, *plans)
    return page(request, "compare", compare_page(found, names, exercises))
