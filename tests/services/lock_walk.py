"""The services about signatures and locks, each once (test_every_write.py)."""

from registry_app.domain.lock import Locked
from registry_app.domain.signature import Meaning, Signable
from registry_app.services import locks, record_signing, record_state
from tests.builders import PASSWORD


def signing(walk, form):
    """A form is signed."""
    now = walk(record_signing.standing, Signable.FORM, form.id)
    assert walk(record_signing.same_hand_on, now) is None
    told = (Signable.FORM, form.id, Meaning.PREPARED, PASSWORD, now.state)
    walk(record_signing.sign_record, *told)
    assert walk.kinds == ["signature"]
    assert walk(record_signing.unsigned) == ((), 0)
    assert walk(record_state.record_state, Signable.FORM, form.id).standing.holding
    assert walk.kinds == []


def locking(walk, subject):
    """A lock is shut and opened again."""
    walk(locks.lock, Locked.PATIENT, subject.id, "complete")
    assert walk.kinds == ["record_lock"]
    assert walk(locks.locks)
    walk(locks.unlock, Locked.PATIENT, subject.id, "a letter came")
    assert walk.kinds == ["record_lock"]
