"""All pages: the one list of their routers."""

from __future__ import annotations

from service.web import endpoints, taking_endpoints
from service.web.routes import auditing, changing, choosing, comparing, what_if

ROUTERS = (
    endpoints.router,
    endpoints.public_router,
    taking_endpoints.router,
    taking_endpoints.public_router,
    changing.router,
    comparing.router,
    choosing.router,
    what_if.router,
    auditing.router,
)
