"""Which folders are synchronised, and which lie in another computer."""

import json

import pytest

from registry_app.storage import place


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "病院" / "registry"
    folder.mkdir(parents=True)
    return folder


def test_a_folder_of_ones_own_is_no_cloud(folder):
    assert place.cloud(folder / "a.registry", {}) == ""


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveConsumer", "OneDriveCommercial"])
def test_onedrive_names_its_folders_in_variables(folder, name):
    told = {name: str(folder.parent)}
    assert place.cloud(folder / "a.registry", told) == "OneDrive"
    assert place.cloud(folder / "a.registry", {name: str(folder / "other")}) == ""


@pytest.mark.parametrize("where", ["APPDATA", "LOCALAPPDATA", "HOME"])
def test_dropbox_names_its_folders_in_a_file(folder, tmp_path, where):
    home = tmp_path / "home"
    name = ".dropbox" if where == "HOME" else "Dropbox"
    (home / name).mkdir(parents=True)
    info = {"business": {"path": str(folder.parent)}}
    (home / name / "info.json").write_text(json.dumps(info))
    assert place.cloud(folder / "a.registry", {where: str(home)}) == "Dropbox"


@pytest.mark.parametrize("content", ["", "[]", '{"personal": 1}', '{"a": {}}'])
def test_a_file_of_dropbox_that_says_something_else_says_nothing(
    folder, tmp_path, content
):
    (tmp_path / ".dropbox").mkdir()
    (tmp_path / ".dropbox" / "info.json").write_text(content)
    assert place.cloud(folder / "a.registry", {"HOME": str(tmp_path)}) == ""


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".dropbox.cache", "Dropbox"),
        (".tmp.drivedownload", "Google Drive"),
        (".sync_1a2b3c4d5e6f.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".stfolder", "Syncthing"),
    ],
)
def test_a_client_is_known_by_what_it_leaves_above_the_file(folder, mark, service):
    (folder.parent / mark).touch()
    assert place.cloud(folder / "a.registry", {}) == service


@pytest.mark.parametrize(
    ("name", "service"),
    [
        ("OneDrive - 架空病院", "OneDrive"),
        ("Dropbox (Example)", "Dropbox"),
        ("マイドライブ", "Google Drive"),
        ("Google Drive", "Google Drive"),
        ("iCloudDrive", "iCloud Drive"),
        ("Box", "Box"),
        ("Nextcloud", "Nextcloud"),
    ],
)
def test_a_client_is_known_by_the_name_of_its_folder(tmp_path, name, service):
    folder = tmp_path / name / "registry"
    folder.mkdir(parents=True)
    assert place.cloud(folder / "a.registry", {}) == service


@pytest.mark.parametrize("name", ["Toolbox", "Dropboxes", "my onedrive copy"])
def test_a_name_that_only_sounds_like_it_is_no_cloud(tmp_path, name):
    folder = tmp_path / name
    folder.mkdir()
    assert place.cloud(folder / "a.registry", {}) == ""


def test_a_link_into_a_synchronised_folder_leads_there(tmp_path):
    real = tmp_path / "Nextcloud"
    real.mkdir()
    (tmp_path / "link").symlink_to(real)
    assert place.cloud(tmp_path / "link" / "a.registry", {}) == "Nextcloud"


@pytest.mark.parametrize(
    "kind", ["nfs4", "cifs", "smb3", "fuse.sshfs", "fuse.gvfsd-fuse", "vboxsf"]
)
def test_a_network_folder_is_known_by_its_file_system(folder, tmp_path, kind):
    point = str(folder.parent).replace(" ", "\\040")
    mounts = tmp_path / "mounts"
    mounts.write_text(f"disk / ext4 rw 0 0\n//server/share {point} {kind} rw 0 0\n")
    assert place.network(folder / "a.registry", mounts) == kind
    assert place.network(tmp_path / "a.registry", mounts) == ""


def test_a_disk_mounted_inside_a_network_folder_is_no_network(folder, tmp_path):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"srv:/ / nfs rw 0 0\n/dev/sda {folder} ext4 rw 0 0\n")
    assert place.network(folder / "a.registry", mounts) == ""
    assert place.network(tmp_path / "a.registry", mounts) == "nfs"


def test_a_mount_point_with_a_blank_is_read(tmp_path):
    folder = tmp_path / "shared files"
    folder.mkdir()
    mounts = tmp_path / "mounts"
    point = str(folder).replace(" ", "\\040")
    mounts.write_text(f"disk / ext4 rw 0 0\nsrv {point} nfs rw 0 0\n")
    assert place.network(folder / "a.registry", mounts) == "nfs"


def test_without_a_list_of_mounts_nothing_is_claimed(folder, tmp_path):
    assert place.network(folder / "a.registry", tmp_path / "none") == ""


def test_there_is_room_and_it_may_be_written(folder):
    assert place.room(folder / "a.registry") > 0
    assert not place.read_only(folder / "a.registry")
