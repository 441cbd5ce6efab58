"""A report as data: its numbers, its values, the records behind them."""

import csv
import io
import json
from dataclasses import replace

import pytest

from registry_app.domain.figures.document import Front, Ref, Section, Value
from registry_app.domain.figures.document_data import DocumentData, numbering
from registry_app.domain.message import Told
from tests.reports.made_up_document import CASES, a_document, a_listing, told

TEXTS = {
    "ja": lambda text: text.ja if isinstance(text, Told) else text.key,
    "en": lambda text: text.en if isinstance(text, Told) else text.key,
}


def test_tables_and_figures_are_numbered_by_section_and_the_appendix_by_letter():
    numbers = numbering(a_document())
    assert numbers.sections["safety"] == "2"
    assert numbers.sections["main"] == "1.1"
    assert numbers.sections["listings"] == "A"
    assert numbers.tables["events-by-soc"] == "2-1"
    assert numbers.tables["deaths"] == "2-2"
    assert numbers.figures["saturation"] == "3-1"
    assert numbers.tables["listing-subjects"] == "A-1"


@pytest.mark.parametrize("front", [Front.THIRD, Front.HEADING])
def test_a_short_report_counts_them_through(front):
    numbers = numbering(a_document(front))
    assert list(numbers.tables.values()) == ["1", "2", "3", "4"]
    assert numbers.figures["saturation"] == "1"


def test_two_parts_of_one_name_are_refused():
    section = Section("twice", told("節"), (a_listing(1), a_listing(1)))
    with pytest.raises(ValueError, match="listing-subjects"):
        numbering(replace(a_document(), appendix=(section,)))


def test_it_is_json_with_every_text_in_both_languages_and_every_value():
    data = json.loads(json.dumps(DocumentData(a_document(), TEXTS).as_data()))
    assert data["title"]["ja"] == "使用成績等定期報告書"
    table = data["tables"]["events-by-soc"]
    row = table["rows"][0]
    assert row["id"] == "any"
    assert row["cells"]["n"] == 57
    assert row["cells"]["term"]["en"] == "Any adverse event"
    treated = data["fields"]["key"][2]
    assert (treated["cells"]["value"], treated["shown"]["value"]) == (
        [18, 64],
        "18 / 64",
    )
    assert data["cover"][5]["marks"] == {"value": "to confirm"}
    assert data["figures"]["saturation"]["chart"]["ended"] == 45.0


def test_the_records_are_listed_once_and_named_by_their_places():
    data = DocumentData(a_document(), TEXTS).as_data()
    treated, watched = data["fields"]["key"][:2]
    assert treated["records"]["value"] == "1-64"
    assert watched["records"]["value"] == "1-30"
    assert data["records"][1] == ["subject", CASES[0].id, CASES[0].of]
    assert len(data["records"]) == len({tuple(r) for r in data["records"]})


def test_gaps_in_the_records_are_left_out():
    refs = tuple(Ref("subject", f"{n}") for n in range(6))
    section = Section("only", told("節"), (a_listing(0),))
    listing = a_listing(2)
    first = (Value("all", refs=refs), *listing.rows[0].cells[1:])
    some = (Value("some", refs=(refs[5], refs[1], refs[2])), *listing.rows[1].cells[1:])
    rows = (
        replace(listing.rows[0], cells=first),
        replace(listing.rows[1], cells=some),
    )
    section = replace(section, blocks=(replace(listing, rows=rows),))
    document = replace(a_document(), cover=(), sections=(section,), appendix=())
    data = DocumentData(document, TEXTS).as_data()
    found = data["tables"]["listing-subjects"]["rows"]
    assert [row["records"]["case"] for row in found] == ["0-5", "1-2 5"]


def test_the_lines_hold_every_value_and_end_with_the_records():
    document = a_document()
    text = "".join(DocumentData(document, TEXTS).as_csv())
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    cells = [row for row in rows if row["table"] == "listing-subjects"]
    assert len(cells) == 38 * 9
    one = next(r for r in rows if (r["table"], r["row"]) == ("key", "serious"))
    assert (one["value"], one["shown"]) == ("[18, 64]", "18 / 64")
    data = DocumentData(document, TEXTS).as_data()
    listed = [r for r in rows if r["table"] == "records"]
    assert len(listed) == len(data["records"])
    assert listed[1]["value"] == CASES[0].id


def test_a_cell_with_signs_of_the_format_comes_back_as_it_was():
    awkward = 'a "b", c\nd'
    document = a_document(name=awkward)
    text = "".join(DocumentData(document, TEXTS).as_csv())
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert any(awkward in row for row in rows)
