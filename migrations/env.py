"""Runs the revisions on the connection that the program hands in (storage/migrate.py).

There is no alembic.ini: a registry is encrypted, and only the program opens it.
"""

from alembic import context

from registry_app.storage.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
