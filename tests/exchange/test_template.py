import pytest
from openpyxl import load_workbook

from registry_app.domain.errors import Refused
from registry_app.exchange.mapping import SourceMap
from registry_app.exchange.parse import parse_rows
from registry_app.exchange.rows import COLUMNS
from registry_app.exchange.template import write_template
from registry_app.exchange.workbook import read_xlsx
from tests.import_files import a_row


def test_the_template_has_a_text_column_for_each_cell_and_says_what_may_stand_there(
    tmp_path,
):
    path = tmp_path / "template.xlsx"

    write_template(path)

    book = load_workbook(path)
    assert book.sheetnames == ["exams", "help"]
    assert [cell.value for cell in book["exams"][1]] == list(COLUMNS)
    assert {cell.number_format for cell in book["exams"][1]} == {"@"}
    help_ = {row[0]: row[1:] for row in book["help"].iter_rows(values_only=True)}
    assert set(COLUMNS) < help_.keys()
    assert help_["R_LT_S4_5"][:2] == (
        "右 触覚 S4-5。空欄は未記入。＊は正常とみなさない、＊＊は正常とみなす。",
        "Right, light touch, S4-5. Empty: open. "
        "* considered not normal, ** considered normal.",
    )
    assert help_["VAC"][2] == "Yes, No, NT, UNK"


def test_a_filled_template_is_read_back(tmp_path):
    path = tmp_path / "template.xlsx"
    write_template(path)
    book = load_workbook(path)
    book["exams"].append([a_row().get(column) for column in COLUMNS])
    book.save(path)

    source = read_xlsx(path.read_bytes())

    parsed = parse_rows(source, SourceMap())
    assert parsed.problems == ()
    assert [row.patient for row in parsed.rows] == ["P-1"]


def test_the_template_is_the_same_each_time_and_overwrites_nothing(tmp_path):
    one, two = tmp_path / "one.xlsx", tmp_path / "two.xlsx"
    write_template(one)
    write_template(two)

    assert one.read_bytes() == two.read_bytes()
    with pytest.raises(Refused, match=r"import\.template-exists"):
        write_template(one)


def test_a_template_that_cannot_be_written_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"import\.template-not-written"):
        write_template(tmp_path / "no-such-folder" / "x.xlsx")
