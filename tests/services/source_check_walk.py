"""The services about source-verified marks, each once (test_every_write.py)."""

from registry_app.services import source_checks


def comparing(walk, form):
    """A mark is set, read, and withdrawn."""
    mark = walk(source_checks.mark_as_checked, form.id)
    assert walk.kinds == ["source_check"]
    assert walk(source_checks.marks_of, form.id).whole.holds
    assert form.id in walk(source_checks.marks_of_forms, [form.id])
    assert walk.kinds == []
    walk(source_checks.withdraw_check, mark.id, "of another form")
    assert walk.kinds == ["source_check"]
