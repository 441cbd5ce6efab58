import pytest

from registry_app.domain.errors import InvalidValue, NotFound
from registry_app.packs.loader import load_pack, pack_ids
from registry_app.services.packs import known_packs
from registry_app.words import Language

GOOD = """
[pack]
id = "x-sci"
version = 1
name = { ja = "名前", en = "Name" }
"""


def test_every_pack_that_is_shipped_loads_and_is_named_in_both_languages():
    packs = known_packs()

    assert [pack.id for pack in packs] == [
        "ipsc-npc-sci",
        "msc-iv-sci",
        "natural-history",
    ]
    assert all(set(pack.name) == set(Language) for pack in packs)
    assert [pack.id for pack in packs if pack.product is None] == ["natural-history"]


def test_an_unknown_pack_is_refused_with_those_that_exist():
    with pytest.raises(NotFound) as refused:
        load_pack("../secrets")

    assert refused.value.message.params["known"] == ", ".join(pack_ids())


@pytest.mark.parametrize(
    ("text", "key", "path"),
    [
        (GOOD.replace("version = 1", ""), "missing-key", "pack.version"),
        (GOOD.replace("version = 1", "version = 0"), "wrong-version", "pack.version"),
        (
            GOOD.replace("version = 1", "version = true"),
            "wrong-version",
            "pack.version",
        ),
        (GOOD.replace("x-sci", "y-sci"), "wrong-id", "pack.id"),
        (GOOD.replace(', en = "Name"', ""), "no-text", "pack.name.en"),
        (GOOD.replace("Name", "  "), "no-text", "pack.name.en"),
        (GOOD.replace("en =", "de ="), "unknown-key", "pack.name.de"),
        (GOOD + "visits = 3\n", "unknown-key", "pack.visits"),
        (GOOD + "[clock]\n", "unknown-key", "clock"),
        ("pack = 1", "missing-key", "pack"),
        ("", "missing-key", "pack"),
        ("[pack", "not-toml", None),
    ],
)
def test_a_broken_pack_names_its_file_and_key(tmp_path, text, key, path):
    folder = tmp_path / "x-sci"
    folder.mkdir()
    (folder / "pack.toml").write_text(text, encoding="utf-8")

    with pytest.raises(InvalidValue) as refused:
        load_pack("x-sci", tmp_path)

    said = refused.value.message
    assert said.key == f"packs.{key}"
    assert (said.params["file"], said.params.get("path")) == ("x-sci/pack.toml", path)
