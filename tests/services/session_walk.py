"""The services at both ends of a sitting, each once (test_every_write.py)."""

from registry_app.services import session


def sitting(walk):
    """Sign-out, and what a sign-in finds then."""
    walk(session.seal_trail)
    assert walk.kinds == ["trail_seal"]
    walk(session.leave)
    assert walk.kinds == []
    assert walk(session.arrive).problems == ()
    assert walk.kinds == []
