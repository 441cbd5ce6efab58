"""Whose file it is, told in its raw bytes: found even where the file is damaged.

A line after the header and one before the end name the registry and the report, beside
the marks inside. Any one byte may be changed: the others still say it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Final
from urllib.parse import quote, unquote

_SIGN: Final = "registry-app:report"
_SAID: Final = re.compile(rb"registry-app:report ([!-~]+) ([!-;=-~]+)")
_TABLE: Final = re.compile(rb"xref\n0 (\d+)\n")
_START: Final = re.compile(rb"startxref\n(\d+)\n%%EOF\s*\Z")
_ENTRY: Final = 20
#: The parts of a claim have no sign that XML or a PDF string would change.
_SAFE: Final = "-_.~"


def claim(registry: str, number: str) -> str:
    """Whose file it is, as one line."""
    return f"{_SIGN} {quote(registry, safe=_SAFE)} {quote(number, safe=_SAFE)}"


def with_claim(pdf: bytes, said: str) -> bytes:
    """The file with the claim after its header and before its end.

    The places of its objects are counted on by the length of the line. Raises
    ValueError where they are not listed as one plain table.
    """
    line = f"%{said}\n".encode()
    found = _START.search(pdf)
    if found is None:
        raise ValueError("no end")
    at = int(found.group(1))
    head = _TABLE.match(pdf, at)
    if head is None:
        raise ValueError("no table")
    # The header is two lines: the version, and a comment of high bytes.
    begin = pdf.index(b"\n", pdf.index(b"\n") + 1) + 1
    stop = head.end() + _ENTRY * int(head.group(1))
    places = b"".join(
        _moved(pdf[n : n + _ENTRY], len(line)) for n in range(head.end(), stop, _ENTRY)
    )
    end = b"startxref\n%d\n%%%%EOF\n" % (at + len(line))
    parts = (pdf[:begin], line, pdf[begin : head.end()], places)
    return b"".join((*parts, pdf[stop : found.start()], line, end))


def _moved(entry: bytes, by: int) -> bytes:
    """An entry of the table of places: ten digits, of an object in use."""
    if entry[17:18] != b"n":
        return entry
    return b"%010d" % (int(entry[:10]) + by) + entry[10:]


def claimed(pdf: bytes) -> tuple[str, str] | None:
    """Registry id and report number that a file claims, most of its marks agreeing.

    None for what is not ours. Never raises: the file may be anything.
    """
    counted = Counter(_claims(pdf))
    if not counted:
        return None
    return counted.most_common(1)[0][0]


def _claims(pdf: bytes) -> Iterator[tuple[str, str]]:
    for found in _SAID.finditer(pdf):
        registry, number = (
            unquote(unescape(part.decode("ascii"))) for part in found.groups()
        )
        yield registry, number
