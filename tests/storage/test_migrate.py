import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from registry_app import paths
from registry_app.domain.errors import RegistryError
from registry_app.services import subjects, trail
from registry_app.services.subjects import SubjectQuery, open_subject
from registry_app.storage import database, migrate, tables
from registry_app.storage.new_file import make_tables
from tests.builders import a_registry, a_subject, an_exam, an_own_pack, at_desk

#: A file as each older revision made it, kept for good.
KEPT = Path(__file__).parent / "kept"


def _plain_engine():
    engine = sa.create_engine("sqlite://", poolclass=sa.pool.StaticPool)
    sa.event.listen(
        engine, "connect", lambda raw, _: setattr(raw, "isolation_level", None)
    )
    sa.event.listen(engine, "begin", database._begin)
    return engine


def test_the_revisions_that_the_program_knows_are_those_in_the_folder():
    script = ScriptDirectory(str(paths.MIGRATIONS))
    found = [revision.revision for revision in script.walk_revisions()]
    assert tuple(reversed(found)) == migrate.REVISIONS


def test_the_revisions_make_the_tables():
    with _plain_engine().connect() as connection:
        migrate.run(connection)
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, tables.metadata) == []


def test_a_new_file_is_the_same_as_an_upgraded_one():
    made, upgraded = _plain_engine(), _plain_engine()
    with made.connect() as connection:
        make_tables(connection)
        new = _schema(connection)
    with upgraded.connect() as connection:
        migrate.run(connection)
        assert _schema(connection) == new


def _schema(connection):
    rows = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master")
    # A table that was renamed bears its name in quotes.
    return {
        (kind, name): " ".join((sql or "").replace('"', "").split())
        for kind, name, sql in rows
    }


def test_every_constraint_has_a_name():
    for table in tables.metadata.tables.values():
        for constraint in table.constraints:
            assert constraint.name, (table.name, constraint)


def test_there_is_a_kept_file_of_every_older_revision():
    kept = sorted(path.stem for path in KEPT.iterdir())
    assert kept == list(migrate.REVISIONS[:-1])


@pytest.mark.parametrize("revision", migrate.REVISIONS[:-1])
def test_a_file_of_every_revision_is_upgraded_with_all_that_is_in_it(
    tmp_path, revision
):
    path = tmp_path / "site.registry"
    shutil.copyfile(KEPT / f"{revision}.registry", path)
    before = path.read_bytes()
    an_own_pack("follow-up")  # the first file was made under a pack that is gone

    desk = at_desk(path)

    assert trail.verify(desk).problems == ()
    taken_in = trail.trail_entries(desk, "pack")
    assert [(entry.actor, entry.version) for entry in taken_in] == [("kato", 1)]
    first, second = subjects.subject_ids(desk, SubjectQuery())
    file = open_subject(desk, first)
    assert (file.identity.family, file.subject.treatment_date.day) == ("架空", 9)
    assert [exam.form.values["R_M_C5"] for exam in file.exams] == ["2", "5"]
    assert open_subject(desk, second).identity.family == "見本"
    correction = trail.trail_entries(desk, "form", file.exams[0].form.id)[0]
    assert correction.reason == "Misread worksheet"
    a_subject(desk)
    desk.close()
    kept = tmp_path / f"site.before-{migrate.HEAD}.2026-05-01.registry"
    assert sorted(tmp_path.iterdir()) == [kept, path]
    assert kept.read_bytes()[: len(before)] == before
    at_desk(path).close()
    assert sorted(tmp_path.iterdir()) == [kept, path]


#: A revision that rebuilds a table which others point to, and what comes after that.
NEXT = """
import os, signal
from alembic import op
import sqlalchemy as sa
revision, down_revision = "0008", "0007"
def upgrade():
    with op.batch_alter_table("subject") as batch:
        batch.add_column(sa.Column("note", sa.String(9)))
        batch.alter_column("arm", type_=sa.String(20))
    with op.batch_alter_table("visit") as batch:
        batch.alter_column("code", type_=sa.String(99))
"""
NEWER = """
from registry_app import paths
from registry_app.storage import migrate
from pathlib import Path
paths.MIGRATIONS = Path({folder!r})
migrate.REVISIONS, migrate.HEAD = (*migrate.REVISIONS, "0008"), "0008"
from tests.builders import at_desk
at_desk(Path({path!r}))
"""


@pytest.fixture
def newer(tmp_path, monkeypatch):
    """A program with one more revision than this one; `end` is what it does last."""

    def newer(end=""):
        folder = tmp_path / "migrations"
        shutil.copytree(paths.MIGRATIONS, folder)
        (folder / "versions" / "0008_next.py").write_text(NEXT + end)
        monkeypatch.setattr(paths, "MIGRATIONS", folder)
        revisions = (*migrate.REVISIONS, "0008")
        monkeypatch.setattr(migrate, "REVISIONS", revisions)
        monkeypatch.setattr(migrate, "HEAD", "0008")
        return folder

    return newer


@pytest.fixture
def filled(tmp_path):
    path = tmp_path / "site.registry"
    desk = a_registry(path)
    an_exam(desk, a_subject(desk))
    desk.close()
    return path


def _rows(path, key):
    raw = database.connect(path, key)
    try:
        return {
            table: raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("subject", "identity", "visit", "form", "entry")
        }
    finally:
        raw.close()


def test_rebuilding_a_table_leaves_what_points_to_it(filled, newer):
    desk = at_desk(filled)
    desk.close()
    before = _rows(filled, desk.store.key)
    newer()

    at_desk(filled).close()

    assert _rows(filled, desk.store.key) == before
    assert database.damage(filled, desk.store.key) == []


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(filled, newer, monkeypatch):
    desk = at_desk(filled)
    desk.close()
    newer("    raise RuntimeError('no')\n")

    with pytest.raises(RegistryError, match=r"storage\.upgrade-failed") as refused:
        at_desk(filled)

    monkeypatch.undo()
    again = at_desk(filled)
    assert trail.verify(again).problems == ()
    a_subject(again)
    again.close()
    at_desk(filled.with_name(refused.value.message.params["copy"])).close()


def test_an_upgrade_that_points_nowhere_is_undone(filled, newer):
    newer('    op.execute("DELETE FROM subject")\n')
    with pytest.raises(RegistryError, match=r"storage\.upgrade-failed"):
        at_desk(filled)


def test_an_upgrade_that_is_killed_leaves_the_old_file_usable(
    filled, newer, monkeypatch
):
    folder = newer("    os.kill(os.getpid(), signal.SIGKILL)\n")
    program = NEWER.format(folder=str(folder), path=str(filled))
    killed = subprocess.run([sys.executable, "-c", program], cwd=paths.ROOT)
    assert killed.returncode == -signal.SIGKILL

    monkeypatch.undo()
    desk = at_desk(filled)
    assert trail.verify(desk).problems == ()
    a_subject(desk)
    desk.close()


def test_an_upgrade_killed_before_the_slots_know_is_finished_by_the_next_one(filled):
    from dataclasses import replace

    from registry_app.storage import key_area

    with filled.open("r+b", buffering=0) as file:
        key_area.write(file, replace(key_area.read(file), revision="0001"))
    at_desk(filled).close()
    with filled.open("rb", buffering=0) as file:
        assert key_area.read(file).revision == migrate.HEAD
    assert os.listdir(filled.parent) == [filled.name]


def test_a_file_of_the_newest_revision_does_not_load_alembic(filled):
    program = (
        "import sys; from pathlib import Path; from tests.builders import at_desk;"
        f"at_desk(Path({str(filled)!r})).close(); sys.exit('alembic' in sys.modules)"
    )
    assert (
        subprocess.run([sys.executable, "-c", program], cwd=paths.ROOT).returncode == 0
    )


def test_sql_that_only_one_data_base_knows_stands_in_one_module():
    """The triggers, which have a form for each data base, apart."""
    its_own = re.compile(r"PRAGMA|sqlite_master|zeroblob|AUTOINCREMENT|rowid")
    found = {
        path.name
        for path in (paths.ROOT / "registry_app").rglob("*.py")
        if its_own.search(path.read_text("utf-8"))
    }
    assert found == {"database.py", "append_only.py"}


def test_every_table_can_be_made_by_postgresql():
    for table in tables.metadata.sorted_tables:
        made = CreateTable(table).compile(dialect=postgresql.dialect())
        assert "CREATE TABLE" in str(made)
