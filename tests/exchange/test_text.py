import pytest

from registry_app.exchange.rows import Unreadable
from registry_app.exchange.text import decoded


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_with_or_without_its_mark(encoding):
    assert decoded("評価者\r\na\rb".encode(encoding)) == ("評価者\na\nb", ())


def test_cp932_is_read_and_said():
    text, notices = decoded("評価者，①髙".encode("cp932"))

    assert text == "評価者，①髙"
    assert [notice.key for notice in notices] == ["import.read-as-cp932"]


@pytest.mark.parametrize(
    ("data", "key", "line"),
    [
        ("a\n評価者\n".encode() + b"\x8e", "import.broken-utf-8", 3),
        (b"\xef\xbb\xbfa\n\x8e\xa1", "import.broken-utf-8", 2),
        (b"a\nb\n\x81\x20", "import.broken-bytes", 3),
        ("a".encode("utf-16"), "import.utf-16", 1),
    ],
)
def test_other_bytes_are_refused_with_their_line(data, key, line):
    with pytest.raises(Unreadable) as refused:
        decoded(data)

    assert (refused.value.message.key, refused.value.line) == (key, line)
