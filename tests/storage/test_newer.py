"""A file of a newer program is left alone: it is said which one has written it."""

from dataclasses import replace

import pytest

from registry_app.domain.errors import RegistryError
from registry_app.services import reading, registry
from registry_app.services.program import program
from registry_app.storage import key_area
from registry_app.words import Language, Words
from tests.builders import CHEAP, PASSWORD, USER, at_desk

NEWER = "registry-app 9.0"
WAYS = {
    "look": registry.look_at,
    "open": lambda path: registry.sign_in(path, USER, PASSWORD),
    "read": lambda path: reading.sign_in_to_read(path, USER, PASSWORD),
    "recover": lambda path: registry.recover(
        path, ("A", "B"), USER, "quince jelly", cost=CHEAP
    ),
}


@pytest.fixture
def newer(closed):
    with closed.open("r+b", buffering=0) as file:
        area = key_area.read(file)
        key_area.write(file, replace(area, revision="9999", program=NEWER))
    return closed


def seen(path):
    """All that could tell that somebody was here, but for the time of reading."""
    folder = path.parent.stat()
    return (
        sorted(one.name for one in path.parent.iterdir()),
        path.read_bytes(),
        path.stat().st_mtime_ns,
        path.stat().st_ctime_ns,
        (folder.st_mtime_ns, folder.st_ctime_ns),
    )


@pytest.mark.parametrize("way", WAYS)
def test_no_byte_no_time_and_no_other_file_tells_that_somebody_tried(newer, way):
    before = seen(newer)

    with pytest.raises(RegistryError, match=r"storage\.newer") as refused:
        WAYS[way](newer)

    assert seen(newer) == before
    for language in Language:
        assert NEWER in Words(language).say(refused.value.message)


def test_a_file_says_which_program_had_it_open_last(closed):
    with closed.open("r+b", buffering=0) as file:
        area = key_area.read(file)
        assert area.program == program()
        key_area.write(file, replace(area, program="registry-app 0.0.1"))
    at_desk(closed).close()
    with closed.open("rb", buffering=0) as file:
        assert key_area.read(file).program == program()


def test_a_file_that_names_no_program_is_refused_as_well(closed):
    with closed.open("r+b") as file:
        file.seek(6)
        file.write((2).to_bytes(2, "big"))
    before = seen(closed)
    with pytest.raises(RegistryError) as refused:
        registry.sign_in(closed, USER, PASSWORD)
    assert refused.value.message.params["program"].key == "guards.unnamed-program"
    assert seen(closed) == before
