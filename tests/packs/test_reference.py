"""docs/packs/README.md is the reference of every key that a pack may have."""

import re

import pytest

from registry_app.domain.plan import pack as declared
from registry_app.packs.parse import Header, Repeat
from registry_app.packs.schema import LISTS, keys_of
from registry_app.paths import ROOT

PAGE = (ROOT / "docs" / "packs" / "README.md").read_text("utf-8")
#: The part of the page under each of its headings, by the table that it is about.
PARTS = {
    found[1]: part
    for part in PAGE.split("\n### ")[1:]
    if (found := re.match(r"`\[+([a-z]+)\]+`", part))
}
WITHIN = {
    "product": [declared.Label, declared.Quantity, declared.Condition],
    "machine": [declared.State],
    "form": [declared.Item, declared.Choice],
    "visit": [Repeat],
    "criterion": [declared.Test],
    "comparator": [declared.ComparatorRow, declared.ComparatorShare],
    "obligation": [declared.Preset],
    "booklet": [declared.BookletStep],
    "event": [declared.When],
}
KINDS = {
    "pack": Header,
    "product": declared.Product,
    "machine": declared.Machine,
    **{key: kind for key, (_, kind) in LISTS.items()},
}
BASIS = {key for key, *_ in keys_of(declared.Basis)}


def test_the_reference_has_a_part_for_each_table():
    assert set(PARTS) == set(KINDS)


@pytest.mark.parametrize("table", KINDS)
def test_the_reference_names_every_key_of_a_table(table):
    kinds = [KINDS[table], *WITHIN.get(table, ())]
    keys = {key for kind in kinds for key, *_ in keys_of(kind)} - BASIS
    named = set(re.findall(r"[a-z_]+", PARTS[table]))

    assert keys - named == set()


def test_the_reference_explains_what_a_thing_rests_on():
    for key in BASIS:
        assert f"`{key}`" in PAGE
