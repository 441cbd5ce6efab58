import shutil

import pytest

from registry_app.packs.loader import PACKS, load_pack, pack_ids
from registry_app.packs.stored import checksum, content
from registry_app.paths import own_packs


@pytest.fixture
def broken(tmp_path):
    """A copy of a shipped pack with two mistakes in two files."""
    place = tmp_path / "msc-iv-sci"
    shutil.copytree(PACKS / "msc-iv-sci", place)
    for name, old, new in (
        ("visits.toml", 'at = "P49D"', 'at = "49 days"'),
        ("obligations.toml", 'owner = "mah"', 'owner = "ministry"'),
    ):
        text = (place / name).read_text("utf-8")
        (place / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    return place


def test_the_packs_are_listed(command):
    ran = command("packs")

    assert ran.status == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == list(pack_ids())
    assert "[Made-up example]" in ran.out


def test_the_list_says_as_data_which_is_made_up_and_which_cannot_be_read(
    command, broken
):
    own = own_packs() / "ours"
    shutil.copytree(broken, own)

    rows = {row["id"]: row for row in command("packs", "--json").data["packs"]}

    assert rows["example-other"]["made_up"] is True
    assert rows["msc-iv-sci"]["version"] == load_pack("msc-iv-sci").version
    assert rows["ours"]["sound"] is False
    assert rows["ours"]["folder"] == str(own)
    assert f"packs check {own}" in command("packs").out


def test_one_pack_is_written_out_in_words(command):
    ran = command("packs", "msc-iv-sci")

    assert ran.status == 0
    assert "| O7 | Infection evaluation report, 30 days |" in ran.out


def test_one_pack_as_data_is_what_a_registry_keeps(command):
    data = command("packs", "natural-history", "--json").data

    assert data["sha256"] == checksum(content(load_pack("natural-history")))
    assert data["pack"]["visits"][0]["id"] == "week-2"


def test_an_unknown_pack_is_refused_with_those_that_there_are(command):
    ran = command("packs", "nothing")

    assert ran.status == 1
    assert "msc-iv-sci" in ran.err


@pytest.mark.parametrize("name", pack_ids([PACKS]))
def test_every_shipped_pack_is_sound(command, name):
    ran = command("packs", "check", PACKS / name)

    assert ran.status == 0
    assert "sound" in ran.out


def test_all_mistakes_of_a_folder_are_told_with_file_key_and_reason(command, broken):
    ran = command("packs", "check", broken)

    assert ran.status == 1
    first, second = ran.out.splitlines()
    assert first.startswith("msc-iv-sci/obligations.toml, obligation[O1].owner: ")
    assert second.startswith("msc-iv-sci/visits.toml, visit[baseline].at: ")
    assert ran.err.strip() == "2 problems"


def test_the_mistakes_come_as_data_in_both_languages(command, broken):
    ran = command("packs", "check", broken, "--json")

    assert ran.status == 1
    assert ran.data["sound"] is False
    assert [(one["file"], one["path"]) for one in ran.data["problems"]] == [
        ("msc-iv-sci/obligations.toml", "obligation[O1].owner"),
        ("msc-iv-sci/visits.toml", "visit[baseline].at"),
    ]
    assert all(one["ja"] and one["en"] for one in ran.data["problems"])


def test_a_folder_that_is_not_there_is_refused(command, tmp_path):
    ran = command("packs", "check", tmp_path / "nothing")

    assert ran.status == 1
    assert "no folder" in ran.err


@pytest.mark.parametrize("argv", [("packs", "check"), ("packs", "a", "b")])
def test_a_wrong_use_says_how_it_is_meant(command, argv):
    assert command(*argv).status == 2
