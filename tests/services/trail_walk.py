"""The services of the trail, as `test_every_write` walks them."""

from registry_app.domain.trail_query import TrailQuery
from registry_app.services import trail_search


def looking_back(walk, subject):
    """The trail is looked through: nothing is written."""
    found = walk(trail_search.trail_page, TrailQuery(subject_id=subject.id))
    assert walk.kinds == []
    assert found.entries
    walk(trail_search.item_history, "subject", subject.id, "sex")
    assert walk.kinds == []
    assert walk(trail_search.writers)
    assert walk.kinds == []
