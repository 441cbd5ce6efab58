"""A file into rows, by the kind that its name and its first bytes say."""

from pathlib import Path
from typing import Final

from registry_app.exchange.comma_rows import read_csv
from registry_app.exchange.json_lines import read_json_lines
from registry_app.exchange.rows import MAX_BYTES, Source, Unreadable
from registry_app.exchange.workbook import read_xlsx

_READERS: Final = {
    ".jsonl": read_json_lines,
    ".csv": read_csv,
    ".xlsx": read_xlsx,
}
_ZIP: Final = b"PK\x03\x04"


def read_source(path: Path) -> Source:
    """The rows of a JSON Lines, CSV or XLSX file. Raises Unreadable."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise Unreadable("import.unknown-kind", kinds=", ".join(_READERS))
    try:
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise Unreadable("import.cannot-open", name=path.name)
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable("import.no-file", name=path.name) from None
    except OSError:
        raise Unreadable("import.cannot-open", name=path.name) from None
    if len(data) > MAX_BYTES:
        raise Unreadable("import.too-big", most=MAX_BYTES // 1_000_000)
    if not data.strip():
        raise Unreadable("import.empty")
    if reader is not read_xlsx and data.startswith(_ZIP):
        raise Unreadable("import.zip-inside")
    if reader is read_xlsx and not data.startswith(_ZIP) and data[:4].isascii():
        raise Unreadable("import.no-workbook-inside")
    return reader(data)
