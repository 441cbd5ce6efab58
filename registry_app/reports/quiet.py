"""Work that lets other threads go on."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of garbage, which stops every thread while it looks.

    A report of ten thousand patients is a million objects: each look takes a fifth of
    a second, and the window would stand still. They are freed as they go out of use,
    and `young` looks at the newest between two parts of the work.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def young() -> None:
    """Look for garbage among what was made since the last look, which takes less."""
    gc.collect(0)
