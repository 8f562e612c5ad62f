"""All pages: the one list of their routers."""

from __future__ import annotations

from service.web import endpoints

ROUTERS = (endpoints.router, endpoints.public_router)
