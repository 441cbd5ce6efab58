import pytest

from registry_app.domain.errors import InvalidValue, NotFound
from registry_app.packs.loader import load_pack, pack_header, pack_ids, read_folder
from registry_app.paths import own_packs
from registry_app.services.packs import known_packs, pack_names

GOOD = """
[pack]
id = "x-sci"
version = 1
name = { ja = "名前", en = "Name" }

[[source]]
id = "S1"
text = "A page"

[[anchor]]
id = "day-0"
name = { ja = "初日", en = "Day 0" }
origin = "injury_date"
source = ["S1"]
confidence = "confirmed"
"""


def laid(folder, text, file="pack.toml", pack="x-sci"):
    """Lay a file of a pack into a folder of packs."""
    place = folder / pack
    place.mkdir(parents=True, exist_ok=True)
    (place / file).write_text(text, encoding="utf-8")
    return place


def test_every_pack_that_is_shipped_loads_and_is_named_in_both_languages():
    packs = known_packs()

    assert [pack.id for pack in packs] == list(pack_ids())
    assert {pack.id for pack in packs} >= {
        "ipsc-npc-sci",
        "msc-iv-sci",
        "natural-history",
    }
    assert pack_names() == {pack.id: pack.name for pack in packs}
    assert list(pack_names())[-1] == "example-other"


def test_an_unknown_pack_is_refused_with_those_that_exist():
    with pytest.raises(NotFound) as refused:
        load_pack("../secrets")

    assert refused.value.message.params["known"] == ", ".join(pack_ids())
    assert pack_header("../secrets") is None


def test_a_hospital_lays_its_own_pack_beside_those_of_the_program():
    before = pack_ids()
    laid(own_packs(), GOOD)

    assert set(pack_ids()) == {*before, "x-sci"}
    assert load_pack("x-sci").name.en == "Name"


def test_a_broken_pack_of_a_hospital_does_not_hide_the_others():
    before = known_packs()
    laid(own_packs(), GOOD.replace("version = 1", "version = 0"))

    assert known_packs() == before
    with pytest.raises(InvalidValue):
        load_pack("x-sci")


def test_of_two_packs_with_one_id_that_of_the_program_is_read():
    laid(own_packs(), GOOD.replace("x-sci", "msc-iv-sci"), pack="msc-iv-sci")

    assert load_pack("msc-iv-sci").product is not None


def test_a_table_may_stand_in_any_file_of_the_folder(tmp_path):
    source, _, anchor = GOOD.partition("[[anchor]]")
    laid(tmp_path, source)
    place = laid(tmp_path, f"[[anchor]]{anchor}", file="anchors.toml")

    pack, problems = read_folder(place)

    assert problems == ()
    assert pack == load_pack("x-sci", [tmp_path])
    assert [a.id for a in pack.anchors] == ["day-0"]


def test_all_mistakes_of_a_folder_are_told_each_with_its_own_file(tmp_path):
    laid(tmp_path, GOOD.replace("version = 1", 'version = "1"'))
    laid(tmp_path, '[[form]]\nid = "f"\n[clock]\n', file="forms.toml")
    place = laid(tmp_path, "[visit", file="visits.toml")

    pack, problems = read_folder(place)

    assert pack is None
    assert {(p.file, p.path, p.message.key) for p in problems} == {
        ("x-sci/pack.toml", "pack.version", "packs.not-whole"),
        ("x-sci/forms.toml", "form[f].name", "packs.missing-key"),
        ("x-sci/forms.toml", "form[f].source", "packs.missing-key"),
        ("x-sci/forms.toml", "form[f].confidence", "packs.missing-key"),
        ("x-sci/forms.toml", "clock", "packs.unknown-key"),
        ("x-sci/visits.toml", "", "packs.not-toml"),
    }


def test_loading_says_the_first_mistake_and_how_many_more_there_are(tmp_path):
    laid(tmp_path, GOOD.replace("version = 1", 'version = "1"\nsize = 3'))

    with pytest.raises(InvalidValue) as refused:
        load_pack("x-sci", [tmp_path])

    said = refused.value.message
    assert (said.key, said.params["more"]) == ("packs.not-sound", 1)


def test_a_file_saved_by_an_editor_of_windows_is_read(tmp_path):
    place = laid(tmp_path, "")
    text = GOOD.replace("\n", "\r\n").encode("utf-8-sig")
    (place / "pack.toml").write_bytes(text)

    assert load_pack("x-sci", [tmp_path]).name.ja == "名前"


def test_a_pack_that_was_changed_in_its_folder_is_read_anew(tmp_path):
    laid(tmp_path, GOOD)
    assert load_pack("x-sci", [tmp_path]).name.en == "Name"

    laid(tmp_path, GOOD.replace('"Name"', '"Another"'))

    assert load_pack("x-sci", [tmp_path]).name.en == "Another"
