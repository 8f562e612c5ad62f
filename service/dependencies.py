"""What endpoints are handed: the parts of the running service, made once in `service.app`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Depends, Request

from catalog.catalog import Catalog
from service.db.session import SessionFactory

if TYPE_CHECKING:
    from service.closing import Closing
    from service.jobs.jobs import Jobs
    from service.settings import Settings
    from service.solving import SolverSeats
    from service.tenants.shares import Shares


@dataclass(frozen=True)
class Parts:
    """Everything that lives as long as the service does."""

    settings: Settings
    catalog: Catalog
    sessions: SessionFactory
    seats: SolverSeats
    shares: Shares
    jobs: Jobs
    closing: Closing


def parts_of(request: Request) -> Parts:
    """The parts of the service that answers this request."""
    parts = request.app.state.parts
    assert isinstance(parts, Parts)
    return parts


def _catalog(request: Request) -> Catalog:
    return parts_of(request).catalog


def _sessions(request: Request) -> SessionFactory:
    return parts_of(request).sessions


CurrentParts = Annotated[Parts, Depends(parts_of)]
CurrentCatalog = Annotated[Catalog, Depends(_catalog)]
Sessions = Annotated[SessionFactory, Depends(_sessions)]
