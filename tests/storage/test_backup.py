import pytest

from registry_app.domain.errors import RegistryError
from registry_app.services import trail
from registry_app.services.subjects import open_subject
from tests.builders import a_subject, an_exam, at_desk


def test_a_copy_is_a_whole_registry_with_the_same_passwords(desk, tmp_path):
    subject = a_subject(desk)
    an_exam(desk, subject)
    copy = tmp_path / "copy.registry"

    desk.store.back_up(copy)

    a_subject(desk)  # the original goes on
    other = at_desk(copy)
    assert open_subject(other, subject.id) == open_subject(desk, subject.id)
    assert trail.verify(other).problems == ()
    assert trail.head(other).seq < trail.head(desk).seq
    other.close()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("*.part"))


def test_a_copy_never_replaces_a_file(desk, tmp_path):
    copy = tmp_path / "copy.registry"
    copy.write_bytes(b"mine")
    with pytest.raises(RegistryError, match=r"storage\.exists"):
        desk.store.back_up(copy)
    assert copy.read_bytes() == b"mine"


def test_a_copy_of_a_damaged_file_is_not_called_a_backup(path, tmp_path):
    from tests.builders import a_registry

    desk = a_registry(path)
    an_exam(desk, a_subject(desk))
    desk.close()
    desk = at_desk(path)
    with path.open("r+b") as file:
        file.seek(-2000, 2)
        file.write(b"damage")
    with pytest.raises(RegistryError, match=r"storage\.(copy-differs|damaged)"):
        desk.store.back_up(tmp_path / "copy.registry")
    desk.close()
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_an_older_view_that_is_still_open_does_not_get_into_the_copy(desk, tmp_path):
    with desk.read() as reading:
        before = reading.connection.exec_driver_sql(
            "SELECT count(*) FROM subject"
        ).scalar()
        a_subject(desk)
        with pytest.raises(RegistryError, match=r"storage\.busy"):
            desk.store.back_up(tmp_path / "copy.registry")
    desk.store.back_up(tmp_path / "copy.registry")
    other = at_desk(tmp_path / "copy.registry")
    assert trail.head(other) == trail.head(desk)
    assert before == 0
    other.close()
