"""The services at both ends of a sitting, each once (test_every_write.py)."""

from dataclasses import replace

from registry_app.services import policy, session


def sitting(walk):
    """Policy, sign-out, and what a sign-in finds then."""
    strict = replace(walk(policy.policy), idle_minutes=5)
    assert walk.kinds == []
    walk(policy.set_policy, strict)
    assert walk.kinds == ["policy"]
    walk(session.seal_trail)
    assert walk.kinds == ["trail_seal"]
    walk(session.leave)
    assert walk.kinds == []
    assert walk(session.arrive).problems == ()
    assert walk.kinds == []
