"""A registry is opened under the pack that it keeps, or not at all."""

import json

import pytest

from registry_app.domain.errors import RegistryError
from registry_app.packs.stored import checksum
from registry_app.paths import own_packs
from registry_app.services import trail
from registry_app.services.protocol import pack_in_use, protocol
from registry_app.storage import database
from registry_app.words import Language, Words
from tests.builders import a_registry, a_subject, an_own_pack, at_desk
from tests.services.own_pack import visits


@pytest.fixture
def path(tmp_path):
    return tmp_path / "site.registry"


@pytest.fixture
def closed(path):
    """A registry under a pack of its own, that nobody has open, and its key."""
    an_own_pack("made-up", 1, visits(first=49))
    desk = a_registry(path, pack="made-up")
    a_subject(desk)
    desk.close()
    return desk.store.key


def _said(refused):
    return [Words(language).say(refused.value.message) for language in Language]


def _rewrite(path, key, content, sha256=None):
    raw = database.connect(path, key)
    raw.execute(
        "UPDATE pack_in_use SET content = ?, sha256 = ?",
        [content, sha256 or checksum(content)],
    )
    raw.close()


def _content(path, key):
    raw = database.connect(path, key)
    (found,) = raw.execute("SELECT content FROM pack_in_use").fetchone()
    raw.close()
    return found


def test_a_new_registry_keeps_its_pack_whole_with_an_entry(path):
    desk = a_registry(path)
    kept = pack_in_use(desk)
    (entry,) = trail.trail_entries(desk, "pack")
    desk.close()
    assert (kept.pack, kept.sha256) == ("msc-iv-sci", checksum(kept.content))
    assert entry.actor == "kato"
    assert ("content", None, kept.content) in {
        (change.item, change.old, change.new) for change in entry.changes
    }


def test_a_registry_follows_its_own_copy_and_not_the_folder(path, closed):
    an_own_pack("made-up", 1, visits(first=21, second=90))
    desk = at_desk(path)
    assert [visit.id for visit in protocol(desk).visits()] == ["first"]
    assert [visit.at.days for visit in protocol(desk).visits()] == [49]
    desk.close()


def test_a_pack_of_a_newer_program_is_not_opened_and_says_how_to_go_on(path, closed):
    newer = json.loads(_content(path, closed))
    newer["moons"] = []
    _rewrite(path, closed, json.dumps(newer))

    with pytest.raises(RegistryError, match=r"protocol\.pack-unreadable") as refused:
        at_desk(path)

    ja, en = _said(refused)
    assert "newer" in en
    assert "moons" in en
    assert "新しいプログラム" in ja


@pytest.mark.parametrize("content", ["", "{}", "[]", "nothing", '{"id": 1}'])
def test_what_is_no_pack_at_all_is_refused(path, closed, content):
    _rewrite(path, closed, content)
    with pytest.raises(RegistryError, match=r"protocol\.pack-unreadable") as refused:
        at_desk(path)
    assert all(_said(refused))


def test_a_pack_that_was_changed_past_the_program_is_refused(path, closed):
    changed = _content(path, closed).replace('"days":49', '"days":48')
    _rewrite(path, closed, changed, "0" * 64)
    with pytest.raises(RegistryError, match=r"protocol\.pack-changed") as refused:
        at_desk(path)
    assert all(_said(refused))


def test_a_registry_that_was_refused_can_be_opened_once_it_is_put_right(path, closed):
    right = _content(path, closed)
    _rewrite(path, closed, "{}")
    with pytest.raises(RegistryError):
        at_desk(path)
    _rewrite(path, closed, right)
    at_desk(path).close()


def test_a_file_of_an_older_program_waits_for_its_pack(path, closed):
    """It has no copy of its own: the pack of its name has to be there, and sound."""
    raw = database.connect(path, closed)
    raw.executescript(
        "DROP TRIGGER entry_no_delete; DELETE FROM entry WHERE kind = 'pack';"
        "DELETE FROM pack_in_use; DELETE FROM planned"
    )
    raw.close()
    folder = own_packs() / "made-up"
    good = (folder / "pack.toml").read_text("utf-8")
    (folder / "pack.toml").write_text("[pack]\nid = 3\n", "utf-8")
    with pytest.raises(RegistryError, match=r"no-pack-to-take-in") as unsound:
        at_desk(path)
    (folder / "pack.toml").unlink()
    with pytest.raises(RegistryError, match=r"no-pack-to-take-in") as absent:
        at_desk(path)

    for refused in (unsound, absent):
        assert all(str(folder) in said for said in _said(refused))
        assert all("packs check" in said for said in _said(refused))
    (folder / "pack.toml").write_text(good, "utf-8")
    desk = at_desk(path)
    (entry,) = trail.trail_entries(desk, "pack")
    assert (entry.actor, entry.version) == ("kato", 1)
    assert list(trail.trail_entries(desk, newest=1)) == [entry]
    with desk.read() as reading:
        assert list(desk.planner.differing(reading)) == []
    desk.close()
