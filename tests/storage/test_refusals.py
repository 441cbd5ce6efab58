"""Each reason why a file cannot be opened has its sentence; the file is untouched."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from registry_app.domain.errors import RegistryError
from registry_app.domain.person import Person
from registry_app.services import registry, trail
from registry_app.storage import key_area
from registry_app.storage.key_area import END, PAGE
from registry_app.words import Language, Words
from tests.builders import (
    CHEAP,
    PASSWORD,
    USER,
    a_registry,
    a_registry_with_code,
    at_desk,
)


@pytest.fixture
def refusal(closed):
    """Signing in is refused: the key. Neither the file nor what lies beside changed."""

    def signed_in(path=closed, user=USER, password=PASSWORD):
        before = _seen(path)
        with pytest.raises(RegistryError) as refused:
            registry.sign_in(path, user, password)
        assert _seen(path) == before
        for language in Language:
            assert Words(language).say(refused.value.message)
        return str(refused.value)

    return signed_in


def _seen(path):
    beside = sorted(found.name for found in path.parent.iterdir())
    if not path.is_file():
        return beside
    status = path.stat()
    return beside, path.read_bytes(), status.st_mtime_ns, status.st_mode


def test_a_file_that_is_not_there(refusal, tmp_path):
    assert refusal(tmp_path / "gone.registry") == "storage.no-such-file"
    with pytest.raises(RegistryError, match=r"storage\.no-such-file"):
        registry.look_at(tmp_path / "gone" / "gone.registry")


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" * 20000, b"SCIRE"])
def test_a_foreign_file(refusal, tmp_path, content):
    other = tmp_path / "letter.docx"
    other.write_bytes(content)
    assert refusal(other) == "storage.foreign"


def test_what_cannot_be_read_as_a_file_is_told_at_once(refusal, tmp_path):
    os.mkfifo(tmp_path / "pipe.registry")
    assert refusal(tmp_path / "pipe.registry") == "storage.foreign"
    (tmp_path / "loop.registry").symlink_to("loop.registry")
    assert refusal(tmp_path / "loop.registry") == "storage.unreadable"
    with pytest.raises(RegistryError, match=r"storage\.unreadable"):
        registry.look_at(tmp_path / ("x" * 300))


def test_a_file_that_may_not_be_read(refusal, closed, monkeypatch):
    def forbidden(*_, **__):
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(RegistryError, match=r"storage\.unreadable"):
        registry.look_at(closed)


def test_a_folder(refusal, tmp_path):
    (tmp_path / "folder").mkdir()
    assert refusal(tmp_path / "folder") == "storage.foreign"


@pytest.mark.parametrize("kept", [8, 5000, END - 1, END, END + PAGE, -PAGE, -100])
def test_a_truncated_file(refusal, closed, kept):
    size = closed.stat().st_size
    os.truncate(closed, kept if kept > 0 else size + kept)
    assert refusal() == "storage.truncated"


def test_a_damaged_first_page(refusal, closed):
    with closed.open("r+b") as file:
        file.seek(1000)
        file.write(b"damage")
    assert refusal() == "storage.damaged"


def test_damage_that_is_found_while_signing_in(refusal, closed):
    with closed.open("r+b") as file:
        file.seek(END)
        file.write(os.urandom(closed.stat().st_size - END))
    assert refusal() == "storage.damaged"


def test_a_slot_that_asks_for_all_memory(refusal, closed):
    with closed.open("r+b", buffering=0) as file:
        area = key_area.read(file)
        slots = [slot.plain() for slot in area.slots]
        slots[0]["cost"]["m"] = 1 << 40
        body = {
            "registry": "",
            "site": "",
            "pack": "",
            "training": False,
            "revision": "",
        }
        sealed = key_area._sealed(99, json.dumps({**body, "slots": slots}).encode())
        file.seek(PAGE)
        file.write(sealed.ljust(key_area._COPY, b"\0"))
    assert refusal() == "storage.damaged"


def test_a_wrong_password_and_an_unknown_user_are_told_alike(refusal, closed):
    assert refusal(user="nobody") == "storage.wrong-password"
    before = closed.read_bytes()
    for password in ("plum blossoms", ""):
        with pytest.raises(RegistryError, match="wrong-password"):
            registry.sign_in(closed, USER, password)
    after = closed.read_bytes()
    # It is counted, which is all that has changed.
    assert (after[:PAGE], after[END:]) == (before[:PAGE], before[END:])


def test_a_retired_user(path, refusal):
    desk = at_desk(path)
    registry.add_person(desk, "sato", "架空 入力者", "entry", PASSWORD, cost=CHEAP)
    with desk.begin("moved away") as work:
        work.save(replace(work.get(Person, "sato"), retired=True))
    desk.close()
    assert refusal(user="sato") == "storage.retired"


def test_a_file_of_a_newer_program_by_what_it_shows(refusal, closed):
    with closed.open("r+b", buffering=0) as file:
        key_area.write(file, replace(key_area.read(file), revision="9999"))
    assert refusal() == "storage.newer"


def test_a_file_of_a_newer_program_by_what_is_in_it(refusal, closed):
    desk = at_desk(closed)
    with desk.store._writer.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        desk.store._writer.commit()
    desk.close()
    assert refusal() == "storage.newer"


def test_a_file_in_a_newer_format(refusal, closed):
    with closed.open("r+b") as file:
        file.seek(6)
        file.write((2).to_bytes(2, "big"))
    assert refusal() == "storage.newer"


def test_a_read_only_file(refusal, closed):
    closed.chmod(0o444)
    assert refusal() == "storage.read-only-file"


def test_a_read_only_folder(refusal, closed, tmp_path):
    tmp_path.chmod(0o555)
    assert refusal() == "storage.read-only-folder"
    tmp_path.chmod(0o755)


def test_a_second_program_is_told_who_where_and_since_when(closed):
    desk = at_desk(closed)
    with pytest.raises(RegistryError) as refused:
        at_desk(closed)
    desk.close()

    assert str(refused.value) == "storage.open-by"
    told = refused.value.message.params
    assert (told["who"], told["pid"]) == (USER, os.getpid())
    assert told["since"].startswith("2026-05-01")
    at_desk(closed).close()


def test_another_process_is_refused_and_one_that_was_killed_is_not_waited_for(closed):
    program = """
import sys
from pathlib import Path
from registry_app.services import registry
desk = registry.sign_in(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
print("open", flush=True)
sys.stdin.read()
"""
    other = subprocess.Popen(
        [sys.executable, "-c", program, closed, USER, PASSWORD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    other.stdout.readline()
    with pytest.raises(RegistryError, match=r"storage\.open-by") as refused:
        at_desk(closed)
    assert refused.value.message.params["pid"] == other.pid

    other.kill()
    other.communicate()
    at_desk(closed).close()
    assert [found.name for found in closed.parent.iterdir()] == [closed.name]


def test_a_new_registry_never_replaces_a_file(closed):
    before = _seen(closed)
    with pytest.raises(RegistryError, match=r"storage\.exists"):
        a_registry(closed)
    assert _seen(closed) == before


def test_a_new_registry_needs_a_folder_that_can_be_written(tmp_path):
    with pytest.raises(RegistryError, match=r"storage\.no-such-folder"):
        a_registry(tmp_path / "nowhere" / "site.registry")
    tmp_path.chmod(0o555)
    with pytest.raises(RegistryError, match=r"storage\.read-only-folder"):
        a_registry(tmp_path / "site.registry")
    tmp_path.chmod(0o755)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"site": "sap"}, "storage.not-a-site"),
        ({"user": ""}, "storage.not-a-user-name"),
        ({"user": " kato"}, "storage.not-a-user-name"),
        ({"user": "加藤　"}, "storage.not-a-user-name"),
        ({"user": "ka\nto"}, "storage.not-a-user-name"),
        ({"user": "ka\u200bto"}, "storage.not-a-user-name"),
        ({"user": "x" * 65}, "storage.not-a-user-name"),
        ({"password": "short"}, "storage.password-too-short"),
        ({"display_name": "  "}, "storage.no-display-name"),
    ],
)
def test_a_new_registry_that_is_refused_leaves_nothing(tmp_path, told, key):
    with pytest.raises(RegistryError, match=key):
        a_registry(tmp_path / "site.registry", **told)
    assert list(tmp_path.iterdir()) == []


def test_a_recovery_code_gives_a_user_a_new_password(path):
    desk, code = a_registry_with_code(path)
    desk.close()
    registry.recover(path, code, USER, "quince jelly", cost=CHEAP).close()

    at_desk(path, password="quince jelly").close()
    with pytest.raises(RegistryError, match="wrong-password"):
        at_desk(path)
    registry.recover(path, code, USER, "plum blossom", cost=CHEAP).close()


def test_a_recovery_code_of_another_registry_opens_nothing(closed, tmp_path):
    other, code = a_registry_with_code(tmp_path / "other.registry")
    other.close()
    before = _seen(closed)
    with pytest.raises(RegistryError, match="wrong-recovery-code"):
        registry.recover(closed, code, USER, "quince jelly", cost=CHEAP)
    assert _seen(closed) == before


def test_neither_half_of_the_recovery_sheet_opens_the_file(path):
    desk, (first, second) = a_registry_with_code(path)
    desk.close()
    for halves, key in (
        ([first], "recovery-half-missing"),
        ([first, first], "wrong-recovery-code"),
        ([first, second[:-2]], "recovery-half-mistyped"),
    ):
        with pytest.raises(RegistryError, match=key):
            registry.recover(path, halves, USER, "quince jelly", cost=CHEAP)
    registry.recover(path, [second, first], USER, "quince jelly", cost=CHEAP).close()


def test_a_new_recovery_sheet_takes_the_place_of_the_one_before(path):
    desk, old = a_registry_with_code(path)
    new = registry.new_recovery_sheet(desk, cost=CHEAP)
    desk.close()

    for halves in (old, (old[0], new[1])):
        with pytest.raises(RegistryError, match="wrong-recovery-code"):
            registry.recover(path, halves, USER, "quince jelly", cost=CHEAP)
    registry.recover(path, new, USER, "quince jelly", cost=CHEAP).close()


def test_a_recovery_code_makes_no_user(path):
    desk, code = a_registry_with_code(path)
    desk.close()
    with pytest.raises(RegistryError, match="no-such-user"):
        registry.recover(path, code, "nobody", "quince jelly", cost=CHEAP)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Sato", "ｓａｔｏ"),
        ("佐藤", "佐藤"),
        ("Dr Sato", "dr sato"),
        ("佐藤　花子", "佐藤 花子"),
        ("ｻﾄｳ.2", "サトウ．２"),
        ("x" * 64, "X" * 64),
    ],
)
def test_a_name_is_kept_as_typed_and_known_in_another_width_or_case(path, name, typed):
    desk, code = a_registry_with_code(path, user=name)
    with pytest.raises(RegistryError, match="user-exists"):
        registry.add_person(desk, typed, "だれか", "entry", PASSWORD, cost=CHEAP)
    desk.close()

    desk = at_desk(path, user=typed)
    assert desk.person.id == name
    assert trail.trail_entries(desk, newest=1)[0].actor == name
    desk.close()
    registry.recover(path, code, typed, "quince jelly", cost=CHEAP).close()
    assert registry.look_at(path).users == (name,)


@pytest.mark.parametrize(("longer", "users"), [("佐" * 61, 85), ("", 110)])
def test_a_user_for_whom_there_is_no_room_is_not_added_by_half(closed, longer, users):
    desk = at_desk(closed)

    def add(n):
        name = f"{n:03}{longer}"
        registry.add_person(desk, name, "架空", "entry", PASSWORD, cost=CHEAP)

    with pytest.raises(RegistryError, match="too-many-users"):
        list(map(add, range(200)))
    with desk.read() as reading:
        people = {person.id for person in reading.find(Person)}
    desk.close()

    assert set(registry.look_at(closed).users) == people
    assert len(people) >= users


def test_a_second_user_signs_in_with_a_password_of_their_own(closed):
    desk = at_desk(closed)
    registry.add_person(
        desk, "sato", "架空 入力者", "entry", "quince jelly", cost=CHEAP
    )
    with pytest.raises(RegistryError, match="user-exists"):
        registry.add_person(desk, "sato", "だれか", "entry", "quince jelly", cost=CHEAP)
    desk.close()

    assert registry.look_at(closed).users == (USER, "sato")
    other = at_desk(closed, "sato", "quince jelly")
    assert other.person.display_name == "架空 入力者"
    with pytest.raises(RegistryError, match="wrong-password"):
        registry.change_password(other, "plum blossom", "other words", cost=CHEAP)
    other.close()
