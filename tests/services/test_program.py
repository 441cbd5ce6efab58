"""The hash of the code: the same on every machine, another with every change."""

import hashlib
import re

from registry_app.services.program import code_hash, hash_of, program


def laid(root, **files):
    for name, content in files.items():
        path = root / "made_up" / name.replace("__", "/")
        path = path.with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return hash_of(root, "made_up")


CODE = {"one": b"a = 1\n", "two__three": b"b = 2\n"}


def test_it_is_the_hash_of_the_list_that_common_tools_print(tmp_path):
    lines = "".join(
        f"{hashlib.sha256(content).hexdigest()}  made_up/{path}.py\n"
        for path, content in (("one", CODE["one"]), ("two/three", CODE["two__three"]))
    )
    assert laid(tmp_path, **CODE) == hashlib.sha256(lines.encode()).hexdigest()


def test_neither_ends_of_lines_nor_compiled_files_change_it(tmp_path):
    on_unix = laid(tmp_path / "unix", **CODE)
    elsewhere = {name: code.replace(b"\n", b"\r\n") for name, code in CODE.items()}
    (tmp_path / "other" / "made_up" / "__pycache__").mkdir(parents=True)
    (tmp_path / "other/made_up/__pycache__/one.cpython-311.pyc").write_bytes(b"\0")

    assert laid(tmp_path / "other", **elsewhere) == on_unix


def test_every_change_of_code_or_name_changes_it(tmp_path):
    known = laid(tmp_path / "a", **CODE)
    changed = laid(tmp_path / "b", **{**CODE, "one": b"a = 2\n"})
    moved = laid(tmp_path / "c", one=CODE["one"], two__four=CODE["two__three"])
    more = laid(tmp_path / "d", **CODE, five=b"")

    assert len({known, changed, moved, more}) == 4


def test_without_sources_there_is_none(tmp_path):
    assert hash_of(tmp_path, "made_up") == ""


def test_this_program_has_one():
    assert re.fullmatch(r"[0-9a-f]{64}", code_hash())
    assert program().startswith("registry-app ")
