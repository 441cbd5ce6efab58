"""How the columns and codes of somebody else's file become ours: MAP.toml.

```toml
ignore = ["備考"]             # columns that are not read
[columns]                     # theirs = ours
"患者番号" = "patient"
[codes.sex]                   # of one of our columns: theirs = ours
"1" = "male"
[codes.scores]                # of all scores of the sheet
"9" = "NT"
```
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from registry_app.domain.errors import InvalidValue
from registry_app.domain.isncsci.segments import SCORE_ITEMS
from registry_app.domain.names import plain
from registry_app.exchange.rows import COLUMNS, name_of, quoted

#: Stands for every score of the sheet in [codes].
SCORES: Final = "scores"
_SCORES: Final = frozenset(SCORE_ITEMS)
_TABLES: Final = ("columns", "codes", "ignore")
#: Our columns by the ways in which they may be written.
_OURS: Final = {name.replace("-", "_").casefold(): name for name in COLUMNS}


def our_column(name: str) -> str | None:
    """Our column of that name; case, width and S4-5 for S4_5 do not matter."""
    return _OURS.get(plain(name).replace("-", "_").casefold())


def nearest_column(name: str) -> str:
    """The column that was perhaps meant; empty if none is near."""
    near = get_close_matches(plain(name).casefold(), _OURS, n=1, cutoff=0.75)
    return _OURS[near[0]] if near else ""


@dataclass(frozen=True, slots=True)
class SourceMap:
    """What a file's columns and codes mean; an empty one takes them as they are."""

    columns: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()

    def column(self, name: str) -> str | None:
        """Our column for one of theirs; None if it is none that we know."""
        return self.columns.get(name) or our_column(name)

    def text(self, column: str, text: str) -> str:
        """What a text of theirs stands for in our column."""
        written = name_of(text)
        codes = self.codes.get(column)
        if codes is None and column in _SCORES:
            codes = self.codes.get(SCORES)
        return (codes or {}).get(written, text)


def read_map(path: Path) -> SourceMap:
    """The mapping of a file; InvalidValue names the key that is wrong."""
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InvalidValue("import.no-file", name=path.name) from None
    except (OSError, UnicodeDecodeError):
        raise InvalidValue("import.map-unreadable") from None
    except tomllib.TOMLDecodeError as error:
        raise InvalidValue("import.map-not-toml", error=error) from None
    for key in read:
        if key not in _TABLES:
            raise InvalidValue(
                "import.map-key", name=quoted(key), allowed=", ".join(_TABLES)
            )
    columns = _texts(read.get("columns", {}), "columns")
    for theirs, ours in columns.items():
        if ours not in COLUMNS:
            raise InvalidValue(
                "import.map-column",
                where=f"columns.{quoted(theirs)}",
                column=quoted(ours),
            )
    codes = {}
    for column, table in _table(read.get("codes", {}), "codes").items():
        if column not in (*COLUMNS, SCORES):
            raise InvalidValue(
                "import.map-column", where="codes", column=quoted(column)
            )
        codes[column] = _texts(table, f"codes.{column}")
    ignore = read.get("ignore", [])
    if not isinstance(ignore, list) or not all(isinstance(n, str) for n in ignore):
        raise InvalidValue("import.map-ignore", where="ignore")
    return SourceMap(columns, codes, frozenset(map(name_of, ignore)))


def _table(value: Any, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InvalidValue("import.map-not-a-table", where=key)
    return value


def _texts(value: Any, key: str) -> dict[str, str]:
    """A table of texts, their side made plain as the cells will be."""
    for name, text in _table(value, key).items():
        if not isinstance(text, str):
            raise InvalidValue("import.map-not-a-text", where=f"{key}.{quoted(name)}")
    return {name_of(name): text for name, text in value.items()}
