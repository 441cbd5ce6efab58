"""The services of kept drafts, each called once (test_every_write.py)."""

from registry_app.services import drafts


def drafting(walk, subject):
    """Kept, kept anew, taken up; another one is discarded."""
    where = ("ContactDialog", "", subject.id)
    draft = walk(drafts.keep, *where, {"note": "half a sen"})
    assert walk.kinds == ["kept_draft"]
    draft = walk(drafts.keep, *where, {"note": "half a sentence"}, draft.id)
    assert walk.kinds == ["kept_draft"]
    walk(drafts.keep, *where, {"note": "half a sentence"}, draft.id)
    assert walk.kinds == []
    assert walk(drafts.mine) == (draft,)
    walk(drafts.take_up, draft.id)
    assert walk.kinds == ["kept_draft"]
    other = drafts.keep(walk.desk, *where, {"note": "another"})
    walk.look_again()
    walk(drafts.discard, other.id)
    assert walk.kinds == ["kept_draft"]
    walk(drafts.open_sheets)
    assert walk.kinds == []
