"""The self-check finds what is wrong, and says nothing of any patient."""

from datetime import UTC, datetime

import pytest

from registry_app.domain.checkup import Health, worst
from registry_app.services import places, registry
from registry_app.services.self_check import self_check
from registry_app.storage import place
from registry_app.words import Language, Words
from tests.builders import PASSWORD, USER, a_registry, a_subject, an_exam

NAMES = [
    *("program", "file", "trail", "backups", "packs"),
    *("fonts", "clock", "space", "place"),
]


def found(desk):
    return {item.name: item for item in self_check(desk)}


def said(items):
    return "\n".join(
        Words(language).say(line)
        for language in Language
        for item in items.values()
        for line in (*item.said, item.title, item.health.told)
    )


@pytest.fixture
def filled(tmp_path):
    desk = a_registry(tmp_path / "site.registry")
    an_exam(desk, a_subject(desk))
    yield desk
    desk.close()


def test_a_sound_registry_in_a_good_place_is_good_but_for_its_backups(filled):
    items = found(filled)
    assert list(items) == NAMES
    assert {name for name in NAMES if items[name].health is not Health.GOOD} <= {
        "backups"
    }
    assert "head" in items["trail"].said[0].params


def test_nothing_of_a_patient_is_said(filled):
    text = said(found(filled))
    for mark in ("架空 太郎", "カクウ", "SAP-0001"):
        assert mark not in text


def test_a_changed_record_is_counted_and_not_named(filled):
    with filled.store._writer.transaction() as connection:
        connection.exec_driver_sql("UPDATE subject SET sex = 'female'")
        filled.store._writer.commit()

    items = found(filled)

    assert items["trail"].health is Health.WRONG
    assert worst(tuple(items.values())) is Health.WRONG
    assert "SAP-0001" not in said(items)


def test_a_clock_behind_the_last_entry_is_wrong(filled):
    filled.close()
    behind = datetime(2026, 3, 31, 12, 0, tzinfo=UTC)
    desk = registry.sign_in(filled.path, USER, PASSWORD, clock=lambda: behind)
    assert found(desk)["clock"].health is Health.WRONG
    desk.close()


def test_little_room_and_a_synchronised_folder_are_worth_a_look(filled, monkeypatch):
    monkeypatch.setattr(place, "room", lambda _path: 50 << 20)
    monkeypatch.setattr(place, "cloud", lambda _path: "Box")
    items = found(filled)
    assert (items["space"].health, items["place"].health) == (Health.LOOK,) * 2


def test_a_file_that_is_gone_is_wrong(filled, monkeypatch, tmp_path):
    assert places.still_there(filled) is None
    (tmp_path / "site.registry").rename(tmp_path / "moved")
    assert found(filled)["file"].health is Health.WRONG
    (tmp_path / "moved").rename(tmp_path / "site.registry")


def test_a_pack_that_cannot_be_read_is_named(filled):
    from registry_app.paths import own_packs

    (own_packs() / "broken").mkdir(parents=True)
    (own_packs() / "broken" / "pack.toml").write_text("[pack]\n")
    item = found(filled)["packs"]
    assert item.health is Health.WRONG
    assert item.said[1].params["pack"] == "broken"


def test_it_tells_how_far_it_is_and_can_be_ended(filled):
    seen = []
    self_check(filled, seen.append)
    assert seen == sorted(seen)
    assert seen[0] == 0

    def stop(_share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        self_check(filled, stop)
