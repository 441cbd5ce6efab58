"""Backups, restores and drills at the command line."""

from dataclasses import replace
from pathlib import Path

import pytest

from registry_app.services.policy import policy, set_policy
from tests.builders import a_subject, at_desk


@pytest.fixture
def backup(command, registry, tmp_path):
    desk = at_desk(registry)
    a_subject(desk)
    desk.close()
    made = command("backup", registry, tmp_path / "copy.registry-backup", "--json")
    assert made.status == 0
    return Path(made.data["file"])


def test_a_backup_goes_to_a_folder_or_a_new_file_and_says_what_it_is(
    command, registry, tmp_path, backup
):
    place = tmp_path / "控え"
    place.mkdir()

    told = command("backup", registry, place)
    again = command("backup", registry, backup)

    (file,) = place.iterdir()
    assert told.status == 0
    assert str(file) in told.out
    assert again.status == 1
    assert "exists" in again.err or "already" in again.err


def test_a_restore_shows_first_and_writes_beside(command, registry, tmp_path, backup):
    desk = at_desk(registry)
    a_subject(desk)
    desk.close()
    before, target = backup.read_bytes(), tmp_path / "new.registry"

    shown = command(
        "restore", backup, target, "--present", registry, "--preview", "--json"
    )
    assert shown.status == 0
    assert shown.data["file"] is None
    assert shown.data["backup"]["patients"] == 1
    assert shown.data["present"]["patients"] == 2
    assert shown.data["present"]["newer"]["subject"] == 1
    assert not target.exists()

    told = command("restore", backup, target, "--present", registry)
    assert told.status == 0
    assert "Only in the file in use: Subject, entries: 1" in told.out
    assert command("verify", target).status == 0
    assert command("restore", backup, target).status == 1
    assert backup.read_bytes() == before


def test_a_flipped_byte_is_found_by_drill_and_restore(
    command, registry, tmp_path, backup
):
    content = bytearray(backup.read_bytes())
    content[-2000] ^= 1
    backup.write_bytes(content)

    drilled = command("drill", registry, "--json")
    restored = command("restore", backup, tmp_path / "new.registry")

    assert (drilled.status, drilled.data["sound"]) == (1, False)
    assert drilled.data["problems"]
    assert restored.status == 1
    assert restored.out == ""
    assert not (tmp_path / "new.registry").exists()


def test_a_drill_proves_the_newest_and_writes_its_certificate(
    command, registry, tmp_path, backup
):
    paper = tmp_path / "proof.pdf"

    told = command("drill", registry, "--lang", "ja+en", "-o", paper)

    assert told.status == 0
    assert "DRILL-SAP-" in told.out
    assert command("verify", registry, paper).status == 0


def test_a_sign_out_backs_up_where_the_policy_says_so(command, registry, tmp_path):
    place = tmp_path / "backups"
    place.mkdir()
    desk = at_desk(registry)
    set_policy(desk, replace(policy(desk), backup_place=f"{place}"))
    desk.close()

    assert command("cut", registry, "--purpose", "made up").status == 0

    assert len(list(place.iterdir())) == 1
    assert command("drill", registry).status == 0
