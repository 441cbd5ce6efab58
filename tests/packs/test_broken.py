"""Broken packs: made by hand in broken/, and made from those that are shipped."""

import copy
import shutil
import tomllib
from pathlib import Path

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from registry_app.domain.errors import InvalidValue
from registry_app.packs.loader import PACKS, load_pack, pack_ids, read_folder
from registry_app.words import Language, Words

HERE = Path(__file__).parent
BROKEN = sorted((HERE / "broken").glob("*.toml"))
SPOKEN = [Words(language) for language in Language]


def _laid(folder, broken=None):
    place = folder / "base"
    place.mkdir(parents=True)
    shutil.copy(HERE / "base.toml", place / "pack.toml")
    if broken is not None:
        shutil.copy(broken, place / "more.toml")
    return place


def test_the_pack_that_the_broken_ones_are_laid_beside_is_sound(tmp_path):
    pack, problems = read_folder(_laid(tmp_path))

    assert problems == ()
    assert pack is not None


def test_there_are_many_broken_packs():
    assert len(BROKEN) >= 30


@pytest.mark.parametrize("broken", BROKEN, ids=lambda path: path.stem)
def test_a_broken_pack_is_refused_with_its_file_its_key_and_the_reason(
    tmp_path, broken
):
    first = broken.read_text("utf-8").splitlines()[0].removeprefix("# expected: ")
    path, _, key = first.rpartition(" ")

    pack, problems = read_folder(_laid(tmp_path, broken))

    assert pack is None
    told = {(one.file, one.path, one.message.key) for one in problems}
    assert told == {("base/more.toml", path, f"packs.{key}")}
    for words in SPOKEN:
        said = words.say(problems[0].said)
        assert said.startswith("base/more.toml")
        assert path in said
        assert "{" not in said.replace("{ }", "")
    with pytest.raises(InvalidValue):
        load_pack("base", [tmp_path])


def test_a_pack_without_a_header_says_where_it_belongs(tmp_path):
    place = tmp_path / "empty"
    place.mkdir()

    _, problems = read_folder(place)

    assert [(one.file, one.path) for one in problems][:1] == [
        ("empty/pack.toml", "pack")
    ]


def test_a_header_must_name_its_own_folder(tmp_path):
    place = _laid(tmp_path)
    place = place.rename(tmp_path / "elsewhere")

    _, problems = read_folder(place)

    assert [one.message.key for one in problems] == ["packs.wrong-id"]


def test_files_that_are_no_text_are_problems_and_no_crash(tmp_path):
    place = _laid(tmp_path)
    (place / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    (place / "deep.toml").write_text("a = " + "[" * 100_000, encoding="utf-8")
    (place / "folder.toml").mkdir()
    (place / "long.toml").write_text("a = " + "9" * 5000, encoding="utf-8")
    (place / "wide.toml").write_text("a = 1e9999999999999999999", encoding="utf-8")

    _, problems = read_folder(place)

    assert {(one.file, one.message.key) for one in problems} == {
        ("base/bytes.toml", "packs.not-toml"),
        ("base/deep.toml", "packs.not-toml"),
        ("base/folder.toml", "packs.cannot-open"),
        ("base/long.toml", "packs.not-toml"),
        ("base/wide.toml", "packs.not-toml"),
    }


#: Each shipped pack as one file of tables: file name to what TOML reads there.
SHIPPED = {
    folder.name: {
        path.name: tomllib.loads(path.read_text("utf-8"))
        for path in sorted(folder.glob("*.toml"))
    }
    for folder in sorted(PACKS.iterdir())
}


def _places(value, path=()):
    """Every place in a tree of tables: the path to it, and what stands there."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key), inner
            yield from _places(inner, (*path, key))
    elif isinstance(value, list):
        for at, inner in enumerate(value):
            if isinstance(inner, dict | list):
                yield from _places(inner, (*path, at))


#: Keys whose text, or whose list, names other elements of the pack.
POINTING = {
    *("anchor", "precedes", "counts_from", "done_by", "baseline", "cohort", "after"),
    *("rule", "initial", "lapses_to", "extends", "counted_from", "fact", "measure"),
}
LISTING = {"source", "forms", "on", "regimes", "next"}
PLACES = [
    (pack, path, value)
    for pack, files in SHIPPED.items()
    for path, value in _places(files)
    if len(path) > 2
]
TEXTS = [place for place in PLACES if isinstance(place[2], str)]
TABLES = [
    place
    for place in PLACES
    if isinstance(place[2], dict) and place[1][-1] != "figures"
]
LANGUAGES = [place for place in PLACES if place[1][-1] in tuple(Language)]
POINTERS = [
    place
    for place in PLACES
    if (isinstance(place[2], str) and place[1][-1] in POINTING)
    or (isinstance(place[2], list) and place[1][-1] in LISTING)
]
LISTS = [
    (pack, (file, key), value)
    for pack, files in SHIPPED.items()
    for file, tables in files.items()
    for key, value in tables.items()
    if isinstance(value, list) and "id" in value[0]
]


def _at(tree, path):
    for step in path:
        tree = tree[step]
    return tree


def _problems(folder, pack, changed):
    place = folder / pack
    shutil.copytree(PACKS / pack, place, dirs_exist_ok=True)
    for name, tables in changed.items():
        if tables != SHIPPED[pack][name]:
            (place / name).write_text(tomlkit.dumps(tables), encoding="utf-8")
    read, problems = read_folder(place)
    assert read is None or not problems
    return problems


def _is_told(problems, pack, path):
    """Something is told about that file, or that key of it, in both languages."""
    assert problems
    key = str(path[1])
    assert any(
        one.file == f"{pack}/{path[0]}" and one.path.startswith(key) for one in problems
    )
    for one in problems:
        for words in SPOKEN:
            assert words.say(one.said).startswith(one.file)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("packs")


@settings(max_examples=30)
@given(place=st.sampled_from(PLACES))
def test_a_shipped_pack_with_a_value_of_another_kind_is_refused(folder, place):
    pack, path, _ = place
    changed = copy.deepcopy(SHIPPED[pack])
    _at(changed, path[:-1])[path[-1]] = {"odd": [1.5]}

    _is_told(_problems(folder, pack, changed), pack, path)


@settings(max_examples=30)
@given(place=st.sampled_from(TEXTS))
def test_a_shipped_pack_with_a_blank_is_refused(folder, place):
    pack, path, _ = place
    changed = copy.deepcopy(SHIPPED[pack])
    _at(changed, path[:-1])[path[-1]] = " "

    _is_told(_problems(folder, pack, changed), pack, path)


@settings(max_examples=30)
@given(place=st.sampled_from(TABLES))
def test_a_shipped_pack_with_a_misspelt_key_is_refused(folder, place):
    pack, path, _ = place
    changed = copy.deepcopy(SHIPPED[pack])
    _at(changed, path)["nmae"] = "x"

    _is_told(_problems(folder, pack, changed), pack, path)


@settings(max_examples=30)
@given(place=st.sampled_from(LANGUAGES))
def test_a_shipped_pack_with_a_text_in_one_language_is_refused(folder, place):
    pack, path, _ = place
    changed = copy.deepcopy(SHIPPED[pack])
    del _at(changed, path[:-1])[path[-1]]

    _is_told(_problems(folder, pack, changed), pack, path)


@settings(max_examples=30)
@given(place=st.sampled_from(LISTS), at=st.integers(0))
def test_a_shipped_pack_with_an_element_twice_is_refused(folder, place, at):
    pack, path, value = place
    changed = copy.deepcopy(SHIPPED[pack])
    listed = _at(changed, path)
    listed.append(copy.deepcopy(value[at % len(value)]))

    problems = _problems(folder, pack, changed)

    _is_told(problems, pack, path)
    assert "packs.twice" in {one.message.key for one in problems}


@settings(max_examples=30)
@given(place=st.sampled_from(POINTERS))
def test_a_shipped_pack_that_points_to_nothing_is_refused(folder, place):
    pack, path, value = place
    changed = copy.deepcopy(SHIPPED[pack])
    gone = "nowhere" if isinstance(value, str) else ["nowhere"]
    _at(changed, path[:-1])[path[-1]] = gone

    problems = _problems(folder, pack, changed)

    _is_told(problems, pack, path)
    keys = {one.message.key for one in problems}
    assert keys & {"packs.dangling", "packs.no-fact", "packs.not-one-of"}


def test_a_folder_without_a_file_to_read_does_not_hide_the_other_packs(tmp_path):
    (tmp_path / "folder" / "pack.toml").mkdir(parents=True)
    (tmp_path / "lost").mkdir()
    (tmp_path / "lost" / "pack.toml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "round").mkdir()
    (tmp_path / "round" / "pack.toml").symlink_to("pack.toml")
    _laid(tmp_path)
    assert pack_ids([tmp_path]) == ("base",)
    assert load_pack("base", [tmp_path]).id == "base"
