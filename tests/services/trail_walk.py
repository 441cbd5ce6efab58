"""The services of the trail, as `test_every_write` walks them."""

from registry_app.domain.plan.calendar import day_in_japan
from registry_app.domain.trail_query import TrailQuery
from registry_app.services import (
    control_sheet,
    patient_then,
    trail,
    trail_export,
    trail_search,
)
from registry_app.words import Language


def looking_back(walk, subject):
    """The trail is looked through: nothing is written."""
    found = walk(trail_search.trail_page, TrailQuery(subject_id=subject.id))
    assert walk.kinds == []
    assert found.entries
    walk(trail_search.item_history, "subject", subject.id, "sex")
    assert walk.kinds == []
    assert walk(trail_search.writers)
    entries = walk(patient_then.own_entries, subject.id)
    assert walk(patient_then.patient_then, subject.id, entries[-1].seq)
    assert walk.kinds == []


def taking_the_trail(walk, tmp_path):
    """It is exported, checked, and the month's page of it filed."""
    list(walk(trail_export.trail_jsonl, TrailQuery()))
    list(walk(trail_export.trail_csv, TrailQuery(), Language.JA))
    list(walk(trail_search.oldest_first, TrailQuery(), lambda _share: None))
    walk(trail_export.outgoing_trail, "trail-csv", TrailQuery())
    out = tmp_path / "trail.csv"
    walk(trail_export.export_trail, TrailQuery(), "trail-csv", Language.JA, out)
    assert walk(trail.stands, trail.head(walk.desk))
    assert walk.kinds == []
    month = day_in_japan(walk.desk.clock()).replace(day=1)
    walk(control_sheet.control_sheet, month)
    assert walk.kinds == ["report"]
