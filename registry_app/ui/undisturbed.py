"""Long work beside a window that stays alive.

Python's search for garbage stops every thread while it looks at all there is: a report
is a million objects, and a look at them takes a third of a second.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def undisturbed() -> Iterator[None]:
    """No search for garbage until this is over; then all that is there is old."""
    set_aside()
    gc.disable()
    try:
        yield
    finally:
        set_aside()
        gc.unfreeze()  # or what goes out of use in circles would stay for ever
        gc.enable()


def set_aside() -> None:
    """Leave what is there out of the searches between the stages of the work."""
    gc.freeze()
