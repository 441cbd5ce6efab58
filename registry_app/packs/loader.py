"""Protocol packs as they lie in resources/packs: listed, and read with every check."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from registry_app.domain.errors import InvalidValue, NotFound
from registry_app.paths import RESOURCES
from registry_app.words import Language

PACKS: Final = RESOURCES / "packs"
_ID: Final = re.compile(r"[a-z][a-z0-9-]{1,39}")
_KEYS: Final = {"id": True, "version": True, "name": True, "product": False}


@dataclass(frozen=True, slots=True)
class Pack:
    """What a registry is about. `product` is None where no product is followed up."""

    id: str
    version: int
    name: Mapping[Language, str]
    product: Mapping[Language, str] | None = None


def pack_ids(folder: Path = PACKS) -> tuple[str, ...]:
    """The packs that come with the program, in order of their ids."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/pack.toml")))


def load_pack(id: str, folder: Path = PACKS) -> Pack:  # noqa: A002
    """One pack. Raises NotFound, naming those that exist.

    Raises InvalidValue, naming the file and the key, where something in it is wrong.
    """
    known = pack_ids(folder)
    if id not in known:
        raise NotFound("packs.no-such-pack", id=id, known=", ".join(known))
    place = folder / id / "pack.toml"
    file = f"{id}/pack.toml"
    try:
        read = tomllib.loads(place.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidValue("packs.not-toml", file=file, error=error) from None
    for name in read:
        if name != "pack":
            raise InvalidValue("packs.unknown-key", file=file, path=name)
    table = read.get("pack")
    if not isinstance(table, dict):
        raise InvalidValue("packs.missing-key", file=file, path="pack")
    return _pack(file, id, table)


def _pack(file: str, id: str, table: dict[str, Any]) -> Pack:  # noqa: A002
    for name in table:
        if name not in _KEYS:
            raise InvalidValue("packs.unknown-key", file=file, path=f"pack.{name}")
    for name, needed in _KEYS.items():
        if needed and name not in table:
            raise InvalidValue("packs.missing-key", file=file, path=f"pack.{name}")
    written, version = table["id"], table["version"]
    if written != id or not _ID.fullmatch(id):
        raise InvalidValue("packs.wrong-id", file=file, path="pack.id", folder=id)
    if type(version) is not int or version < 1:
        raise InvalidValue("packs.wrong-version", file=file, path="pack.version")
    product = table.get("product")
    return Pack(
        id,
        version,
        _texts(file, "pack.name", table["name"]),
        None if product is None else _texts(file, "pack.product", product),
    )


def _texts(file: str, path: str, value: Any) -> dict[Language, str]:
    """A text in every language, and in no other."""
    texts = value if isinstance(value, dict) else {}
    for language in texts:
        if language not in tuple(Language):
            raise InvalidValue(
                "packs.unknown-key", file=file, path=f"{path}.{language}"
            )
    for language in Language:
        text = texts.get(language)
        if not isinstance(text, str) or not text.strip():
            raise InvalidValue("packs.no-text", file=file, path=f"{path}.{language}")
    return {language: texts[language] for language in Language}
