"""Any document on paper: what stands where, and where it came from."""

import contextlib
import csv
import io
import json
import subprocess
import sys
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest
from reportlab.lib.units import mm

from registry_app.domain.errors import Refused
from registry_app.domain.figures.charts import FlowBox, FlowChart, cell
from registry_app.domain.figures.document import (
    Column,
    Figure,
    Front,
    Row,
    Section,
    Table,
    Value,
    Written,
)
from registry_app.reports import fonts
from registry_app.reports.document import print_document
from registry_app.reports.document_tables import table_grid
from registry_app.reports.sheet import LEFT
from registry_app.reports.voice import Voice
from tests.reports.looking import POINTS, outside, pages
from tests.reports.made_up import EN, JA
from tests.reports.made_up_document import (
    CASES,
    a_document,
    a_listing,
    a_report_issue,
    an_events_table,
    signed,
    told,
)

LANGUAGES = pytest.mark.parametrize("languages", [(JA,), (EN,), (JA, EN)], ids="+".join)


def printed(document=None, languages=(JA,), **issue):
    return print_document(document or a_document(), a_report_issue(languages, **issue))


def text_of(pdf):
    return "".join(pages(pdf)).replace("\r\n", "")


def with_blocks(*blocks, front=Front.HEADING):
    section = Section("only", told("試験", "Trial"), blocks)
    return replace(a_document(front), sections=(section,), appendix=())


@LANGUAGES
@pytest.mark.parametrize("front", Front)
def test_everything_stays_within_the_measure(front, languages):
    assert outside(printed(a_document(front, 120), languages).pdf) == []


def test_the_same_document_gives_the_same_bytes_here_and_in_another_process():
    code = (
        "import sys, hashlib; from tests.reports.made_up import JA, EN;"
        "from tests.reports.made_up_document import a_document, a_report_issue;"
        "from registry_app.reports.document import print_document;"
        "p = print_document(a_document(), a_report_issue((JA, EN)));"
        "sys.stdout.buffer.write(p.pdf)"
    )
    other = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, timeout=120
    )
    again = printed(languages=(JA, EN)).pdf
    assert again == printed(languages=(JA, EN)).pdf
    assert other.stdout == again


def test_the_contents_name_the_page_of_every_section_table_and_figure():
    pdf = printed(a_document(listed=400)).pdf
    texts = pages(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        links = opened.pages[1].Annots
        rects = [[float(edge) for edge in link.Rect] for link in links]
    with contextlib.closing(pypdfium2.PdfDocument(pdf)) as opened:
        line = opened[1].get_textpage().get_text_bounded
        said = [" ".join(line(*rect).split()) for rect in rects]
    assert len(said) == 9 + 5
    for words in said:
        _, named, page = (part for part in words.replace("表 ", "表").split(" ", 2))
        named, page = f"{named} {page}".rsplit(" ", 1)
        assert named in " ".join(texts[int(page) - 1].split())
    assert "表 A-1 症例一覧（N = 400） 6" in said


def test_a_report_of_few_sections_has_a_cover_and_no_page_of_contents():
    texts = pages(printed(with_blocks(an_events_table(), front=Front.PAGE)).pdf)

    assert "目次" not in "".join(texts)
    assert len(texts) == 2


def test_lines_of_the_contents_and_bookmarks_lead_to_their_pages():
    with pikepdf.open(io.BytesIO(printed().pdf)) as pdf:
        links = [link for page in pdf.pages for link in page.get("/Annots", [])]
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
            inner = [child.title for item in outline.root for child in item.children]
    assert len(links) == 9 + 5
    assert all(int(link.F) & 4 for link in links)
    assert "1  報告の概要" in titles
    assert "4.1  本報告の限界" in inner


def test_a_cover_bears_no_running_header_and_every_page_its_number():
    texts = pages(printed().pdf)
    assert "架空のパック" not in texts[0]
    assert all("架空のパック" in text for text in texts[1:])
    for number, text in enumerate(texts, 1):
        assert f"{number} / {len(texts)}" in text


def test_those_who_signed_stand_on_the_cover_and_empty_columns_for_the_others():
    first = pages(printed(signatures=signed(2)).pdf)[0]
    assert "見本 一郎" in first
    assert "データ管理者" in first
    assert "2026-07-10 14:02 +09:00" in first
    assert "𠮷野" not in first
    assert "承認" in first


@pytest.mark.parametrize("front", [Front.THIRD, Front.HEADING])
def test_the_first_page_of_a_short_report_says_who_signed_or_that_nobody_did(front):
    document = a_document(front, 120)

    assert "未署名" in pages(printed(document, signatures=()).pdf)[0]
    first = pages(printed(document, signatures=signed(1)).pdf)[0]
    assert "作成 見本 一郎（2026-07-10 14:02 +09:00）" in first.replace("\r\n", "")
    assert "未署名" not in first


def test_a_signature_changes_the_file_and_not_the_digest_it_signs():
    one, other = printed(signatures=()), printed(signatures=signed(1))
    assert one.digest == other.digest
    assert one.pdf != other.pdf


def test_a_listing_goes_on_under_its_caption_and_head():
    texts = pages(printed(a_document(listed=200)).pdf)
    parts = [text for text in texts if "SAP-00" in text]
    assert len(parts) > 3
    for part in parts[:-1]:
        assert "次ページへ続く" in part
    for part in parts[1:]:
        assert "（続き）" in part
        assert "Injury" in part
        assert part.count("SAP-00") >= 2
    assert "次ページへ続く" not in parts[-1]
    assert "決定・基準" in parts[-1]


@pytest.mark.parametrize("count", range(20, 75, 3))
def test_no_row_is_left_alone_on_a_page(count):
    texts = pages(printed(with_blocks(a_listing(count))).pdf)
    shown = [n for text in texts if (n := text.count("SAP-000"))]
    assert sum(shown) == count
    assert min(shown) >= 2


def test_a_table_of_up_to_25_rows_is_kept_on_one_page():
    filler = Written("filler", "文。\n" * 20)
    table = replace(a_listing(25), listing=False)
    texts = pages(printed(with_blocks(filler, table)).pdf)
    assert sorted(text.count("SAP-000") for text in texts)[-1] == 25


def test_a_heading_stands_on_the_page_of_what_it_leads():
    for lines in range(20, 32):
        inner = Section("inner", told("見出しの試験"), (replace(a_listing(20)),))
        filler = Written("filler", "文。\n" * lines)
        texts = pages(printed(with_blocks(filler, inner)).pdf)
        assert any("見出しの試験" in t and "SAP-00003" in t for t in texts)


@pytest.mark.parametrize("second", [6, 12, 16])
def test_a_heading_is_not_left_where_its_short_table_goes_over(second):
    table = replace(a_listing(22), listing=False)
    rows = tuple(
        replace(row, group=n in {0, second}) for n, row in enumerate(table.rows)
    )
    inner = Section("inner", told("見出しの試験"), (replace(table, rows=rows),))
    for lines in range(4, 34, 3):
        filler = Written("filler", "文。\n" * lines)
        texts = pages(printed(with_blocks(filler, inner)).pdf)
        assert any("見出しの試験" in t and "SAP-00003" in t for t in texts)


def test_the_rest_of_a_parted_table_begins_on_the_next_page():
    table = replace(a_listing(24), listing=False)
    rows = tuple(
        replace(row, group=n in {0, 5, 20}) for n, row in enumerate(table.rows)
    )
    for lines in range(2, 34, 2):
        filler = Written("filler", "文。\n" * lines)
        document = with_blocks(filler, replace(table, rows=rows))
        for text in pages(printed(document).pdf):
            assert text.count("次ページへ続く") + text.count("（続き）") <= 1


def test_a_table_without_rows_says_so():
    assert "該当なし" in text_of(printed().pdf)


@LANGUAGES
def test_no_word_leaves_its_column_however_narrow_that_is(languages):
    table = an_events_table()
    narrow = (30, 8, 10, 60, 20, 20, 20)
    columns = tuple(
        replace(column, width=width)
        for column, width in zip(table.columns, narrow, strict=True)
    )
    long = replace(table.rows[3], cells=(Value("W" * 60), *table.rows[3].cells[1:]))
    table = replace(table, columns=columns, rows=(*table.rows, long))
    fonts.register()
    grid = table_grid(table, "表 1", Voice(languages), lambda: None)
    edges = [sum(narrow[:n]) * mm for n in range(len(narrow) + 1)]
    for row in grid.rows:
        for word in row.words:
            end = word.x + word.kind.width(word.text)
            column = max(n for n, edge in enumerate(edges[:-1]) if edge <= word.x + 0.1)
            raised = word.kind.size < 6 and word.text.isalpha()
            assert raised or end <= edges[column + 1] + 0.1


def test_a_heading_of_a_group_alone_in_its_row_takes_the_whole_measure():
    table = an_events_table()
    name = "長い名前のある集団についての見出しで、最初の列には入らないもの"
    cells = (Value(name), *[Value("")] * 6)
    rows = (replace(table.rows[0], cells=cells, group=True), *table.rows[1:])
    fonts.register()
    grid = table_grid(replace(table, rows=rows), "表 1", Voice((JA,)), lambda: None)
    assert [word.text for word in grid.rows[0].words] == [name]


def test_a_cell_higher_than_a_page_goes_over_its_end():
    long = "長い経過の記載である。" * 900
    table = replace(a_listing(1), listing=False)
    row = replace(table.rows[0], cells=(*table.rows[0].cells[:-1], Value(long)))
    pdf = printed(with_blocks(replace(table, rows=(row,)))).pdf
    assert text_of(pdf).count("長い経過") > 800
    assert outside(pdf) == []


def test_what_nobody_wrote_is_said_and_a_draft_shows_where():
    assert "記載なし" in text_of(printed().pdf)
    draft = text_of(printed(draft=True).pdf)
    assert "未記入" in draft
    assert "草案" in draft


def test_long_words_that_were_typed_go_over_the_end_of_a_page():
    words = "経過は良好である。" * 1200
    pdf = printed(with_blocks(Written("summary", words, "Well. " * 900)), (JA, EN)).pdf
    assert text_of(pdf).count("良好") == 1200
    assert text_of(pdf).count("Well.") == 900
    assert outside(pdf) == []


def test_a_value_says_where_it_stands_and_which_records_are_behind_it():
    made = printed(a_document(listed=120))
    strip = next(r for r in made.regions if r.label == "投与症例（累計）")
    assert strip.refs == CASES
    assert strip.page == 2
    assert strip.x0 == pytest.approx(LEFT * POINTS)
    listed = [r for r in made.regions if "SAP-00119-7" in r.label]
    (one,) = listed
    assert one.label.startswith("表 A-1")
    with_it = pages(made.pdf)[one.page]
    assert "SAP-00119-7" in with_it
    for region in made.regions:
        assert 0 <= region.x0 < region.x1 <= 210 * POINTS
        assert 0 <= region.y0 < region.y1 <= 297 * POINTS


def test_a_region_lies_over_the_words_of_its_value():
    made = printed(a_document(listed=120))
    with contextlib.closing(pypdfium2.PdfDocument(made.pdf)) as opened:
        for region in [r for r in made.regions if "SAP-001" in r.label]:
            page = opened[region.page]
            high = page.get_height()
            text = page.get_textpage().get_text_bounded(
                region.x0, high - region.y1, region.x1, high - region.y0
            )
            assert region.refs[0].of in text


def test_japanese_is_found_again_with_the_characters_that_names_need():
    text = text_of(printed(a_document(name="𠮷野 \ufa19")).pdf)
    assert "𠮷野 \ufa19" in text
    assert "有害事象" in text


def test_raised_marks_and_powers_are_written_as_letters():
    text = text_of(printed().pdf)
    assert "不具合a" in text
    assert "1.2×108" in text


def test_what_the_fonts_lack_is_named_with_its_place():
    listing = a_listing(3)
    row = replace(
        listing.rows[1], cells=(Value("患者\U0001f600"), *listing.rows[1].cells[1:])
    )
    rows = (listing.rows[0], row, listing.rows[2])
    with pytest.raises(Refused) as caught:
        printed(with_blocks(replace(listing, rows=rows)))
    assert caught.value.message.key == "document.no-glyph"
    places = caught.value.message.params["places"]
    assert "U+1F600" in places
    assert "表 1 患者" in places


def test_the_printing_is_told_of_and_ends_when_it_is_told_to():
    seen = []
    printed_whole = print_document(
        a_document(listed=600), a_report_issue((JA,)), going=seen.append
    )
    assert printed_whole.pdf
    assert [round(s, 9) for s in seen] == sorted(round(s, 9) for s in seen)
    assert 0.0 == seen[0] < seen[-1] == pytest.approx(1.0)

    class Enough(Exception):
        pass

    def stop(share):
        if share > 0.5:
            raise Enough

    with pytest.raises(Enough):
        print_document(a_document(listed=600), a_report_issue((JA,)), going=stop)


def test_the_figures_travel_inside_and_say_what_is_printed():
    made = printed(languages=(JA, EN))
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        data = json.loads(pdf.attachments["figures.json"].get_file().read_bytes())
        lines = pdf.attachments["figures.csv"].get_file().read_bytes()
    assert data == made.figures
    assert data["report"]["digest"] == made.digest
    rows = list(csv.DictReader(io.StringIO(lines.decode("utf-8-sig"))))
    treated = next(r for r in rows if r["table"] == "key" and r["row"] == "treated")
    assert (treated["value"], treated["records"]) == ("64", "1-64")
    assert rows[-1]["table"] == "records"
    assert made.figures["tables"]["events-by-soc"]["number"] == "2-1"


def test_an_official_form_takes_the_place_of_the_trial_label():
    assert "試案様式" in text_of(printed().pdf)
    official = text_of(printed(official_form_no="様式（架空）").pdf)
    assert "試案様式" not in official
    assert "様式（架空）" in official


def test_a_mark_of_a_figure_opens_the_records_of_the_number_beside_it():
    counts = Table(
        "flow",
        told("人数", "Patients"),
        (Column("item", told("項目"), 128), Column("treated", told("投与群"), 40)),
        (Row("in", (Value(told("登録")), Value("2", 2, CASES[:2]))),),
    )
    chart = FlowChart(
        (
            (
                told("投与群"),
                (
                    FlowBox("in", told("登録"), 2, (), cell("flow", "in", "treated")),
                    FlowBox("out", told("離脱"), 0, (), cell("flow", "out", "treated")),
                ),
            ),
        )
    )
    made = printed(with_blocks(Figure("drawn", told("流れ"), chart), counts))
    found = [r for r in made.regions if r.refs == CASES[:2]]

    drawn, written = sorted(found, key=lambda region: region.y0)
    assert drawn.label == "人数  登録  投与群"
    with contextlib.closing(pypdfium2.PdfDocument(made.pdf)) as opened:
        page = opened[drawn.page]
        high = page.get_height()
        text = page.get_textpage().get_text_bounded(
            drawn.x0, high - drawn.y1, drawn.x1, high - drawn.y0
        )
    assert text.split() == ["登録", "2"]
    assert written.y0 > drawn.y1
