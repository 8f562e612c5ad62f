"""All pages: the one list of their routers."""

from __future__ import annotations

from service.web import endpoints, taking_endpoints

ROUTERS = (
    endpoints.router,
    endpoints.public_router,
    taking_endpoints.router,
    taking_endpoints.public_router,
)
