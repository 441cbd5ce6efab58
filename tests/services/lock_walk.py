"""The services about locks, each once (test_every_write.py)."""

from registry_app.domain.lock import Locked
from registry_app.services import locks


def locking(walk, subject):
    """A lock is shut and opened again."""
    walk(locks.lock, Locked.PATIENT, subject.id, "complete")
    assert walk.kinds == ["record_lock"]
    assert walk(locks.locks)
    walk(locks.unlock, Locked.PATIENT, subject.id, "a letter came")
    assert walk.kinds == ["record_lock"]
