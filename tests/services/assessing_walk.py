"""The services for a blinded assessor, each once (test_every_write.py)."""

from datetime import timedelta

from registry_app.services import assessing
from tests.builders import INJURY


def assessing_blind(walk, subject):
    """A sheet of one's own is begun, opened, and stands in the list."""
    on = INJURY + timedelta(days=49)
    form = walk(assessing.begin_assessment, subject.id, "baseline", on)
    assert walk.kinds == ["visit", "form"]
    assert walk(assessing.open_assessment, form.id).form == form
    assert walk.kinds == []
    walk(assessing.exams_to_do)
    assert walk.kinds == []
