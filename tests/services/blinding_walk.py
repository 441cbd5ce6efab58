"""The services about blinding, each once (test_every_write.py)."""

from registry_app.domain.blinding import Hidden, Unblinded
from registry_app.services import blinding
from tests.builders import INJURY


def blinded(walk, subject):
    """Somebody is blind, comes to know, and need not be blind any more."""
    me = walk.desk.person.id
    everything = frozenset(Hidden)
    one = walk(blinding.assign_blind, me, everything, INJURY, subject.id)
    assert walk.kinds == ["blind_assignment"]
    assert walk(blinding.hidden_from_me, subject.id) == everything
    how = Unblinded.ACCIDENTAL
    arm = {Hidden.ARM}
    broken = walk(blinding.unblind, subject.id, me, how, INJURY, arm, "a letter")
    assert walk.kinds == ["unblinding"]
    walk(blinding.assess_unblinding, broken.id, "no exam since")
    assert walk.kinds == ["unblinding"]
    walk(blinding.end_blind, one.id, INJURY, "the study is over")
    assert walk.kinds == ["blind_assignment"]
    for reads in (blinding.blinding_of, blinding.unblinded_exams):
        walk(reads, subject.id)
        assert walk.kinds == []
