"""Routes of pages: what goes wrong is told on a page as well."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Depends
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from service import metrics
from service.accept import JSON, preferred
from service.db.engine import DATABASE_AWAY
from service.errors import ApiError
from service.web.entry import admitted, require_same_site
from service.web.frame import HTML, page

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from fastapi import FastAPI
    from starlette.requests import Request
    from starlette.responses import Response


class PageRoute(APIRoute):
    """A route whose errors are pages; without a usable key, the page that asks for one."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with our answers to errors around it."""
        answer = super().get_route_handler()

        async def answer_with_pages(request: Request) -> Response:
            try:
                return await answer(request)
            except ApiError as error:
                return problem_page(request, error)
            except RequestValidationError:
                return problem_page(request, ApiError("not-found", "The address cannot be read."))
            except DATABASE_AWAY:
                detail = "The database cannot be used at the moment; please come back a little later."
                return problem_page(request, ApiError("not-ready", detail, (), {"Retry-After": "5"}))

        return answer_with_pages


def problem_page(request: Request, error: ApiError) -> Response:
    """What went wrong, as a page."""
    metrics.count_problem(error.code)
    if error.kind.status == 401:
        # Who follows a link on another site comes without cookies, and has them when the page asks for itself.
        again = request.method == "GET" and request.headers.get("sec-fetch-site") == "cross-site"
        return page(request, "key", error, status=401, headers=error.headers, again=again)
    return page(request, "problem", error, status=error.kind.status, headers=error.headers)


def tell_people_on_pages(app: FastAPI) -> None:
    """Answer a browser that asks for what is not there with a page; everybody else as before."""
    answer: Any = app.exception_handlers[HTTPException]

    async def on_a_page(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if error.status_code == 404 and preferred(request, [JSON, HTML]) == HTML:
            return problem_page(request, ApiError("not-found", f"There is nothing at {request.url.path}."))
        told: Response = await answer(request, error)
        return told

    app.add_exception_handler(HTTPException, on_a_page)


def page_router() -> APIRouter:
    """A router of pages for whoever holds a key: admitted like callers of the API, and from no other site."""
    return APIRouter(
        route_class=PageRoute,
        include_in_schema=False,
        dependencies=[Depends(require_same_site), Depends(admitted)],
    )


def open_router() -> APIRouter:
    """A router of pages that ask for no key."""
    return APIRouter(route_class=PageRoute, include_in_schema=False, dependencies=[Depends(require_same_site)])
