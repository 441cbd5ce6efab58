"""What an interrupted migration left is removed, and never a row that is only there."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from registry_app import paths
from registry_app.domain.errors import RegistryError
from registry_app.services import subjects, trail
from registry_app.services.subjects import SubjectQuery
from registry_app.storage import database, migrate
from tests.builders import a_registry, an_own_pack, at_desk

KEPT = Path(__file__).parent / "kept"
#: Cut off after the first statements of a revision, by another program: each of them
#: was committed by itself.
HALF = "CREATE TABLE {copy} AS SELECT * FROM {real}"


@pytest.fixture
def key(tmp_path):
    """The data key of the kept files, which all are of one registry each."""

    def of(path):
        aside = tmp_path / "aside" / path.name
        aside.parent.mkdir()
        shutil.copyfile(path, aside)
        desk = at_desk(aside)
        desk.close()
        return desk.store.key

    return of


@pytest.fixture
def older(tmp_path):
    """A file of the revision before the newest one."""
    an_own_pack("follow-up")
    path = tmp_path / "site.registry"
    shutil.copyfile(KEPT / f"{migrate.REVISIONS[-2]}.registry", path)
    return path


def run(path, key, *statements):
    connection = database.connect(path, key)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def tables(path, key):
    connection = database.connect(path, key)
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    found = {name for (name,) in rows}
    connection.close()
    return found


@pytest.mark.parametrize(
    ("copy", "real"),
    [("_alembic_tmp_person", "person"), ("person_kept", "person")],
)
@pytest.mark.parametrize("rows", ["", " WHERE 0"])
def test_a_copy_whose_rows_are_all_in_the_table_is_removed(
    older, key, copy, real, rows
):
    secret = key(older)
    run(older, secret, HALF.format(copy=copy, real=real) + rows)

    desk = at_desk(older)

    assert trail.verify(desk).problems == ()
    assert len(subjects.subject_ids(desk, SubjectQuery())) == 2
    desk.close()
    assert copy not in tables(older, secret)
    assert database.revision(older, secret) == migrate.HEAD


@pytest.mark.parametrize(
    "then",
    [
        ("DROP TABLE identity",),
        ("DELETE FROM identity",),
        ("DELETE FROM identity WHERE id = (SELECT min(id) FROM identity)",),
    ],
)
@pytest.mark.parametrize("copy", ["_alembic_tmp_identity", "identity_kept"])
def test_a_copy_that_alone_has_rows_is_kept_and_the_upgrade_refused(
    older, key, copy, then
):
    secret = key(older)
    run(older, secret, HALF.format(copy=copy, real="identity"), *then)
    before = tables(older, secret)

    with pytest.raises(RegistryError, match=r"guards\.left-over-rows") as refused:
        at_desk(older)

    assert refused.value.message.params["table"] == copy
    assert tables(older, secret) == before
    assert database.revision(older, secret) == migrate.REVISIONS[-2]


def test_a_table_of_ours_is_no_left_over(tmp_path):
    from registry_app.storage.left_over import left_over

    desk = a_registry(tmp_path / "site.registry")
    with desk.read() as reading:
        assert left_over(reading.connection) == {}
    desk.close()


#: The program is killed at the statement with this number of its upgrade.
KILLED = """
import os, signal, sys
from pathlib import Path
import sqlalchemy as sa
from registry_app.storage import database, migrate
from tests.builders import at_desk
path, last = Path(sys.argv[1]), int(sys.argv[2])
run = migrate.run
def watched(connection, revision="head"):
    said = iter(range(1000))
    def count(*_told):
        if next(said) == last:
            os.kill(os.getpid(), signal.SIGKILL)
    sa.event.listen(connection.engine, "before_cursor_execute", count)
    run(connection, revision)
migrate.run = watched
at_desk(path).close()
"""


@pytest.mark.parametrize("last", [0, 3, 9, 17, 26, 38, 52])
def test_an_upgrade_that_is_killed_at_any_statement_is_done_by_the_next_sign_in(
    older, last
):
    path = older
    shutil.copyfile(KEPT / "0004.registry", path)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, path, str(last)], cwd=paths.ROOT
    )
    assert killed.returncode == -signal.SIGKILL

    desk = at_desk(path)

    assert trail.verify(desk).problems == ()
    assert len(subjects.subject_ids(desk, SubjectQuery())) == 2
    desk.close()
    beside = {name for name in os.listdir(path.parent) if "before" not in name}
    assert beside - {"migrations"} == {path.name}
