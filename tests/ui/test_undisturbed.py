import gc

import pytest

from registry_app.ui.undisturbed import undisturbed


@pytest.fixture(autouse=True)
def put_back():
    yield
    gc.unfreeze()
    gc.enable()


def test_no_garbage_is_looked_for_until_the_work_is_over():
    with undisturbed():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_after_work_that_was_stopped_it_is_looked_for_again():
    with pytest.raises(ValueError, match="stopped"), undisturbed():
        raise ValueError("stopped")

    assert gc.isenabled()


def test_what_was_made_is_old_afterwards_and_no_circle_stays_for_ever():
    with undisturbed():
        kept = [[] for _ in range(1000)]

    assert not any(one is kept for one in gc.get_objects(generation=0))
    assert gc.get_freeze_count() == 0
