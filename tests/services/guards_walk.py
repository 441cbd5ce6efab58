"""The services on the place of a file, each once (test_every_write.py)."""

from registry_app.services import places, reading, self_check, support, validation


def guarded(walk):
    """At a desk that writes, in a good place."""
    assert walk(places.still_there) is None
    assert walk(reading.shown_state) is None
    assert walk(self_check.self_check)
    assert walk(support.support_bundle)
    assert walk.kinds == []
    walk(validation.validation_paper)
    assert walk.kinds == ["report"]
