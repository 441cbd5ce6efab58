"""Bytes into text: UTF-8, or the CP932 that Japanese Excel writes."""

from typing import Final

from registry_app.domain.message import Message, say
from registry_app.exchange.rows import Unreadable

_UTF8_MARK: Final = b"\xef\xbb\xbf"
_UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


def decoded(data: bytes) -> tuple[str, tuple[Message, ...]]:
    """The text of a file, line ends made plain, and what to know about its encoding.

    Raises Unreadable, with the line, where the bytes are neither UTF-8 nor CP932. A
    file that is UTF-8 in some lines and not in others is damaged, not CP932: reading it
    so would turn names into other names.
    """
    if data.startswith(_UTF16_MARKS):
        raise Unreadable("import.utf-16", line=1)
    marked = data.startswith(_UTF8_MARK)
    body = data.removeprefix(_UTF8_MARK)
    try:
        return _plain(body.decode("utf-8")), ()
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
    if marked or _has_utf8_lines(body):
        raise Unreadable("import.broken-utf-8", line=line)
    try:
        text = body.decode("cp932")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise Unreadable("import.broken-bytes", line=line) from None
    return _plain(text), (say("import.read-as-cp932"),)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _has_utf8_lines(body: bytes) -> bool:
    """Whether a line beyond ASCII is sound UTF-8 with a character of three bytes."""
    for line in body.split(b"\n"):
        if line.isascii():
            continue
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if any(character > "\u07ff" for character in text):
            return True
    return False
