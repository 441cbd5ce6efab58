import pytest

from registry_app.packs.loader import PACKS, load_pack, pack_ids
from registry_app.paths import ROOT
from registry_app.services.pack_pages import markdown, sections
from registry_app.words import Language, Words

SHIPPED = pack_ids([PACKS])


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", SHIPPED)
def test_the_page_of_each_pack_in_docs_is_the_one_made_from_it(name, language):
    """A stale page is written anew by ``python packaging/pack_docs.py``."""
    page = ROOT / "docs" / "packs" / f"{name}.{language}.md"

    assert page.read_text("utf-8") == markdown(load_pack(name), Words(language))


@pytest.mark.parametrize("name", SHIPPED)
def test_every_element_of_a_pack_is_on_its_page(name):
    pack = load_pack(name)
    page = markdown(pack, Words(Language.EN))

    for kind in ("anchors", "base_dates", "criteria", "events", "rules", "visits"):
        for element in getattr(pack, kind):
            assert f"| {element.id} | {element.name.en} |" in page
    for form in pack.forms:
        for item in form.items:
            assert f"| {form.name.en} | {item.id} | {item.name.en} |" in page


def test_a_rule_says_when_on_what_ground_how_sure_and_since_when():
    tables = sections(load_pack("msc-iv-sci"), Words(Language.EN))
    rules = next(t for t in tables if t.title == "Obligations and their rules")
    rows = {row[0]: dict(zip(rules.columns, row, strict=True)) for row in rules.rows}

    assert rows["O8"]["When"].startswith("each 6 months from: Base day")
    assert rows["O8"]["Rests on"].endswith("from 2026-05-01")
    assert rows["O8"]["Confidence"] == "confirmed"
    assert rows["O2"]["Confidence"] == "to be confirmed"
    assert rows["T-24"]["When"] == "2 years before the end of the term"
    assert "no statutory deadline" in rows["O9"]["Notes"]


def test_a_made_up_pack_says_so_at_the_top():
    page = markdown(load_pack("example-other"), Words(Language.JA))

    assert (
        page.splitlines()[4]
        == "**架空の見本です。実在の製品・規則・数値ではありません。**"
    )
