"""The services about blinding, each once (test_every_write.py)."""

from datetime import timedelta

from registry_app.domain.blinding import Hidden, Unblinded
from registry_app.services import blinding, hiding
from tests.builders import INJURY


def blinded(walk, subject):
    """Somebody is blind, comes to know, and need not be blind any more."""
    me = walk.desk.person.id
    everything = frozenset(Hidden)
    # From a day to come: who walks reads the trail, which is not for the blind.
    later = INJURY + timedelta(days=4_000)
    one = walk(blinding.assign_blind, me, everything, later, subject.id)
    assert walk.kinds == ["blind_assignment"]
    assert walk(blinding.hidden_from_me, subject.id) == frozenset()
    assert walk(hiding.veiled, subject.id) is None
    how = Unblinded.ACCIDENTAL
    arm = {Hidden.ARM}
    broken = walk(blinding.unblind, subject.id, me, how, INJURY, arm, "a letter")
    assert walk.kinds == ["unblinding"]
    walk(blinding.assess_unblinding, broken.id, "no exam since")
    assert walk.kinds == ["unblinding"]
    walk(blinding.end_blind, one.id, later, "the study is over")
    assert walk.kinds == ["blind_assignment"]
    assert broken.id in walk(blinding.exams_marked)
    assert walk.kinds == []
    walk(blinding.doubt_blinded, subject.id, me, INJURY)
    assert walk.kinds == []
    for reads in (blinding.blinding_of, blinding.unblinded_exams):
        walk(reads, subject.id)
        assert walk.kinds == []
