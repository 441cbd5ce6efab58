import pytest

from registry_app.domain.errors import InvalidValue
from registry_app.domain.texts import LONGEST, line


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  letter\t12\r\nof May ", "letter 12 of May"),
        ("\u200b\u3000\x00\x1b", ""),
        ("a\u202eb\ud800", "ab"),
        ("\U00020bb7\u91ce", "\U00020bb7\u91ce"),
    ],
)
def test_a_line_has_nothing_that_cannot_be_seen(written, kept):
    assert line(written) == kept


def test_a_line_that_no_row_can_hold_is_refused():
    assert len(line("x" * LONGEST)) == LONGEST
    with pytest.raises(InvalidValue, match=r"obligations\.too-long"):
        line("x" * (LONGEST + 1))
