"""A place that is not good for a registry is named before anything is lost."""

import shutil

import pytest

from registry_app.domain.errors import RegistryError
from registry_app.services import places, registry
from registry_app.services.places import Trait
from registry_app.storage import place
from tests.builders import CHEAP, PASSWORD, USER, a_registry, a_subject

MIB = 1 << 20


@pytest.fixture
def cloud(tmp_path):
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    return folder / "site.registry"


def traits(path):
    return [warned.trait for warned in places.place_warnings(path)]


def make(path, **told):
    return registry.create(
        path,
        pack="msc-iv-sci",
        site="SAP",
        user=USER,
        display_name="架空",
        password=PASSWORD,
        cost=CHEAP,
        **told,
    )


def test_a_good_place_is_not_warned_of(tmp_path):
    assert traits(tmp_path / "site.registry") == []
    places.check_new_place(tmp_path / "site.registry")


def test_a_registry_in_a_synchronised_folder_is_made_only_for_who_accepts_it(cloud):
    with pytest.raises(RegistryError, match=r"guards\.new-cloud"):
        make(cloud)
    assert list(cloud.parent.iterdir()) == []

    desk, _ = make(cloud, accepted_place=True)

    desk.close()
    assert traits(cloud) == [Trait.CLOUD]


def test_a_registry_in_a_network_folder_is_made_only_for_who_accepts_it(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(place, "network", lambda _path: "cifs")
    path = tmp_path / "site.registry"
    with pytest.raises(RegistryError, match=r"guards\.new-network") as refused:
        make(path)
    assert refused.value.message.params["kind"] == "cifs"
    assert not path.exists()
    make(path, accepted_place=True)[0].close()
    assert traits(path) == [Trait.NETWORK]


def test_a_training_registry_may_be_anywhere(cloud):
    make(cloud, training=True)[0].close()


def test_little_room_is_told_and_none_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "site.registry"
    a_registry(path).close()
    free = [100 * MIB]
    monkeypatch.setattr(place, "room", lambda _path: free[0])
    assert traits(path) == [Trait.SPACE]
    places.check_new_place(tmp_path / "new.registry")
    free[0] = 300 * MIB
    assert traits(path) == []
    with path.open("r+b") as file:
        file.truncate(200 * MIB)  # room for a backup of a large file is more
    assert traits(path) == [Trait.SPACE]
    free[0] = 7 * MIB
    with pytest.raises(RegistryError, match=r"guards\.no-space"):
        places.check_new_place(tmp_path / "new.registry")


def test_a_medium_that_takes_no_writes_is_refused_before_anything_is_made(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(place, "read_only", lambda _path: True)
    with pytest.raises(RegistryError, match=r"guards\.read-only-medium"):
        make(tmp_path / "site.registry", accepted_place=True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(RegistryError, match=r"storage\.no-such-folder"):
        places.check_new_place(tmp_path / "gone" / "site.registry")


def test_a_file_that_was_removed_while_it_was_open_takes_no_more_writes(tmp_path):
    path = tmp_path / "site.registry"
    desk = a_registry(path)
    assert places.still_there(desk) is None
    moved = tmp_path / "moved.registry"
    path.rename(moved)

    assert places.still_there(desk).key == "guards.gone"
    with pytest.raises(RegistryError, match=r"guards\.gone"):
        a_subject(desk)

    moved.rename(path)
    assert places.still_there(desk) is None
    a_subject(desk)
    desk.close()


def test_a_file_that_was_replaced_while_it_was_open_takes_no_more_writes(tmp_path):
    """As a synchronisation does that fetches the file of another computer."""
    path = tmp_path / "site.registry"
    desk = a_registry(path)
    shutil.copyfile(path, tmp_path / "other")
    (tmp_path / "other").replace(path)

    assert places.still_there(desk).key == "guards.replaced"
    with pytest.raises(RegistryError, match=r"guards\.replaced"):
        a_subject(desk)
    desk.close()
