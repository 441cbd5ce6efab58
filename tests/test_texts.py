"""The texts: each in both languages, each known where it is used, each used."""

import ast
import re
import string
import tomllib
from functools import cache
from typing import NamedTuple

import pytest

from registry_app.paths import RESOURCES, ROOT

#: Calls whose first argument is a key.
SAYERS = {"words", "say", "Refused", "InvalidValue", "NotFound", "RegistryError"}
#: Qt calls whose text arguments a person reads.
SHOWN = {
    *("QLabel", "QPushButton", "QToolButton", "QCheckBox", "QRadioButton", "QAction"),
    *("QGroupBox", "setText", "setToolTip", "setWindowTitle", "setPlaceholderText"),
    *("setAccessibleName", "setAccessibleDescription", "setTitle", "addTab"),
}
#: Our own widgets: which of their arguments a person reads.
SHOWN_AT = {"label": 1, "button": 1, "Card": 1, "Chip": 2, "Field": 1, "Column": 0}
#: Stands for whatever fills a brace.
OPEN = "\0"
KEY = re.compile(r"[a-z_]+\.[a-z0-9][a-z0-9-]*")
WORD = re.compile(r"[A-Za-z]{2,}|[぀-ヿ一-鿿]")
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
SOURCES = sorted((ROOT / "registry_app").rglob("*.py"))


@cache
def _texts():
    """Every text in its languages, by its key."""
    texts = {}
    for file in sorted((RESOURCES / "i18n").glob("*.toml")):
        for name, both in tomllib.loads(file.read_text("utf-8")).items():
            texts[f"{file.stem}.{name}"] = both
    return texts


def _name(call):
    func = call.func
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _text(node):
    """A string as it stands; of an f-string what stands around its braces."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) else OPEN
            for part in node.values
        )
    return ""


def _strings(nodes):
    """Every string among the nodes of a tree, each f-string as one."""
    inner = {
        id(value)
        for node in nodes
        if isinstance(node, ast.JoinedStr)
        for value in node.values
    }
    for node in nodes:
        if id(node) not in inner and (text := _text(node)):
            yield text


class Uses(NamedTuple):
    """What the code says: keys asked for by name, strings that stand anywhere, keys
    made of parts, and the places of Japanese."""

    asked: dict
    standing: set
    made: set
    japanese: list


@cache
def _uses():
    """All of it at once: the code is read by as few processes as can be, and once."""
    uses = Uses({}, set(), set(), [])
    files = {key.partition(".")[0] for key in _texts()}
    for path in SOURCES:
        nodes = list(ast.walk(ast.parse(path.read_text("utf-8"))))
        place = path.relative_to(ROOT)
        for text in _strings(nodes):
            if OPEN not in text:
                uses.standing.add(text)
            elif text.partition(".")[0] in files:
                uses.made.add(text)
        for node in nodes:
            if isinstance(node, ast.Call) and node.args and _name(node) in SAYERS:
                for text in _strings(list(ast.walk(node.args[0]))):
                    if KEY.fullmatch(text):
                        uses.asked[text] = f"{place}:{node.lineno}"
        explained = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        for node in nodes:
            if id(node) in explained or not isinstance(node, ast.Constant):
                continue
            if isinstance(node.value, str) and JAPANESE.search(node.value):
                uses.japanese.append(f"{place}:{node.lineno}")
    return uses


@cache
def _pattern(made):
    return re.compile("(.+)".join(map(re.escape, made.split(OPEN))))


def _matches(made, key):
    """The parts of a key that fill the braces of a made one, or nothing."""
    return _pattern(made).fullmatch(key)


def _params(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_exists_in_both_languages_with_the_same_parameters():
    wrong = [
        key
        for key, both in _texts().items()
        if set(both) != {"ja", "en"}
        or not all(both.values())
        or _params(both["ja"]) != _params(both["en"])
    ]

    assert wrong == []


def test_english_is_written_with_plain_signs_that_a_japanese_font_does_not_widen():
    assert [
        key for key, both in _texts().items() if set(both["en"]) & set("…’‘“”")
    ] == []


def test_english_holds_no_japanese_by_mistake():
    """要確認 is the one Japanese word that English pages carry (LOOK.md)."""
    languages = {"日本語", "要確認"}
    wrong = []
    for key, both in _texts().items():
        text = both["en"]
        for word in languages:
            text = text.replace(word, "")
        if JAPANESE.search(text):
            wrong.append(key)

    assert wrong == []


def test_every_text_that_is_asked_for_exists():
    unknown = {
        key: place for key, place in _uses().asked.items() if key not in _texts()
    }

    assert unknown == {}


def test_every_key_that_is_made_of_parts_has_texts():
    none = [m for m in _uses().made if not any(_matches(m, key) for key in _texts())]

    assert none == []


def _used(key):
    """Named in full, or made of parts; ``file.{name}`` needs the name somewhere."""
    if key in _uses().standing:
        return True
    found = [(made, _matches(made, key)) for made in _uses().made]
    return any(
        match and (not made.endswith(f".{OPEN}") or match[1] in _uses().standing)
        for made, match in found
    )


def test_every_text_is_used():
    assert [key for key in _texts() if not _used(key)] == []


def _shown(call):
    """The arguments of a call that a person reads."""
    if _name(call) in SHOWN:
        return call.args
    at = SHOWN_AT.get(_name(call))
    return [] if at is None else call.args[at : at + 1]


@pytest.mark.parametrize(
    "path",
    [p for p in SOURCES if "ui" in p.relative_to(ROOT).parts],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_no_words_are_written_in_the_code_of_a_screen(path):
    said = [
        f"{path.name}:{node.lineno}: {text}"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        for argument in _shown(node)
        for text in [_text(argument)]
        if OPEN not in text and WORD.search(text)
    ]

    assert said == []


def test_no_japanese_is_written_in_the_code():
    """Docstrings and comments may name a Japanese term; values may not be one."""
    assert _uses().japanese == []
