"""Tables of an older program are brought to the newest revision, inside the program.

A verified copy is kept beside the file first. All revisions run in one transaction:
where one fails, or the power does, the file is as it was. What the interrupted one of
another program left is removed first.
"""

from datetime import date
from io import FileIO
from itertools import count
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from registry_app import paths
from registry_app.domain.errors import Refused, RegistryError
from registry_app.storage import backup, database, left_over

#: Every revision of migrations/versions, oldest first; a test compares.
REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
HEAD: Final = REVISIONS[-1]

#: As Alembic itself makes it.
version_table: Final = sa.Table(
    "alembic_version",
    sa.MetaData(),
    sa.Column("version_num", sa.String(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def upgrade(path: Path, file: FileIO, key: bytes, today: date) -> None:
    """Bring an open file to HEAD. Raises Refused where that fails: it is as it was."""
    kept = _kept_name(path, today)
    backup.copy(path, file, key, kept)
    engine = database.engine(path, key)
    try:
        with engine.connect() as connection:
            run(connection.execution_options(writing=True))
    except RegistryError:
        raise
    except Exception as error:
        raise Refused(
            "storage.upgrade-failed", file=path.name, copy=kept.name
        ) from error
    finally:
        engine.dispose()
        with database.told():
            database.fold(path, key)


def run(connection: sa.Connection, revision: str = "head") -> None:
    """Run the revisions on a connection that is in no transaction yet."""
    # Not at start: most files need no upgrade, and Alembic takes its time to load.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(paths.MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    with database.without_foreign_keys(connection), connection.begin():
        left_over.remove(connection)
        command.upgrade(config, revision)
        database.check_foreign_keys(connection)


def _kept_name(path: Path, today: date) -> Path:
    for number in count(1):
        again = "" if number == 1 else f"-{number}"
        name = f"{path.stem}.before-{HEAD}.{today.isoformat()}{again}{path.suffix}"
        if not (kept := path.with_name(name)).exists():
            return kept
    raise AssertionError
