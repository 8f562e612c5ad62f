"""Run by Alembic: migrates over the connection that `service.db.schema` hands it."""

from __future__ import annotations

from alembic import context

from service.db.tables import METADATA

connection = context.config.attributes.get("connection")
if connection is None:
    raise RuntimeError("Migrations are run by `counterpull db upgrade`.")
context.configure(connection=connection, target_metadata=METADATA, transactional_ddl=False)
context.run_migrations()
