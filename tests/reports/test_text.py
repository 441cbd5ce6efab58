import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry_app.domain.errors import Refused
from registry_app.reports import fonts
from registry_app.reports.sheet import CELL
from registry_app.reports.text import NO_END, NO_START, Span, Text

LETTERS = st.text(
    "患者は、「検査」（第1回）をend 受けた。ー々", min_size=1, max_size=60
)


@pytest.fixture(autouse=True)
def _fonts():
    fonts.register()


def _lines(words, width):
    text = Text(words, CELL)
    text.wrap(width, 1000)
    return ["".join(piece.text for piece in line.pieces) for line in text.lines]


@given(LETTERS, st.integers(40, 200))
def test_nothing_is_lost_but_the_blanks_at_a_break(words, width):
    assert "".join(_lines(words, width)).replace(" ", "") == words.replace(" ", "")


@given(LETTERS, st.integers(40, 200))
def test_no_line_is_wider_than_its_column(words, width):
    text = Text(words, CELL)
    text.wrap(width, 1000)

    assert all(line.used <= width + 0.1 for line in text.lines)


def test_a_closing_sign_does_not_begin_a_line_and_an_opening_sign_does_not_end_one():
    for width in range(30, 160):
        lines = _lines("検査は、（第1回の検査）「確定」した。次は、（第2回）。", width)
        assert not any(line[0] in NO_START for line in lines[1:])
        assert not any(line[-1] in NO_END for line in lines[:-1])


def test_english_words_and_ranges_of_numbers_stay_whole():
    assert _lines("合計は 64.0–99.8 incomplete です", 60) == [
        "合計は ",
        "64.0–99.8 ",
        "incomplete ",
        "です",
    ] or all(
        any(word in line for line in _lines("合計は 64.0–99.8 incomplete です", 60))
        for word in ("64.0–99.8", "incomplete")
    )


def test_a_word_wider_than_its_column_is_parted_after_all():
    assert len(_lines("x" * 64, 60)) > 1


def test_a_missing_character_is_refused_also_in_a_span():
    with pytest.raises(Refused, match=r"report\.no-glyph"):
        Text([Span("a"), Span("\u0e01")])
