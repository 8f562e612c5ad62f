"""Ready means that the database answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import OperationalError

from service.app import DatabaseUnavailableError, create_app
from service.settings import Settings
from tests.service.running import in_process

if TYPE_CHECKING:
    from pathlib import Path

    from tests.service.running import Service


def test_live_and_ready(service: Service) -> None:
    assert service.get("/health/live").json() == {"status": "ok"}
    assert service.get("/health/ready").json() == {"status": "ok"}


def test_a_silent_database_is_not_ready_but_alive(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_: object, **__: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("disk on fire"))

    monkeypatch.setattr("sqlalchemy.orm.Session.execute", silent)
    response = service.get("/health/ready")
    assert response.status_code == 503
    assert response.json()["type"] == "/problems/not-ready"
    assert "fire" not in response.text
    assert service.get("/health/live").status_code == 200


def test_a_database_that_cannot_be_opened_ends_the_start(tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "plans.db"
    app = create_app(Settings(database_url=f"sqlite:///{missing}"))
    with pytest.raises(DatabaseUnavailableError, match="cannot open the database"), in_process(app, missing):
        pass


def test_a_password_is_not_repeated() -> None:
    app = create_app(Settings(database_url="nosuchdatabase://me:secret@host/plans"))
    with pytest.raises(DatabaseUnavailableError) as caught, in_process(app, None):  # type: ignore[arg-type]
        pass
    assert "secret" not in str(caught.value)
