import pytest

from registry_app.exchange.mapping import SourceMap, nearest_column, our_column
from registry_app.exchange.rows import COLUMNS


@pytest.mark.parametrize("column", COLUMNS)
def test_each_column_is_known_by_its_name_whatever_case_and_width(column):
    assert our_column(column.lower()) == column
    assert our_column(f" {column.upper()} ") == column


def test_the_last_segment_may_be_written_with_a_hyphen():
    assert our_column("r_lt_s4-5") == "R_LT_S4_5"


def test_a_slip_of_the_pen_is_told_from_another_word():
    assert nearest_column("treatmnt_date") == "treatment_date"
    assert nearest_column("colour of eyes") == ""


def test_a_code_of_one_column_goes_before_one_of_all_scores():
    source_map = SourceMap(codes={"R_LT_C2": {"9": "UNK"}, "scores": {"9": "NT"}})

    assert source_map.text("R_LT_C2", "９") == "UNK"
    assert source_map.text("L_LT_C2", "9") == "NT"
    assert source_map.text("VAC", "9") == "9"
