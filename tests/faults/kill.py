"""kill -9: from outside at random moments, and at each kind of system call."""

from tests.faults.deeds import JOURNEYS
from tests.faults.interrupted import (
    Nursery,
    killed_at_random_moments,
    killed_at_system_calls,
)
from tests.faults.seen import Seen

_WAYS = {
    "at a random moment": killed_at_random_moments,
    "at a random system call": killed_at_system_calls,
}


def family(folder, count, chance):
    """`count` kills, shared by the journeys."""
    share = len(_WAYS) * len(JOURNEYS)
    with Nursery(folder) as nursery:
        for way, run in _WAYS.items():
            for name, (journey, _) in JOURNEYS.items():
                seen = Seen(f"killed {way}: {journey.__doc__.strip().rstrip('.')}")
                run(nursery, name, count // share, chance, seen)
                yield seen
