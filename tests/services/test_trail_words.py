"""Whatever stands in the trail can be told in both languages."""

import typing
from datetime import UTC, date, datetime
from enum import Enum

import pytest

from registry_app.domain.trail import Change
from registry_app.services.demo import make_training_registry
from registry_app.services.trail import trail_entries
from registry_app.services.trail_words import (
    KIND_NAMES,
    NOTHING,
    entry_text,
    field_text,
    item_text,
    kind_text,
    known_fields,
    time_text,
    value_text,
)
from registry_app.storage.kinds import KINDS
from registry_app.words import Language, Words

BOTH = [Words(language) for language in Language]


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_every_kind_and_each_of_its_fields_has_its_words(kind):
    for words in BOTH:
        assert kind_text(words, kind)
        names = [field_text(words, kind, field) for field in known_fields(kind)]
        assert all(names)
        own = {field for field in known_fields(kind) if "_" in field}
        assert own.isdisjoint(names)


def test_every_value_of_an_enumeration_has_its_words():
    for kind in KINDS:
        for field, hint in typing.get_type_hints(kind.type).items():
            for of in (hint, *typing.get_args(hint)):
                if not (isinstance(of, type) and issubclass(of, Enum)):
                    continue
                key = f"{field}.x" if typing.get_origin(hint) else field
                if type(None) in typing.get_args(hint):
                    key = field
                change = Change(key, None, None)
                said = [
                    [value_text(words, kind.name, change, one.value) for one in of]
                    for words in BOTH
                ]
                assert said[0] != [one.value for one in of], (kind.name, field)
                assert len(set(said[1])) == len(of)


def test_values_are_told_by_the_type_of_their_field():
    ja, en = BOTH
    assert value_text(en, "form", Change("prior_deficit", None, True), True) == "Yes"
    assert value_text(en, "form", Change("values.VAC", None, "Yes"), "Yes") == "Yes"
    assert value_text(ja, "form", Change("comment", None, "x"), None) == NOTHING
    note = {"reason": "other", "normal": False, "text": "cast"}
    said = value_text(en, "form", Change("stars.R_LT_C2", None, note), note)
    assert said == "Reason: Other · Considered normal: No · Text: cast"
    at = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)
    moment = Change("at", None, at.isoformat())
    assert value_text(en, "backup", moment, at.isoformat()) == time_text(at)
    assert time_text(at) == "2026-04-01 18:30:00 +09:00"
    day = Change("date", None, "2026-04-01")
    assert value_text(en, "visit", day, str(date(2026, 4, 1))) == "2026-04-01"
    # Of another version of the program.
    assert value_text(en, "subject", Change("sex", None, "other"), "other") == "other"
    assert field_text(en, "subject", "later_field") == "later_field"
    assert value_text(en, "later", Change("a.b", 1, 2), 2) == "2"
    assert kind_text(en, "later")


def test_a_cell_of_the_sheet_is_called_by_its_place():
    en = Words(Language.EN)
    assert item_text(en, "form", "values.R_LT_C2") == "right light touch C2"
    assert item_text(en, "form", "how.R_LT_C2").startswith("right light touch C2 (")
    assert item_text(en, "course", "dates.consent") == "Date: consent"


def test_every_entry_of_a_registry_that_is_at_work_can_be_told(tmp_path):
    desk = make_training_registry(tmp_path / "t.registry", patients=3)
    try:
        for entry in trail_entries(desk):
            for words in BOTH:
                assert entry_text(words, entry)
                for change in entry.changes:
                    assert item_text(words, entry.kind, change.item)
                    for value in (change.old, change.new):
                        assert value_text(words, entry.kind, change, value)
    finally:
        desk.close()
